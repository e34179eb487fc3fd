"""Whether two printed services are one: examples as the sources print them, and properties."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from punte.directory.reference.printed_name import read_name
from punte.directory.reference.same_service import PrintedService, judge, named_one_by_one, nomenclature_code
from punte.directory.rules import taken_of
from punte.territory.distance import kilometres

CLUJ = 54975
CODES = {"8891 CZ-C-II", "8899 CZ-D-I", "8810 ID-I", "8790 CR-T-I", "8790 CR-T-II", "8899 SIS-II"}


def printed(name: str, *, mode: str = "", provider: str = "dgaspc", uat: int | None = CLUJ, **more: str):
    return PrintedService(more.pop("dataset", "plan"), "1", name, provider, uat, mode, "Cluj-Napoca", **more)


@pytest.mark.parametrize(
    ("one", "other", "mode"),
    [
        (
            "Centrul rezidențial pentru copii cu dizabilități nr. 9 “Țăndărică”, Cluj Napoca",
            "Centru rezidențial pentru copii cu dizabilități nr.9 Țândărică",
            "residential",
        ),
        (
            "Centrul de zi de recuperare pentru copii cu dizabilități nr.10 “Pinochio” Cluj Napoca",
            'Centru de zi de recuperare pentru copii cu dizabilități nr. 10 "Pinocchio" Cluj Napoca',
            "day",
        ),
        ("Casa de tip familial “Amic”", 'Casa de tip familial "a-mic"', "residential"),
        (
            "Centrul de Primire a Copilului în Regim de Urgență “GAVROCHE” Cluj Napoca",
            "Centrul de Primire a Copilului în Regim de Urgență Gavroche",
            "residential",
        ),
        (
            "Serviciul social cu cazare - Casa de tip Familial 1",
            "Casa 1-Casa de tip familial-Complex comunitar de servicii pentru copilul cu handicap",
            "residential",
        ),
        ("Cămin social Sfântul Kamill", "Cămin social „Sf. Kamill", "residential"),
        (
            "Centrul multifuncțional pentru servicii sociale integrate Țara Minunilor",
            'Centrul de zi "Țara minunilor"',
            "day",
        ),
        (
            "Centrul de servicii de recuperare neuromotorie de tip ambulator pentru persoane adulte",
            "Centrul de servicii de recuperare neuro-motorie de tip ambulatoriu pentru persoanele adulte",
            "day",
        ),
    ],
)
def test_one_service_printed_in_two_ways_is_one(one, other, mode):
    known = (printed(other, mode=mode),)
    assert judge(printed(one, mode=mode, dataset="strategy"), [known]).same == known


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # the night shelter and the day centre of the same name
        (
            printed("Adăpost de noapte pentru copiii străzii “ARLECHINO”", mode="residential"),
            printed("Centrul de zi de coordonare și informare ”ARLECHINO”", mode="day"),
        ),
        (
            printed("Centrul de zi nr 2", mode="day"),
            printed("Centrul de zi pentru vârstnici nr. 2", mode="day", provider="dasm"),
        ),
        (printed("Centrul de zi nr 2", mode="day"), printed("Centrul de zi nr 1", mode="day")),
        (
            printed("Cămin pentru persoane vârstnice", uat=1),
            printed("Cămin pentru persoane vârstnice", uat=2),
        ),
        (
            printed("Centru de zi pentru persoane adulte cu Alzheimer"),
            printed("Centru de zi pentru copii cu autism"),
        ),
    ],
)
def test_two_services_alike_in_part_are_two(one, other):
    verdict = judge(one, [(other,)])
    assert verdict.same is None
    assert not verdict.candidates


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            printed("Casa de tip familial “Aksza”", provider="asociatia femeilor reformate din ardeal"),
            printed("Casa de tip familial Casa Aksza", provider="asociatia casa aksza"),
        ),
        (
            printed("Centrul de Zi pentru Persoane Adulte cu Dizabilități"),
            printed("Centrul de zi pentru persoane cu handicap"),
        ),
        (
            printed("Centrul de zi pentru copii cu dizabilități"),
            printed("Centrul de zi de recuperare pentru copii cu dizabilități"),
        ),
    ],
)
def test_what_is_near_is_asked_not_guessed(one, other):
    verdict = judge(one, [(other,)])
    assert verdict.same is None
    assert verdict.candidates == ((other,),)
    assert verdict.why


def test_common_words_are_not_enough_where_the_provider_has_another_service_called_nearly_so():
    row = printed("Centrul de zi de recuperare pentru copii cu dizabilități", dataset="strategy")
    same = (printed("Centrul de zi de recuperare pentru copii cu dizabilități Cluj Napoca"),)
    rival = (printed("Centrul de recuperare pentru copii cu dizabilități Cluj Napoca"),)
    assert judge(row, [same]).same == same
    assert judge(row, [same, rival]).same is None
    assert set(judge(row, [same, rival]).candidates) == {same, rival}
    assert judge(row, [same], [dataclasses.replace(row, line="2")]).same is None


def test_a_line_of_several_units_is_known_by_the_units_named_one_by_one():
    houses = [(printed(f"Casa de tip familial {number}", mode="residential"),) for number in (3, 1, 2)]
    row = printed(
        "Case de tip familial", mode="residential", complex_name="Complex pentru copilul cu dizabilități"
    )
    assert [service[0].name[-1] for service in named_one_by_one(row, 3, houses)] == ["1", "2", "3"]
    assert named_one_by_one(row, 4, houses) == ()


@given(
    st.text(alphabet='abcdefgîșțăâ -„”".0123456789', max_size=60),
    st.text(alphabet='abcdefgîșțăâ -„”".0123456789', max_size=60),
)
def test_judging_is_symmetric_and_never_crosses_providers(one, other):
    a, b = printed(one), printed(other, dataset="strategy")
    assert bool(judge(a, [(b,)]).same) == bool(judge(b, [(a,)]).same)
    assert judge(a, [(dataclasses.replace(b, provider="altul"),)]).same is None


@given(st.text(max_size=80))
def test_a_name_reads_the_same_in_capitals_and_in_other_quotes(name):
    assert read_name(f"Casa „{name}”").own == read_name(f'Casa "{name}"').own
    assert read_name("Casa „Țăndărică” nr. 9") == read_name("CASA ţăndărică NR.9")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("8891 CZ-C-II", "8891 CZ-C-II"),
        ("8891CZ-C-II", "8891 CZ-C-II"),
        ("8899 CZD-I", "8899 CZ-D-I"),
        ("8899-SIS-II", "8899 SIS-II"),
        ("8790 CRT-I", "8790 CR-T-I"),
        ("8790 CR-II", "8790 CR-T-II"),
        ("8818 ID-I", "8810 ID-I"),
        ("8899 XX-I", ""),
    ],
)
def test_a_misprinted_code_is_read_as_meant_or_not_at_all(text, code):
    misprints = {"8790 CR-II": "8790 CR-T-II", "8818 ID-I": "8810 ID-I"}
    assert nomenclature_code(text, CODES, misprints) == code


def test_percent_of_a_capacity_is_people():
    assert (taken_of(12, 97), taken_of(50, 70), taken_of(85, 50)) == (12, 35, 43)


def test_distance_is_along_the_great_circle():
    assert kilometres(46.7712, 23.6236, 44.4361, 26.1027) == pytest.approx(322, abs=3)
    assert kilometres(46.77, 23.62, 46.77, 23.62) == 0
