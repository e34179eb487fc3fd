"""Where a sealed person lives: nothing that is done in, found in or written about that household tells of them."""

from typing import Any

import pytest
from django.utils import timezone

from punte.accounts.models import Appointment, User
from punte.cases.actions import (
    close_case,
    reopen_case,
)
from punte.cases.models import Case
from punte.kernel.errors import NotAllowed
from punte.people.models import (
    Person,
)
from tests.factories import family
from tests.people.sealed_place import Place, again

pytestmark = [pytest.mark.django_db, pytest.mark.both]
OUTSIDERS = ["colleague", "coordinator"]


@pytest.fixture
def grandmother(place: Place) -> Person:
    """Somebody who is not sealed lives in the new household too, so that everybody sees it."""
    return family(70, household=place.new)[0]


def seen_cases(user: User) -> set[Any]:
    return set(Case.objects.visible_to(again(user)).values_list("pk", flat=True))


def test_nobody_comes_into_the_circle_by_reopening_a_case(place: Place) -> None:
    cases = [home.cases.get() for home in (place.old, place.like)]
    for case in cases:
        close_case(by=place.worker, case=case, outcome="objectives_met", reason="x")
    Appointment.objects.filter(user=place.worker).update(end=timezone.localdate())
    behind, plain = cases
    for who in OUTSIDERS:
        with pytest.raises(NotAllowed):
            reopen_case(by=again(getattr(place, who)), case=behind, regime="standard", reason="x")
    reopen_case(by=again(place.colleague), case=plain, regime="standard", reason="x")
    behind.refresh_from_db()
    assert not behind.open


def test_a_case_that_goes_on_with_its_worker_is_reopened_by_a_colleague(place: Place) -> None:
    close_case(by=place.worker, case=place.case, outcome="objectives_met", reason="x")
    reopened = reopen_case(by=again(place.colleague), case=place.case, regime="standard", reason="x")
    assert reopened.responsible == place.worker
