"""Money of the plan: contracts beside cost standards, subsidies month by month, grants, contributions."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.directory.models import NomenclatureCode
from punte.directory.parameters import service_parameters
from punte.kernel.errors import DomainError
from punte.registers.actions import add_entry, move_entry
from punte.registers.actions.writing import LookAgain
from punte.registers.models import Entry
from punte.registers.sight import Sight
from punte.registers.totals.showing import totals_about
from tests.factories import HouseholdFactory, OrganizationFactory, ServiceFactory, family
from tests.factories import worker as worker_as

pytestmark = pytest.mark.django_db
OWN = """\
cost_standard:
  values:
    - {codes: ["8730 CR-V-I"], from: 2020-01-01, until: 2025-12-31, value: 20000, source: a, evidence: law_text_seen}
    - {codes: ["8730 CR-V-I"], from: 2026-01-01, value: 30000, source: anexa nouă, evidence: law_text_seen}
"""


@pytest.fixture
def planner(house):
    return worker_as(Role.PLANNER, organization=house)


@pytest.fixture
def service(db):
    code = NomenclatureCode.objects.create(code="8730 CR-V-I", name="Cămine pentru persoane vârstnice")
    return ServiceFactory(code=code)


@pytest.fixture
def standards(settings, tmp_path):
    (tmp_path / "service_parameters.yaml").write_text(OWN, encoding="utf-8")
    settings.OWN_CONTENT = tmp_path


def totals(user, subject):
    found = totals_about(user, [Sight(user, subject)]).get(subject.pk, [])
    return {one.reckoned.total.name: one.reckoned.value for one in found}


def test_a_parameter_is_dated_and_by_code_and_off_where_it_is_only_remembered(standards) -> None:
    standard = service_parameters()["cost_standard"]
    old, new = (standard.on("8730CR-V-I", dt.date(year, 5, 1)) for year in (2024, 2026))
    assert (old.value, new.value) == (20_000, 30_000)
    assert standard.on("8790 CR-C-I", dt.date(2026, 5, 1)) is None
    assert service_parameters()["subsidy_level"].on("8810 ID-I", dt.date(2026, 1, 1)).value == 120
    assert service_parameters()["contribution_share"].on("8730 CR-V-I", dt.date(2026, 1, 1)) is None


def test_a_contract_below_the_cost_standard_is_looked_at_again_and_stays_marked(
    planner, service, standards
) -> None:
    today = timezone.localdate()
    said = {
        "service": service,
        "procedure": "direct",
        "places": 10,
        "yearly_cost": Decimal(25_000),
        "value": Decimal(250_000),
    }
    asked = {"by": planner, "register": "service_contract", "subject": service.provider, "start": today}
    with pytest.raises(LookAgain):
        add_entry(**asked, state="signed", given=said)
    add_entry(**asked, state="signed", given=said, confirmed=True)
    add_entry(**asked, state="signed", given={**said, "standard": Decimal(24_000)})
    found = totals(planner, service.provider)
    assert (found["below_standard"], found["contracted"]) == (1, 500_000)


def test_a_subsidy_is_settled_month_by_month_and_its_mean_level_follows(planner, service) -> None:
    day = timezone.localdate().replace(month=1, day=1)
    said = {
        "service": service,
        "persons": 10,
        "level": Decimal(300),
        "monthly": Decimal(3_000),
        "first_on": day,
        "months": 3,
    }
    low = {**said, "level": Decimal(100), "monthly": Decimal(1_000)}
    with pytest.raises(LookAgain, match="HG 1153"):
        add_entry(by=planner, register="subsidy", subject=service.provider, start=day, given=low)
    entry = add_entry(by=planner, register="subsidy", subject=service.provider, start=day, given=said)
    for move, given in (("approve", {"decision": "HCL 1"}), ("sign", {"number": "7"})):
        entry = move_entry(by=planner, entry=entry, move=move, on=day, given=given, revision=entry.revision)
    months = list(Entry.objects.filter(register="subsidy_month").order_by("start"))
    assert [(one.state, one.start.month) for one in months] == [("due", 1), ("due", 2), ("due", 3)]
    month = months[0]
    for move, given in (
        ("pay", {"paid": Decimal(3_000), "paid_on": day}),
        ("settle", {"assisted": 8, "spent": Decimal(2_400)}),
    ):
        month = move_entry(
            by=planner, entry=month, move=move, on=day, given=given, revision=month.revision, confirmed=True
        )
    found = totals(planner, service.provider)
    assert (found["paid"], found["settled"], found["level"]) == (3_000, 2_400, 300)


def test_an_application_names_the_call_of_the_town_and_of_no_other_town(planner, house, service) -> None:
    today = timezone.localdate()
    said = {"name": "Apel", "year": today.year, "budget": Decimal(500_000)}
    call = add_entry(by=planner, register="grant_call", subject=house, start=today, given=said, state="open")
    asked = {"call": call, "project": "Masă caldă", "asked": Decimal(50_000)}
    made = add_entry(
        by=planner, register="grant_application", subject=service.provider, start=today, given=asked
    )
    assert made.values["call"] == str(call.pk)
    other = worker_as(Role.PLANNER, organization=OrganizationFactory())
    with pytest.raises(DomainError):
        add_entry(by=other, register="grant_application", subject=service.provider, start=today, given=asked)


def test_a_contribution_is_reckoned_of_the_income_and_never_above_the_cost(house, service) -> None:
    worker = worker_as(Role.SOCIAL_WORKER, organization=house)
    home = HouseholdFactory(keeper=house)
    older, _other = family(78, 40, household=home)
    day = timezone.localdate().replace(day=1)
    said = {
        "service": service,
        "monthly_cost": Decimal(1_000),
        "income": Decimal(2_000),
        "share": Decimal(60),
        "contribution": Decimal(1_000),
        "first_on": day,
        "months": 2,
    }
    much = {**said, "contribution": Decimal(1_100)}
    with pytest.raises(DomainError):
        add_entry(by=worker, register="beneficiary_contract", subject=older, start=day, given=much)
    entry = add_entry(by=worker, register="beneficiary_contract", subject=older, start=day, given=said)
    move_entry(by=worker, entry=entry, move="sign", on=day, given={"number": "1"}, revision=entry.revision)
    assert Entry.objects.filter(register="contribution_month", person=older).count() == 2
    assert totals(worker, older)["reckoned"] == 1_000
