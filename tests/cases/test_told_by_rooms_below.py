"""Terms of what the rooms below tell: papers that expire, older people assessed; off until they are switched on."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from punte.accounts.enums import Role
from punte.assessments.packs import current_version
from punte.cases.actions import open_case, seal_person
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.actions.switch_rule import switch_rule
from punte.cases.enums import Regime
from punte.cases.guest_terms import terms_in_case
from punte.cases.models import GuestDeadline
from punte.people.enums import DocumentKind
from punte.people.models import IdentityDocument
from tests.factories import HouseholdFactory, OrganizationFactory, family
from tests.factories import worker as worker_as

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def home():
    home = HouseholdFactory(keeper=OrganizationFactory())
    home.people = family(71, 8, household=home)
    return home


@pytest.fixture
def manager(home):
    return worker_as(Role.CASE_MANAGER, organization=home.keeper)


@pytest.fixture
def case(home, manager):
    return open_case(by=manager, household=home, regime=Regime.STANDARD, reason="Vizită")


def switched_on(home: Any, *rules: str) -> None:
    coordinator = worker_as(Role.COORDINATOR, organization=home.keeper)
    for rule in rules:
        switch_rule(by=coordinator, organization=home.keeper, rule=rule, on=True, reason="Confirmat")


def paper(person: Any, *, days: int, issued: int = 3000) -> None:
    today = timezone.localdate()
    IdentityDocument.objects.create(
        person=person,
        kind=DocumentKind.IDENTITY_CARD,
        number="CJ 123456",
        issued_on=today - issued * DAY,
        expires_on=today + days * DAY,
    )


def standing(case: Any) -> list[tuple[str, dt.date]]:
    refresh_deadlines(case)
    return list(GuestDeadline.objects.filter(case=case, met_on=None).values_list("rule", "due_on"))


def test_a_paper_that_expires_is_told_60_days_before_once_that_is_switched_on(home, case) -> None:
    today = timezone.localdate()
    paper(home.people[0], days=90)
    assert standing(case) == []
    switched_on(home, "identity_expiry")
    assert standing(case) == [("identity_expiry", today + 30 * DAY)]
    paper(home.people[0], days=3650, issued=0)
    assert [due for _rule, due in standing(case)] == [today + 3590 * DAY]


def test_of_a_sealed_person_nobody_outside_the_circle_reads_of_it(home, case, manager) -> None:
    switched_on(home, "identity_expiry")
    paper(home.people[0], days=90)
    outside = worker_as(Role.SOCIAL_WORKER, organization=home.keeper)
    standing(case)
    assert [one.rule for one in terms_in_case(outside, case)] == ["identity_expiry"]
    seal_person(by=manager, person=home.people[0], reason="Este căutată")
    outside.__dict__.pop("_hidden_by_seals", None)
    assert terms_in_case(outside, case) == []
    assert len(terms_in_case(manager, case)) == 1


def test_an_older_person_is_assessed_again_and_only_who_reads_health_is_told(home, case, manager) -> None:
    today = timezone.localdate()
    switched_on(home, "older_review")
    home.assessments.create(
        pack=current_version("older_person"),
        person=home.people[0],
        by=manager,
        instance_id="uuid:7",
        instance="<data/>",
        digest="",
        visited_on=today,
    )
    [(rule, due)] = standing(case)
    assert rule == "older_review" and due > today + 160 * DAY
    nurse = worker_as(Role.COMMUNITY_NURSE, organization=home.keeper)
    mediator = worker_as(Role.SCHOOL_MEDIATOR, organization=home.keeper)
    assert len(terms_in_case(nurse, case)) == 1
    assert terms_in_case(mediator, case) == []


def test_what_no_rule_waits_for_is_not_asked(home, case) -> None:
    paper(home.people[0], days=90)
    with CaptureQueriesContext(connection) as asked:
        refresh_deadlines(case)
    assert not any("people_identitydocument" in one["sql"] for one in asked.captured_queries)
