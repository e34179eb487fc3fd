"""A plan is prepared, edited by several people, submitted, approved and reopened."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.annual_plans.actions import (
    add_row,
    approve_plan,
    change_plan,
    change_row,
    prepare_plan,
    remove_row,
    reopen_plan,
    submit_for_approval,
)
from punte.annual_plans.editing import StaleRow
from punte.annual_plans.enums import PlanStatus, Section
from punte.annual_plans.models import AnnualPlan, ExistingService, PlanRow, PlanVersion
from punte.annual_plans.queries import campaigns_published, content_in_force, content_of
from punte.annual_plans.remarks import remarks_of
from punte.directory.enums import ServiceStatus
from punte.directory.models import EligibleCode, NomenclatureCode, OccupancySnapshot
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization
from tests.factories import CapacityFactory, OrganizationFactory, ServiceFactory, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(town: Organization, planner: User) -> AnnualPlan:
    return prepare_plan(by=planner, organization=town, year=2027)


@pytest.fixture
def row(plan: AnnualPlan, planner: User, code: NomenclatureCode) -> PlanRow:
    values = {
        "provider": "Asociația Exemplu",
        "name": "Centrul de zi",
        "code": code,
        "local": Decimal(60_000),
    }
    return add_row(by=planner, plan=plan, section=Section.EXISTING, values={**values, "capacity": 10})


def approved(plan: AnnualPlan, planner: User, coordinator: User) -> PlanVersion:
    submit_for_approval(by=planner, plan=plan)
    return approve_plan(by=coordinator, plan=plan, decision="nr. 12", decided_on=dt.date(2026, 12, 15))


def test_the_first_plan_is_prepared_from_the_directory(
    town: Organization, planner: User, code: NomenclatureCode
) -> None:
    service = ServiceFactory(name="Centrul de zi", code=code, at=town.uat)
    CapacityFactory(service=service, value=20, unit="places", year=2026)
    OccupancySnapshot.objects.create(service=service, at="2026-06-01T12:00Z", taken=15, source="said")
    ServiceFactory(name="Închis", at=town.uat, status=ServiceStatus.CLOSED)
    ServiceFactory(name="Din alt oraș")
    EligibleCode.objects.create(code=code, uat=town.uat, year=2026, line="1")
    content = content_of(prepare_plan(by=planner, organization=town, year=2027))
    (line,) = content.services
    assert (line.name, line.code, line.capacity, line.occupancy) == (
        "Centrul de zi",
        code.pk,
        20,
        Decimal(75),
    )
    assert (line.service, line.number) == (str(service.pk), 1)
    assert [one.code for one in content.eligible] == [one.code for one in content.subsidies] == [code.pk]
    assert "2027" in content.title


def test_the_next_plan_is_prepared_from_the_one_in_force(
    plan: AnnualPlan, row: PlanRow, planner: User, coordinator: User, town: Organization
) -> None:
    campaign = {"name": "Fii informat!", "period": "martie 2027", "starts": dt.date(2027, 3, 1)}
    add_row(by=planner, plan=plan, section=Section.CAMPAIGNS, values=campaign)
    add_row(by=planner, plan=plan, section=Section.LEGAL_BASIS, values={"text": "Legea nr. 292/2011"})
    approved(plan, planner, coordinator)
    new = ServiceFactory(name="Centrul nou", at=town.uat)
    content = content_of(prepare_plan(by=planner, organization=town, year=2028))
    assert [line.name for line in content.services] == ["Centrul de zi", "Centrul nou"]
    assert content.services[0].local == Decimal(60_000)
    assert content.services[1].service == str(new.pk)
    assert (content.campaigns[0].period, content.campaigns[0].starts) == ("martie 2028", dt.date(2028, 3, 1))
    assert [line.text for line in content.texts(Section.LEGAL_BASIS)] == ["Legea nr. 292/2011"]
    assert "2028" in content.title


def test_a_year_has_one_plan(plan: AnnualPlan, planner: User, town: Organization) -> None:
    with pytest.raises(DomainError) as refused:
        prepare_plan(by=planner, organization=town, year=2027)
    assert refused.value.field == "year"


def test_rows_keep_their_order_and_one_goes_between_two(plan: AnnualPlan, planner: User) -> None:
    def add(name: str, after: PlanRow | None = None) -> PlanRow:
        return add_row(
            by=planner,
            plan=plan,
            section=Section.CONSULTATION,
            values={"name": name},
            after=after and after.pk,
        )

    first = add("Prima")
    add("A treia")
    add("A doua", after=first)
    assert [line.name for line in content_of(plan).consulted] == ["Prima", "A doua", "A treia"]
    remove_row(by=planner, row=first, revision=1)
    left = [(line.position, line.name) for line in content_of(plan).consulted]
    assert left == [(1, "A doua"), (2, "A treia")]


def test_two_people_save_different_rows_and_neither_loses(
    plan: AnnualPlan, row: PlanRow, planner: User, coordinator: User
) -> None:
    other = add_row(by=planner, plan=plan, section=Section.EXISTING, values={"provider": "B", "name": "C"})
    change_row(by=planner, row=row, revision=1, values={"capacity": 12})
    change_row(by=coordinator, row=other, revision=1, values={"name": "D"})
    assert [(line.name, line.capacity) for line in content_of(plan).services] == [
        ("Centrul de zi", 12),
        ("D", None),
    ]


def test_a_stale_save_is_refused_with_both_texts(row: PlanRow, planner: User, coordinator: User) -> None:
    change_row(by=coordinator, row=row, revision=1, values={"name": "Centrul de zi Floarea"})
    with pytest.raises(StaleRow) as refused:
        change_row(by=planner, row=row, revision=1, values={"name": "Centrul Raza"})
    stale = refused.value
    assert stale.theirs is not None
    assert (stale.theirs["name"], stale.yours["name"], stale.revision) == (
        "Centrul de zi Floarea",
        "Centrul Raza",
        2,
    )
    change_row(by=planner, row=row, revision=2, values={"name": "Centrul Raza"})
    remove_row(by=coordinator, row=row, revision=3)
    with pytest.raises(StaleRow) as gone:
        change_row(by=planner, row=row, revision=3, values={"name": "Centrul Zori"})
    assert gone.value.theirs is None


def test_the_head_of_the_plan_is_refused_stale_too(plan: AnnualPlan, planner: User) -> None:
    change_plan(by=planner, plan=plan, revision=1, values={"subsidy_budget": Decimal(10_000)})
    with pytest.raises(StaleRow):
        change_plan(by=planner, plan=plan, revision=1, values={"title": "Alt titlu"})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"local": Decimal(-1)}, "local"),
        ({"name": ""}, "name"),
        ({"capacity_unit": "elephants"}, "capacity_unit"),
    ],
)
def test_what_cannot_be_is_refused(row: PlanRow, planner: User, values: dict, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        change_row(by=planner, row=row, revision=1, values=values)
    assert refused.value.field == field
    assert ExistingService.objects.get().revision == 1


def test_a_new_code_is_its_own_print(row: PlanRow, planner: User, code: NomenclatureCode) -> None:
    assert ExistingService.objects.get().code_printed == code.pk
    changed = change_row(by=planner, row=row, revision=1, values={"code": None})
    assert changed.code_printed == ""


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.PARTNER, Role.ADMINISTRATOR])
def test_others_neither_write_nor_see_a_draft(
    plan: AnnualPlan, row: PlanRow, town: Organization, role: Role
) -> None:
    stranger = worker(role, organization=town)
    with pytest.raises(NotAllowed):
        prepare_plan(by=stranger, organization=town, year=2030)
    with pytest.raises(NotAllowed):
        change_row(by=stranger, row=row, revision=1, values={"name": "X"})
    with pytest.raises(NotAllowed):
        submit_for_approval(by=stranger, plan=plan)
    assert not AnnualPlan.objects.visible_to(stranger)


def test_a_planner_of_another_town_does_not_see_it(plan: AnnualPlan, planner: User) -> None:
    other = worker(Role.PLANNER, organization=OrganizationFactory())
    assert list(AnnualPlan.objects.visible_to(planner)) == [plan]
    assert not AnnualPlan.objects.visible_to(other)
    with pytest.raises(NotAllowed):
        reopen_plan(by=other, plan=plan, reason="de corectat")


def test_a_plan_is_approved_by_who_may_and_only_once_submitted(
    plan: AnnualPlan, row: PlanRow, planner: User, coordinator: User
) -> None:
    with pytest.raises(DomainError):
        approve_plan(by=coordinator, plan=plan, decision="nr. 12")
    submit_for_approval(by=planner, plan=plan, note="gata")
    with pytest.raises(NotAllowed):
        approve_plan(by=planner, plan=plan, decision="nr. 12")
    with pytest.raises(DomainError) as refused:
        approve_plan(by=coordinator, plan=plan, decision=" ")
    assert refused.value.field == "decision"
    with pytest.raises(DomainError):
        change_row(by=planner, row=row, revision=1, values={"name": "X"})
    version = approve_plan(by=coordinator, plan=plan, decision="nr. 12", decided_on=dt.date(2026, 12, 15))
    plan.refresh_from_db()
    assert (version.number, plan.status) == (1, PlanStatus.APPROVED)
    assert content_in_force(version) == content_of(plan)
    assert {one["kind"] for one in version.remarks} == {one.kind for one in remarks_of(plan)}


def test_an_empty_plan_is_not_submitted(plan: AnnualPlan, planner: User) -> None:
    with pytest.raises(DomainError):
        submit_for_approval(by=planner, plan=plan)


def test_a_plan_reopened_leaves_its_version_as_it_was(
    plan: AnnualPlan, row: PlanRow, planner: User, coordinator: User
) -> None:
    first = approved(plan, planner, coordinator)
    with pytest.raises(DomainError) as refused:
        reopen_plan(by=planner, plan=plan, reason="")
    assert refused.value.field == "reason"
    reopen_plan(by=planner, plan=plan, reason="s-a schimbat un buget")
    change_row(by=planner, row=row, revision=1, values={"local": Decimal(70_000)})
    first.refresh_from_db()
    assert content_in_force(first).services[0].local == Decimal(60_000)
    second = approved(plan, planner, coordinator)
    assert second.number == 2
    assert content_in_force(second).services[0].local == Decimal(70_000)


def test_every_change_is_in_the_trail(
    plan: AnnualPlan, row: PlanRow, planner: User, coordinator: User
) -> None:
    change_row(by=planner, row=row, revision=1, values={"capacity": 12})
    approved(plan, planner, coordinator)
    verbs = TrailEntry.objects.filter(subject=plan.pk).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["prepare_plan", "add_row", "change_row", "submit_for_approval", "approve_plan"]


def test_only_campaigns_of_plans_in_force_are_published(
    plan: AnnualPlan, row: PlanRow, planner: User, coordinator: User, town: Organization
) -> None:
    for name, starts in (
        ("Toamna", dt.date(2027, 10, 1)),
        ("Tot anul", None),
        ("Primăvara", dt.date(2027, 3, 1)),
    ):
        add_row(by=planner, plan=plan, section=Section.CAMPAIGNS, values={"name": name, "starts": starts})
    assert campaigns_published() == []
    approved(plan, planner, coordinator)
    assert [one.name for _plan, one in campaigns_published(year=2027, organization=town)] == [
        "Primăvara",
        "Toamna",
        "Tot anul",
    ]
    assert campaigns_published(year=2026) == []
    reopen_plan(by=planner, plan=plan, reason="o campanie nouă")
    add_row(by=planner, plan=plan, section=Section.CAMPAIGNS, values={"name": "Nouă"})
    assert len(campaigns_published()) == 3


def test_a_plan_is_read_in_few_queries(plan: AnnualPlan, row: PlanRow, pinned: Any) -> None:
    pinned(content_of, plan)
    pinned(remarks_of, plan)


def test_what_a_plan_printed_wrong_is_not_carried_into_the_next(
    plan: AnnualPlan,
    row: PlanRow,
    planner: User,
    coordinator: User,
    town: Organization,
    code: NomenclatureCode,
) -> None:
    """A misspelt code, a remark of drafting, amounts that slid a row, a decision left blank."""
    other = NomenclatureCode.objects.create(code="8810 ID-I", name="Îngrijire", beneficiaries="", mode="home")
    change_row(
        by=planner, row=row, revision=1, values={"code_printed": "8891CZ-C II", "remark": "SE INTRODUC"}
    )
    for values in (
        {"number": 1, "code": other},
        {"number": 2, "code": code, "amount": Decimal(10_000)},
        {"amount": Decimal(60_000)},
    ):
        add_row(by=planner, plan=plan, section=Section.SUBSIDIES, values=values)
    for values in ({"label": "DIRECTOR", "text": "Ana Exemplu"}, {"text": "Hotărârea nr. _____/2026"}):
        add_row(by=planner, plan=plan, section=Section.SIGNATURES, values=values)
    said = {"label": "8.1", "text": "pe parcursul anului 2027"}
    add_row(by=planner, plan=plan, section=Section.INFORMATION, values=said)
    change_plan(by=planner, plan=plan, revision=1, values={"subsidy_budget": Decimal(70_000)})
    approved(plan, planner, coordinator)
    content = content_of(prepare_plan(by=planner, organization=town, year=2028))
    assert (content.services[0].code_printed, content.services[0].remark) == (code.pk, "")
    assert [(line.code, line.amount) for line in content.subsidies] == [
        (other.pk, Decimal(10_000)),
        (code.pk, Decimal(60_000)),
    ]
    assert [line.text for line in content.texts(Section.SIGNATURES)] == ["Ana Exemplu"]
    assert content.texts(Section.INFORMATION)[0].text == "pe parcursul anului 2028"
    assert content.subsidy_budget == Decimal(70_000)
