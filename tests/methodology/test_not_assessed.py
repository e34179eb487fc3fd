"""An unanswered question never makes a finding; it is named where it keeps a code from being known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from punte.methodology.assess import Assessed, assess
from punte.methodology.model import Pack

VISIT = date(2026, 10, 15)
MAN = {"member_id": "m", "birth_date": date(1980, 5, 5), "sex": "m"}
GIRL = {"member_id": "g", "birth_date": date(2014, 5, 5), "sex": "f"}


def judged(pack: Pack, *members: dict[str, Any], **household: Any) -> Assessed:
    return assess(
        pack,
        [{"household_id": "h", "visit_date": VISIT} | household],
        [{"household_id": "h"} | member for member in members],
    )


def missing(result: Assessed, member: str | None, code: str) -> tuple[str, ...] | None:
    """What keeps a code from being known; None when it is known."""
    found = [row.missing for row in result.not_assessed if (row.member_id, row.code) == (member, code)]
    return found[0] if found else None


def codes(result: Assessed, member: str | None) -> set[str]:
    return {finding.code for finding in result.findings if finding.member_id == member}


def test_a_question_not_asked_of_someone_is_not_missing(sci: Pack) -> None:
    result = judged(sci, MAN)
    about_pregnancy = {row.code for row in result.not_assessed if row.code.startswith("VGR")}
    assert about_pregnancy == set()
    assert missing(result, "m", "VEC_05") is None
    assert missing(result, "m", "VEA_01") == ("literate",)


def test_a_follow_up_is_missing_only_once_its_question_is_answered(sci: Pack) -> None:
    assert missing(judged(sci, GIRL), "g", "VGR_06") == ("pregnant",)
    assert missing(judged(sci, GIRL | {"pregnant": True}), "g", "VGR_06") == ("prenatal_checks",)
    assert missing(judged(sci, GIRL | {"pregnant": False}), "g", "VGR_06") is None


def test_an_unknown_birth_is_what_is_missing_behind_questions_of_age(sci: Pack) -> None:
    result = judged(sci, {"member_id": "x", "sex": "f"})
    assert missing(result, "x", "VCV_05") == ("birth_date",)
    assert missing(result, "x", "VGR_05") == ("birth_date",)
    assert missing(result, "x", "VEA_01") == ("birth_date",)
    assert missing(judged(sci, {"member_id": "x", "birth_date": date(1990, 1, 1)}), "x", "VGR_05") == ("sex",)


def test_a_house_that_is_none_is_not_asked_about_rooms(sci: Pack) -> None:
    assert missing(judged(sci, MAN, dwelling="none"), None, "VLP_02") is None
    assert missing(judged(sci, MAN, dwelling="house"), None, "VLP_02") == ("rooms",)
    assert missing(judged(sci, MAN), None, "VLP_02") == ("rooms",)


def test_empty_answers_about_the_home_count_as_not_met(sci: Pack) -> None:
    assert missing(judged(sci, MAN, water="none"), None, "VLP_01") is None
    assert "VLP_01" in codes(judged(sci, MAN, water="none", damp=True), None)


def test_a_member_of_unknown_age_may_be_the_adult(sci: Pack) -> None:
    """No finding that the child is without an adult while someone's birth date is empty."""
    unknown = {"member_id": "x"}
    result = judged(sci, GIRL, unknown)
    assert missing(result, "g", "VFC_04") == ("birth_date",)
    assert "VFC_04" not in codes(result, "g")
    assert "VFC_04" in codes(judged(sci, GIRL), "g")
    assert "VFC_04" not in codes(judged(sci, GIRL, unknown, MAN), "g")
    assert missing(judged(sci, GIRL, unknown, MAN), "g", "VFC_04") is None


def test_the_disability_of_another_member_may_be_what_is_missing(sci: Pack) -> None:
    brother = {"member_id": "b", "birth_date": date(2012, 1, 1), "sex": "m"}
    known = GIRL | {"disability": "none"}
    assert missing(judged(sci, known, brother), "g", "VSC_08") == ("disability",)
    assert missing(judged(sci, GIRL, brother | {"disability": "none"}), "g", "VSC_08") is None
    assert "VSC_08" in codes(judged(sci, GIRL, brother | {"disability": "uncertified"}), "g")
    assert "VSC_08" not in codes(judged(sci, GIRL | {"disability": "certified"}, brother), "g")
    assert missing(judged(sci, GIRL), "g", "VSC_08") is None


def test_the_level_is_open_while_a_severe_code_is(sci: Pack) -> None:
    open_level = missing(judged(sci, GIRL, MAN), "g", "LEVEL_SEVERE")
    assert open_level is not None and {"enrolled", "monthly_income_lei", "violence_signs"} <= set(open_level)
    severe = judged(sci, GIRL | {"enrolled": "dropped_out"}, MAN)
    assert missing(severe, "g", "LEVEL_SEVERE") is None
    assert "LEVEL_SEVERE" in codes(severe, "g")
    assert missing(judged(sci, GIRL, MAN), "m", "LEVEL_SEVERE") is None


@pytest.mark.parametrize("visit", [None, VISIT])
def test_nothing_answered_finds_nothing(sci: Pack, visit: date | None) -> None:
    result = judged(sci, {"member_id": "x"}, visit_date=visit)
    assert result.findings == ()
    assert result.not_assessed


def test_a_household_without_members_and_a_stranger_do_no_harm(sci: Pack) -> None:
    assert codes(judged(sci, monthly_income_lei=0, receives_vmi=False, rooms=1), None) == {"VSV_01"}
    assert assess(sci, [], [GIRL | {"household_id": "elsewhere"}]).findings == ()
    assert assess(sci, [], []) == Assessed((), ())
