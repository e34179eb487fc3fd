"""The Home face by its registers: what is owed, a plan of instalments, aid that a second person agrees to, papers."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from punte.accounts.enums import Role
from punte.cases.actions import give_approval, give_back, open_case, seal_person
from punte.cases.actions.switch_rule import switch_rule
from punte.cases.approvals import to_be_answered_by
from punte.cases.enums import Regime
from punte.cases.guest_terms import terms_in_case
from punte.cases.models import Approval
from punte.kernel.errors import DomainError
from punte.registers.actions import add_entry, correct_entry, move_entry
from punte.registers.models import Entry
from punte.registers.sight import Sight
from punte.registers.totals.showing import totals_about
from tests.factories import HouseholdFactory, family
from tests.factories import worker as worker_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(house):
    home = HouseholdFactory(keeper=house)
    home.people = family(34, 8, household=home)
    return home


@pytest.fixture
def worker(house):
    return worker_as(Role.SOCIAL_WORKER, organization=house)


@pytest.fixture
def coordinator(house):
    return worker_as(Role.COORDINATOR, organization=house)


@pytest.fixture
def case(worker, home):
    return open_case(by=worker, household=home, regime=Regime.STANDARD, reason="Vizită")


def add(by, register, subject, *, ago=0, state="", **given):
    start = timezone.localdate() - dt.timedelta(days=ago)
    return add_entry(
        by=by, register=register, subject=subject, start=start, state=state, given=given, confirmed=True
    )


def move(by, entry, step, **given):
    entry = Entry.objects.get(pk=entry.pk)
    known = {"by": by, "entry": entry, "revision": entry.revision, "confirmed": True}
    return move_entry(**known, move=step, on=timezone.localdate(), given=given)


def told(user, subject):
    user.__dict__.pop("_hidden_by_seals", None)
    found = totals_about(user, [Sight(user, subject)]).get(subject.pk, [])
    return {one.reckoned.total.name: one for one in found}


def aid(worker, home):
    entry = add(worker, "direct_aid", home, asked=Decimal(350), kind="utilities")
    move(worker, entry, "assess", assessed_on=timezone.localdate(), need="Iarna")
    return entry


def test_three_months_of_unpaid_rent_are_a_band_that_says_why(worker, home, case) -> None:
    for ago in (95, 65, 35):
        add(worker, "obligation", home, ago=ago, kind="rent", amount=Decimal("280.50"))
    add(worker, "obligation", home, ago=5, kind="water", amount=Decimal(40), paid=Decimal(40), state="paid")
    totals = told(worker, home)
    assert totals["arrears"].value == "841,50 lei"
    rent = totals["rent_unpaid"]
    assert (rent.value, rent.band, rent.since) == ("3", "reziliere posibilă", "de la 3")
    assert len(rent.parts) == 3
    assert "114/1996" in rent.source


def test_a_band_begins_a_term_once_the_rule_is_switched_on(worker, coordinator, home, case) -> None:
    switch_rule(
        by=coordinator, organization=home.keeper, rule="arrears_emergency", on=True, reason="Hotărâre"
    )
    for ago in (65, 35, 0):
        add(worker, "obligation", home, ago=ago, state="late", kind="rent", amount=Decimal(280))
    assert [one.rule for one in terms_in_case(worker, case)] == ["arrears_emergency"]
    paid = Entry.objects.filter(register="obligation").first()
    move(worker, paid, "pay", paid=Decimal(280), paid_on=timezone.localdate())
    assert not [one for one in terms_in_case(worker, case) if one.rule == "arrears_emergency"]


def test_a_signed_agreement_writes_its_instalments_and_prints_them(worker, home, case, client) -> None:
    first = timezone.localdate().replace(day=15)
    entry = add(
        worker, "instalment_agreement", home, debt=Decimal(600), rates=3, rate=Decimal(200), first_on=first
    )  # fmt: skip
    move(worker, entry, "sign")
    rates = list(Entry.objects.filter(register="instalment").order_by("start"))
    assert [one.start.day for one in rates] == [15, 15, 15]
    assert {one.values["agreement"] for one in rates} == {str(entry.pk)}
    client.force_login(worker)
    page = client.get(reverse("registers_of", args=["gospodarii", home.pk])).content.decode()
    assert "De plătit din eșalonări" in page
    paper = reverse("entry_paper", args=[entry.pk, "instalment_agreement", "docx"])
    written = Document(BytesIO(client.get(paper).content))
    assert "600,00 lei" in "\n".join(one.text for one in written.paragraphs)
    assert len(written.tables[0].rows) == 4
    pdf = client.get(reverse("entry_paper", args=[entry.pk, "instalment_agreement", "pdf"]))
    assert pdf.content.startswith(b"%PDF")
    assert client.get(reverse("entry_paper", args=[entry.pk, "direct_aid", "pdf"])).status_code == 404


def test_aid_is_granted_when_the_coordinator_agrees(worker, coordinator, home, case, client) -> None:
    entry = aid(worker, home)
    move(worker, entry, "grant", granted=Decimal(300))
    entry.refresh_from_db()
    assert entry.state == "assessed"
    [asked] = to_be_answered_by(coordinator)
    client.force_login(coordinator)
    page = client.get(reverse("case_approval", args=[case.pk, asked.pk])).content.decode()
    assert "300,00 lei" in page
    assert "aprobat" in page
    give_approval(by=coordinator, asked=asked)
    entry.refresh_from_db()
    assert (entry.state, entry.values["granted"]) == ("granted", 30000)
    assert entry.revisions.latest("number").by == worker
    assert told(worker, home)["this_year"].value == "300,00 lei"


def test_what_is_given_back_or_changed_meanwhile_takes_no_effect(worker, coordinator, home, case) -> None:
    entry = aid(worker, home)
    move(worker, entry, "grant", granted=Decimal(300))
    with pytest.raises(DomainError):
        move(worker, entry, "grant", granted=Decimal(200))
    give_back(by=coordinator, asked=Approval.objects.get(), answer="Mai puțin")
    move(worker, entry, "grant", granted=Decimal(200))
    entry.refresh_from_db()
    correct_entry(
        by=worker,
        entry=entry,
        start=entry.start,
        given={"asked": Decimal(340), "kind": "rent", "assessed_on": timezone.localdate(), "need": "Iarna"},
        why="Altă factură",
        revision=entry.revision,
    )
    assert not to_be_answered_by(coordinator)
    entry.refresh_from_db()
    assert entry.state == "assessed"


def test_who_has_the_role_or_is_alone_asks_nobody(worker, coordinator, home, case) -> None:
    entry = aid(coordinator, home)
    move(coordinator, entry, "grant", granted=Decimal(300))
    entry.refresh_from_db()
    assert entry.state == "granted"


def test_a_member_and_an_entry_are_of_the_same_household(worker, home, case) -> None:
    other = HouseholdFactory(keeper=home.keeper)
    [stranger] = family(40, household=other)
    with pytest.raises(DomainError) as refused:
        add(worker, "household_budget", home, worked_with=stranger, food=Decimal(10))
    assert refused.value.field == "worked_with"
    add(worker, "household_budget", home, worked_with=home.people[0], food=Decimal(10))
    theirs = add(worker, "obligation", other, kind="rent", amount=Decimal(10))
    with pytest.raises(DomainError) as refused:
        add(worker, "direct_aid", home, asked=Decimal(10), kind="rent", bill=theirs)
    assert refused.value.field == "bill"


def test_what_two_readers_saw_at_first_stands_beside_what_happened_later(
    worker, house, home, case, client
) -> None:
    given = {"applicant": home.people[0], "call": "Apel 1", "lives_in": "segregated"}
    entry = add(worker, "relocation_application", home, ago=300, **given)
    other = worker_as(Role.CASE_MANAGER, organization=house)
    for reader, points in ((worker, 8), (worker, 7), (worker, 6), (other, 5)):
        with pytest.raises(DomainError, match="different people|oameni diferiți"):
            move(worker, entry, "read", proposed="select")
        add(
            reader,
            "relocation_reading",
            home,
            application=entry,
            vulnerability=points,
            sustainability=2,
            reasons="Vizită",
        )
    move(worker, entry, "read", proposed="select")
    with pytest.raises(DomainError, match="alta decât arată punctele"):
        move(worker, entry, "keep", decision="reserve", reasons="Nu este locuință")
    add(worker, "obligation", home, ago=40, kind="rent", amount=Decimal(280))
    client.force_login(worker)
    page = client.get(reverse("register_beside", args=["relocation_application"])).content.decode()
    assert all(said in page for said in ("6,5", "sprijin intens după mutare", "280,00 lei"))
    assert client.get(reverse("register_beside", args=["obligation"])).status_code == 404


ABSENCES = """\
key: missed_lesson
version: "1"
title: {ro: Oră lipsă, en: Missed lesson}
about: person
period: day
overlap: allowed
compartment: education
fields:
  hours: {type: integer, required: yes, label: {ro: Ore, en: Hours}}
totals:
  missed: {label: {ro: Ore lipsă, en: Missed hours}, value: "sum(hours)", unit: integer, over: school_year}
line: {ro: "{hours}", en: "{hours}"}
source: propunere
evidence: memory
"""


def test_a_total_counts_what_the_reader_sees(house, home, tmp_path, settings) -> None:
    """Outside the circle of a sealed person what was written since adds nothing."""
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "missed_lesson.yaml").write_text(ABSENCES, encoding="utf-8")
    settings.OWN_CONTENT = tmp_path
    inside, outside = (worker_as(Role.CASE_MANAGER, organization=house) for _ in range(2))
    open_case(by=inside, household=home, regime=Regime.STANDARD, reason="Vizită")
    child = home.people[1]
    add(inside, "missed_lesson", child, hours=2)
    seal_person(by=inside, person=child, reason="Este căutat")
    add(inside, "missed_lesson", child, hours=40)
    assert told(inside, child)["missed"].value == "42"
    assert told(outside, child)["missed"].value == "2"
