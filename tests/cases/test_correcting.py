"""What was noted is put right, and what it said before is kept."""

import datetime as dt
import json
from typing import Any

import pytest
from django.utils import timezone

from punte.cases.actions import correct_intervention, log_intervention
from punte.cases.models import Case, Intervention, InterventionBefore
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from tests.cases.conftest import Town, again

ONE_MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def case(town: Town) -> Case:
    return town.case(regime="intensive", opened_on=timezone.localdate() - dt.timedelta(days=20))


@pytest.fixture
def noted(town: Town, case: Case) -> Intervention:
    return log_intervention(
        by=town.nurse,
        case=case,
        mode="home_visit",
        at=timezone.now() - ONE_MINUTE,
        minutes=40,
        note="Toți acasă.",
    )


def correct(town: Town, noted: Intervention, **fields: Any) -> Intervention:
    asked = {
        "by": town.nurse,
        "seen": 0,
        "why": "Am greșit ziua.",
        "mode": noted.mode,
        "at": noted.at,
        "minutes": noted.minutes,
        "note": noted.note,
        **fields,
    }
    return correct_intervention(intervention=noted, **asked)


def test_what_it_said_before_stays_with_who_why_and_when(town: Town, noted: Intervention) -> None:
    correct(town, noted, note="Mama era plecată.", minutes=20)
    noted.refresh_from_db()
    assert (noted.note, noted.minutes) == ("Mama era plecată.", 20)
    [before] = InterventionBefore.objects.all()
    assert (before.by, before.why) == (town.nurse, "Am greșit ziua.")
    assert json.loads(before.said)["note"] == "Toți acasă."


def test_terms_follow_the_day_that_is_right(town: Town, case: Case, noted: Intervention) -> None:
    due = case.deadlines.not_met().get(rule="contact_intensive").due_on
    earlier = noted.at - dt.timedelta(days=3)
    correct(town, noted, at=earlier)
    assert case.deadlines.not_met().get(rule="contact_intensive").due_on == due - dt.timedelta(days=3)
    assert Case.objects.get(pk=case.pk).due_on <= due - dt.timedelta(days=3)


def test_another_nurse_may_not_and_who_manages_the_case_may(town: Town, noted: Intervention) -> None:
    with pytest.raises(NotAllowed):
        correct_by = {**{"by": again(town.colleague)}, "note": "x"}
        Case.objects.filter(pk=noted.case_id).update(team=None)
        correct(town, noted, **correct_by)
    correct(town, noted, by=again(town.worker), note="Toți acasă, și bunica.")


def test_an_old_page_corrects_nothing(town: Town, noted: Intervention) -> None:
    correct(town, noted, note="Mama era plecată.")
    with pytest.raises(EditedMeanwhile):
        correct(town, noted, note="Tata era plecat.", seen=0)
    correct(town, noted, note="Tata era plecat.", seen=1)
    assert noted.before.count() == 2


@pytest.mark.parametrize(
    "fields", [{"why": " ", "note": "x"}, {}, {"at": "tomorrow"}, {"mode": "x"}, {"minutes": 0}]
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    town: Town, noted: Intervention, fields: dict[str, Any]
) -> None:
    if fields.get("at"):
        fields = {"at": timezone.now() + dt.timedelta(days=1)}
    with pytest.raises(DomainError):
        correct(town, noted, **fields)
    assert not InterventionBefore.objects.exists()
