"""What residents write is understood: in three languages, without diacritics, with slips of the keyboard."""

import csv

import pytest
import yaml
from django.conf import settings

from punte.directory.help.need import LANGUAGES, needs, people, read_need


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("am nevoie de cineva care să îngrijească un părinte", "care_at_home"),
        ("am nevoie de cineva care sa ingrijeasca un parinte", "care_at_home"),
        ("mama nu se mai descurcă singură acasă", "care_at_home"),
        ("ingrijire la domicilu", "care_at_home"),
        ("copilul meu nu are unde sta după școală", "after_school"),
        ("copilul meu nu are unde sta dupa scoala", "after_school"),
        ("un loc liber la un centru de zi pentru copil", "after_school"),
        ("bunicul are nevoie de cămin", "home_for_older"),
        ("copil cu autism", "child_disability"),
        ("logopdie", "child_disability"),
        ("soțul mă bate", "violence"),
        ("am rămas fără casă", "shelter"),
        ("unde găsesc mâncare", "food"),
        ("fiul meu consumă droguri", "addiction"),
        ("I need someone to look after my mother", "care_at_home"),
        ("my child has nowhere to stay after school", "after_school"),
        ("szükségem van valakire aki gondozza az anyámat", "care_at_home"),
        ("gyerekem iskola után", "after_school"),
        ("hajléktalan vagyok", "shelter"),
    ],
)
def test_a_need_is_understood(text: str, need: str) -> None:
    assert [one.key for one in read_need(text).needs][:1] == [need]


def test_the_words_that_said_so_come_back_as_typed() -> None:
    read = read_need("am nevoie de cineva care să ÎNGRIJEASCĂ un părinte")
    assert read.words == ("ÎNGRIJEASCĂ", "părinte")
    assert [person.key for person in read.people] == ["older"]


def test_the_romanian_care_is_not_the_english_care() -> None:
    assert read_need("persoane care au nevoie").needs == ()
    assert read_need("care at home", language="en").needs[0].key == "care_at_home"


def test_what_means_nothing_here_is_left_for_the_names() -> None:
    read = read_need("Centrul de zi Țara minunilor")
    assert read.needs == () and read.rest == ("Țara", "minunilor")


@pytest.mark.parametrize("text", ["", "   ", "?!…", "\x00", "a" * 10_000, "1 2 3", "<script>", "ﷺ" * 50])
def test_nonsense_is_read_without_harm(text: str) -> None:
    assert read_need(text).needs == ()


def test_danger_is_seen() -> None:
    assert read_need("soțul mă bate").urgent and not read_need("creșă").urgent


def test_the_data_names_only_codes_and_people_that_exist_in_every_language() -> None:
    with (settings.CONTENT / "reference" / "nomenclator.csv").open(encoding="utf-8") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    printed = yaml.safe_load((settings.CONTENT / "find" / "needs.yaml").read_text("utf-8"))
    for row in printed:
        assert set(row["codes"]) <= codes, row["key"]
        assert set(row["who"]) <= set(people()), row["key"]
        assert set(row["name"]) == set(LANGUAGES) == set(row["about"]), row["key"]
    for person in people().values():
        assert all(any(code.startswith(start) for code in codes) for start in person.codes), person.key
    assert len(needs()) == len(printed)
