"""What was found of an older person stands on the paper of the household: the score in words, and on what it rests."""

from typing import Any

import pytest

from punte.assessments.actions import submit_assessment
from punte.methodology.packs import load_pack
from tests.assessments.test_about_a_person import OLDER, about
from tests.documents.households import Setting, setting
from tests.documents.test_inquiry import content, inquiry, packed, words

pytestmark = pytest.mark.django_db
TITLE = "Persoana vârstnică"


@pytest.fixture
def place() -> Setting:
    return setting()


def fill(place: Setting, **facts: Any) -> None:
    everything = dict.fromkeys(load_pack(OLDER).scores["dependency"].facts, "alone") | {"mind": "clear"}
    instance = about(place.household, place.people[0], **{**everything, **facts})
    submit_assessment(by=place.worker, household=place.household, instance=instance)


def chapter(told: Any) -> Any:
    return next((one for one in told["chapters"] if one["title"] == TITLE), None)


def test_a_score_is_told_with_its_band_and_the_answers_behind_it(place: Setting) -> None:
    fill(place, washing="help", fell=True)
    document = inquiry(place)
    (one,) = chapter(content(document))["people"]
    assert "Grad de dependență: Gradul IIC, merge singură; ajutor la igienă și mese" in one["text"]
    assert "treptele propuse" in one["text"] and "se spală: cu ajutor" in one["text"]
    assert "mănâncă: singură" not in one["text"]
    assert "a căzut în ultimele șase luni" in one["text"]
    for text in words(document):
        assert packed("Gradul IIC") in text


def test_the_newest_is_told_and_what_is_not_known_is_said(place: Setting) -> None:
    fill(place, washing="help")
    fill(place, washing=None)
    (one,) = chapter(content(inquiry(place)))["people"]
    assert (
        "Grad de dependență: nu se știe, lipsesc răspunsuri." in one["text"] and "Gradul" not in one["text"]
    )


def test_abuse_is_told_only_where_it_is_asked_for(place: Setting) -> None:
    fill(place, alone_now=True, hurt=True)
    assert "rănită" not in chapter(content(inquiry(place)))["people"][0]["text"]
    told = content(inquiry(place, include_violence=True))
    assert "rănită" in chapter(told)["people"][0]["text"]
    assert told["acknowledgement"] == ""


def test_a_paper_without_such_a_questionnaire_has_no_such_chapter(place: Setting) -> None:
    assert chapter(content(inquiry(place))) is None
