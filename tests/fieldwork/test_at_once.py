"""What is sent at the same moment from two sides is taken in one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from punte.accounts.models import User
from punte.cases.actions import open_case
from punte.cases.enums import Regime
from punte.cases.models import Case, Intervention
from punte.fieldwork.models import FieldConflict, FieldEntry
from tests.factories import HouseholdFactory, family, worker
from tests.fieldwork.tablet import Said, Tablet, entry, tablet_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave, all begun together, each on a connection of its own."""

    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def caseload(by: User) -> Case:
    place = HouseholdFactory(keeper=by.appointments.get().organization)
    family(34, 9, household=place)
    return open_case(by=by, household=place, regime=Regime.STANDARD, reason="o situație grea")


def visit(case: Case) -> Said:
    return {
        "case": str(case.pk),
        "mode": "home_visit",
        "code": "",
        "at": "2026-11-20T10:00:00+02:00",
        "minutes": None,
        "person": None,
        "step": None,
        "metFamily": True,
        "compartment": "general",
        "note": "",
    }


def test_an_entry_sent_twice_at_once_is_applied_once() -> None:
    by = worker()
    tablet = tablet_of(by)
    case = caseload(by)
    sent = [entry("intervention", case.household_id, visit(case)) for _visit in range(5)]
    twins = [Tablet(tablet.made) for _twin in range(3)]
    answers = at_once(*(lambda twin=twin: twin.up(*sent) for twin in twins))  # type: ignore[misc]
    assert answers[0] == answers[1] == answers[2]
    assert {one["status"] for one in answers[0]} == {"applied"}
    assert Intervention.objects.count() == FieldEntry.objects.count() == 5


def test_two_tablets_that_change_one_field_at_once_make_one_conflict() -> None:
    by = worker()
    case = caseload(by)
    place = case.household
    tablets = [tablet_of(by, "una"), tablet_of(by, "alta")]

    def changes(address: str) -> Said:
        fields = {"address": [place.address, address]}
        return entry("household_change", place.pk, {"revision": place.revision, "fields": fields})

    answers = at_once(*(lambda t=t, n=n: t.up(changes(f"Str. Nouă {n}")) for n, t in enumerate(tablets)))  # type: ignore[misc]
    assert sorted(one[0]["status"] for one in answers) == ["applied", "conflict"]
    assert FieldConflict.objects.count() == 1


def test_a_case_opened_by_two_tablets_at_once_is_one_case() -> None:
    by = worker()
    place = HouseholdFactory(keeper=by.appointments.get().organization)
    tablets = [tablet_of(by, "una"), tablet_of(by, "alta")]
    bodies = [
        {
            "case": f"00000000-0000-4000-8000-00000000000{n}",
            "person": None,
            "regime": "standard",
            "reason": "x",
        }
        for n in range(2)
    ]
    both = zip(tablets, bodies, strict=True)
    answers = at_once(*(lambda t=t, b=b: t.up(entry("case_open", place.pk, b)) for t, b in both))  # type: ignore[misc]
    assert [one[0]["status"] for one in answers] == ["applied", "applied"]
    assert Case.objects.count() == 1
