"""A seal of a case is a row in time; the marks on cases and households say what the rows say."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from punte.cases.actions import open_case, seal_case, unseal_case
from punte.cases.models import Case, CaseSeal
from punte.people.models import Household
from tests.cases.conftest import Town, again

pytestmark = pytest.mark.both


def assert_the_marks_say_what_the_rows_say() -> None:
    """Recompute every mark from the rows alone."""
    sealed = set(CaseSeal.objects.filter(end=None).values_list("case", flat=True))
    homes = set(CaseSeal.objects.filter(end=None).values_list("case__household", flat=True))
    assert {case.pk for case in Case.objects.all() if case.sealed} == sealed
    assert {home.pk for home in Household.objects.all() if home.sealed} == homes


def test_a_seal_says_who_since_when_and_why(town: Town) -> None:
    case = town.case()
    seal_case(by=town.worker, case=case, reason="violență în familie")
    seal = CaseSeal.objects.get()
    today = timezone.localdate()
    assert (seal.case, seal.by, seal.start, seal.end) == (case, town.worker, today, None)
    assert seal.reason == "violență în familie"
    unseal_case(by=again(town.worker), case=case, reason="nu mai e pericol")
    seal.refresh_from_db()
    assert (seal.end, seal.ended_by, seal.ended_reason) == (today, town.worker, "nu mai e pericol")
    seal_case(by=again(town.worker), case=case, reason="s-a întors")
    assert CaseSeal.objects.count() == 2


def test_the_marks_follow_the_rows(town: Town) -> None:
    case = town.case()
    assert_the_marks_say_what_the_rows_say()
    seal_case(by=town.worker, case=case, reason="x")
    assert_the_marks_say_what_the_rows_say()
    inside = open_case(
        by=again(town.worker), household=town.household, person=town.child, regime="standard", reason="x"
    )
    assert inside.sealed and inside.seals.get().by == town.worker
    assert_the_marks_say_what_the_rows_say()
    unseal_case(by=again(town.worker), case=case, reason="x")
    assert Household.objects.get(pk=town.household.pk).sealed
    assert_the_marks_say_what_the_rows_say()
    unseal_case(by=again(town.worker), case=inside, reason="x")
    assert not Household.objects.get(pk=town.household.pk).sealed
    assert_the_marks_say_what_the_rows_say()


def test_a_case_has_one_seal_at_a_time(town: Town) -> None:
    case = town.case()
    seal_case(by=town.worker, case=case, reason="x")
    again_sealed = CaseSeal(case=case, by=town.worker, reason="y", start=timezone.localdate())
    with pytest.raises(IntegrityError, match="one_seal_of_a_case_at_a_time"), transaction.atomic():
        again_sealed.save()
