"""What entries tell of cases: terms before their dates, met by what follows; read only by who reads the entry."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.cases.actions import close_case, open_case, reopen_case, seal_person
from punte.cases.actions.refresh_deadlines import refresh_deadlines_of
from punte.cases.enums import Regime
from punte.cases.guest_terms import terms_in_case, terms_of_guests
from punte.cases.models import CaseDeadline, GuestDeadline
from punte.registers.actions import add_entry, correct_entry, move_entry, withdraw_entry
from tests.factories import HouseholdFactory, family
from tests.factories import worker as worker_as

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PAPER = {"kind": "physical", "grade": "severe", "permanent": False}


@pytest.fixture
def home(house):
    home = HouseholdFactory(keeper=house)
    home.people = family(34, 8, household=home)
    return home


@pytest.fixture
def inside(house):
    return worker_as(Role.CASE_MANAGER, organization=house)


@pytest.fixture
def case(inside, home):
    return open_case(by=inside, household=home, regime=Regime.STANDARD, reason="Vizită")


def today() -> dt.date:
    return timezone.localdate()


def certify(by, child, *, days: int, started: int = 300, **given: Any):
    said = {"valid_until": today() + days * DAY, **PAPER}
    start = today() - started * DAY
    return add_entry(
        by=by,
        register="disability_certificate",
        subject=child,
        start=start,
        given={**said, **given},
        confirmed=True,
    )


def standing(case) -> list[tuple[str, dt.date]]:
    return list(GuestDeadline.objects.filter(case=case, met_on=None).values_list("rule", "due_on"))


def again(user):
    """The account, as the next request would read it."""
    return type(user).objects.get(pk=user.pk)


def test_a_certificate_is_to_be_renewed_60_days_before_it_ends(case, inside, home) -> None:
    entry = certify(inside, home.people[1], days=100)
    assert standing(case) == [("certificate_renewal", today() + 40 * DAY)]
    later = {**PAPER, "valid_until": today() + 130 * DAY}
    correct_entry(by=inside, entry=entry, start=entry.start, given=later, why="Alt an", revision=1)
    assert standing(case) == [("certificate_renewal", today() + 70 * DAY)]
    entry.refresh_from_db()
    withdraw_entry(by=inside, entry=entry, why="Alt copil", revision=entry.revision)
    assert standing(case) == []


def test_what_is_asked_for_meets_the_term_and_a_refusal_begins_none(case, inside, home) -> None:
    child = home.people[1]
    certify(inside, child, days=30)
    asked = add_entry(
        by=inside,
        register="disability_certificate",
        subject=child,
        start=today(),
        state="requested",
        given={"kind": "physical", "grade": "severe", "permanent": False},
    )
    assert standing(case) == []
    assert GuestDeadline.objects.get(case=case).met_on == today()
    move_entry(by=inside, entry=asked, move="refuse", on=today(), given={}, revision=1)
    assert standing(case) == []


def test_no_list_of_cases_shows_it_and_who_reads_the_register_does(case, inside, home, house, client) -> None:
    certify(inside, home.people[1], days=61)
    case.refresh_from_db()
    assert case.due_on != today() + DAY
    assert not CaseDeadline.objects.filter(rule="certificate_renewal").exists()
    reads = {
        role: [term.rule for term in terms_in_case(worker_as(role, organization=house), case)]
        for role in (Role.SOCIAL_WORKER, Role.COMMUNITY_NURSE, Role.SCHOOL_MEDIATOR, Role.LEGAL_ADVISER)
    }
    assert [role for role, rules in reads.items() if rules] == [Role.SOCIAL_WORKER, Role.COMMUNITY_NURSE]
    (mine,) = terms_of_guests(again(inside), today() + 30 * DAY)
    assert not mine.discreet
    client.force_login(inside)
    words = "Cerere de reevaluare a gradului"
    assert words in client.get(reverse("my_day")).content.decode()
    assert words in client.get(reverse("case", args=[case.pk])).content.decode()
    assert words not in client.get(reverse("cases")).content.decode()


def test_of_a_sealed_person_only_the_circle_reads_it(case, inside, home, house) -> None:
    outside = worker_as(Role.COORDINATOR, organization=house)
    certify(inside, home.people[1], days=61)
    assert terms_in_case(again(outside), case)
    seal_person(by=inside, person=home.people[1], reason="Este căutat")
    assert terms_in_case(again(inside), case)
    assert terms_in_case(again(outside), case) == []


def test_what_was_over_before_the_case_is_none_of_it_and_what_holds_is(inside, home) -> None:
    child = home.people[1]
    certify(inside, child, days=-50, started=400)
    certify(inside, child, days=70, started=40)
    case = open_case(by=inside, household=home, regime=Regime.STANDARD, reason="Vizită")
    assert standing(case) == [("certificate_renewal", today() + 10 * DAY)]
    assert GuestDeadline.objects.filter(case=case).count() == 1


def test_closing_ends_it_and_reopening_brings_it_back(case, inside, home) -> None:
    certify(inside, home.people[1], days=70)
    close_case(by=inside, case=case, outcome="objectives_met", reason="Gata")
    assert standing(case) == []
    case.refresh_from_db()
    reopen_case(by=inside, case=case, regime=Regime.STANDARD, reason="Din nou")
    assert standing(case) == [("certificate_renewal", today() + 10 * DAY)]


ORDER = {"kind": "order", "measures": ["contact"]}


def protect(by, person, *, state: str = "issued", started: int = 0, days: int = 100, **given: Any):
    return add_entry(
        by=by,
        register="protection_order",
        subject=person,
        start=today() - started * DAY,
        state=state,
        given={**ORDER, "until": today() + days * DAY, **given},
    )


def test_who_is_protected_is_called_within_three_days_and_before_the_order_ends(case, inside, home) -> None:
    mother = home.people[0]
    entry = protect(inside, mother, started=1, days=20)
    assert standing(case) == [
        ("order_contact", today() + 3 * DAY),
        ("order_expiry", today() + 6 * DAY),
    ]
    move_entry(
        by=inside, entry=entry, move="contact", on=today(), given={"contacted_on": today()}, revision=1
    )
    assert standing(case) == []
    met = GuestDeadline.objects.filter(case=case).order_by("rule")
    assert [(one.rule, one.met_on) for one in met] == [("order_contact", today()), ("order_expiry", today())]


def test_the_call_after_the_issue_of_a_long_order_is_not_the_one_before_its_end(case, inside, home) -> None:
    entry = protect(inside, home.people[0], days=100)
    assert standing(case) == [("order_contact", today() + 3 * DAY)]
    move_entry(
        by=inside, entry=entry, move="contact", on=today(), given={"contacted_on": today()}, revision=1
    )
    assert (entry.refresh_from_db(), entry.state) == (None, "issued")
    refresh_deadlines_of([case], today=today() + 75 * DAY)
    assert standing(case) == [("order_expiry", today() + 86 * DAY)]


def test_what_is_only_asked_for_makes_no_term_and_its_issue_does(case, inside, home) -> None:
    entry = protect(inside, home.people[0], state="requested", started=5)
    assert standing(case) == []
    issued = {"issued_by": "court", "until": today() + 100 * DAY}
    move_entry(by=inside, entry=entry, move="issue", on=today(), given=issued, revision=1)
    assert standing(case) == [("order_contact", today() + 3 * DAY)]


def test_a_delegation_is_looked_at_60_days_before_it_ends(case, inside, home, house) -> None:
    child = home.people[1]
    lawyer = worker_as(Role.LEGAL_ADVISER, organization=house)
    entry = add_entry(
        by=inside,
        register="parental_delegation",
        subject=child,
        start=today() - 200 * DAY,
        state="decided",
        given={"who_leaves": "mother", "carer": "bunica", "until": today() + 90 * DAY},
    )
    assert standing(case) == [("delegation_end", today() + 30 * DAY)]
    assert [term.deadline.rule for term in terms_of_guests(again(lawyer), today() + 60 * DAY)] == []
    move_entry(by=inside, entry=entry, move="end", on=today(), given={}, revision=1)
    assert standing(case) == []
