"""Answers and scores of older people are dated rows of an extract: the newest by a day, without closed answers."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from punte.assessments.actions import submit_assessment
from punte.assessments.extract import tables
from punte.kernel.extracts import Pseudonyms
from punte.methodology.packs import load_pack
from tests.assessments.test_about_a_person import OLDER, about
from tests.factories import HouseholdFactory, family, worker

pytestmark = pytest.mark.django_db
NAMES = Pseudonyms(b"k")


def rows(table: str, as_of: dt.date | None = None) -> list[dict[str, Any]]:
    found = next(one for one in tables(as_of) if one.name == f"person_{table}")
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows(NAMES, timezone.now())]


def test_the_newest_answers_and_scores_by_a_day() -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    one, other = family(81, 79, household=home)
    known = dict.fromkeys(load_pack(OLDER).scores["dependency"].facts, "alone") | {"mind": "clear"}

    def fill(person: Any, day: dt.date, **facts: Any) -> None:
        instance = about(home, person, day=day, **{**known, **facts})
        submit_assessment(by=by, household=home, instance=instance)

    fill(one, dt.date(2026, 3, 3), alone_now=True, hurt=True)
    fill(one, dt.date(2026, 9, 9), washing="help", fell=True)
    fill(other, dt.date(2026, 9, 9), washing=None)
    scored = rows("scores")
    assert [(row["person"], row["value"], row["band"], row["month"]) for row in scored] == [
        (NAMES.of("person", one.pk), "2", "Gradul IIC", "2026-09")
    ]
    assert [row["band"] for row in rows("scores", dt.date(2026, 6, 1))] == ["Gradul IIIB"]
    told = {
        (row["question"], row["answer"]) for row in rows("answers") if row["person"] == scored[0]["person"]
    }
    assert {("washing", "help"), ("fell", "yes"), ("mind", "clear")} <= told
    before = {(row["question"], row["answer"]) for row in rows("answers", dt.date(2026, 6, 1))}
    assert ("washing", "alone") in before and ("alone_now", "yes") in before
    assert "hurt" not in {question for question, _answer in before}
    other.died_on = dt.date(2026, 10, 1)
    other.save()
    assert {row["person"] for row in rows("answers")} == {scored[0]["person"]}
