"""The search for help: nearest first, by need, people, hours, free places and steps; shelters hide their place."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from punte.directory.enums import ServiceStatus
from punte.directory.help.gazetteer import Place, gazetteer
from punte.directory.help.need import read_need
from punte.directory.help.search import Search, page_of, search_services, similar
from punte.www.public.views.cards import open_in_words
from tests.directory.help.conftest import MANASTUR, MARASTI, City

pytestmark = pytest.mark.both

MONDAY = dt.datetime(2026, 11, 23, 10, 30)
# 1 December, the National Day.
HOLIDAY = dt.datetime(2026, 12, 1, 10, 30)
AFTER_SCHOOL = read_need("copilul nu are unde sta după școală")


def names(search: Search, **page: int) -> list[str]:
    return [service.name for service in page_of(search_services(search, **page).matches)]


def near(name: str) -> Place:
    place = gazetteer().find(name)
    assert place is not None
    return place


def test_nearest_to_a_neighbourhood_first(city: City) -> None:
    city.service("departe", uat=city.commune)
    city.service("din Mărăști", at=MARASTI)
    city.service("din Mănăștur", at=MANASTUR)
    found = search_services(Search(reading=AFTER_SCHOOL, near=near("manastur")))
    assert [one.name for one in page_of(found.matches)] == ["din Mănăștur", "din Mărăști", "departe"]
    assert found.matches[0].kilometres == pytest.approx(0, abs=0.1)
    assert found.matches[1].kilometres == pytest.approx(4.9, abs=0.2)


def test_only_what_answers_the_need(city: City) -> None:
    city.service("centru de zi")
    city.service("îngrijire", code="8810 ID-I")
    assert names(Search(reading=read_need("îngrijire acasă"))) == ["îngrijire"]
    assert names(Search(for_whom=("child",))) == ["centru de zi"]
    assert names(Search(for_whom=("child",), reading=read_need("îngrijire acasă"))) == []


@pytest.mark.parametrize(
    ("asked", "name", "code", "ages", "fits"),
    [
        (
            "cineva care să o îngrijească pe mama",
            "Sprijin pentru copiii bolnavi de cancer",
            "8899 CZ-PN-V",
            {},
            False,
        ),
        ("cineva care să o îngrijească pe mama", "Asistență comunitară antidrog", "8899 CZ-PN-V", {}, False),
        ("cineva care să o îngrijească pe mama", "Asistență comunitară", "8899 CZ-PN-V", {}, True),
        ("cineva care să o îngrijească pe mama", "Îngrijire Petro", "8810 ID-I", {"max_age": 17}, False),
        ("cineva care să o îngrijească pe mama", "Îngrijire pentru adulți", "8810 ID-I", {}, True),
        ("am un copil dificil", "Asistența vârstnicilor", "8899 CZ-PN-V", {}, False),
        ("am un copil dificil", "Consiliere pentru părinți", "8899 CZ-PN-V", {}, True),
        ("copilul nu are unde sta după școală", "Centrul de zi", "8891 CZ-C-II", {"min_age": 18}, False),
    ],
)
def test_what_is_for_others_does_not_answer(
    city: City, asked: str, name: str, code: str, ages: dict[str, int], fits: bool
) -> None:
    city.service(name, code=code, **ages)
    assert names(Search(reading=read_need(asked))) == ([name] if fits else [])
    assert names(Search(reading=read_need(asked), near=near("manastur"))) == ([name] if fits else [])


def test_a_right_alone_shows_the_services_that_help_with_it(city: City) -> None:
    city.service("centru de zi")
    city.service("Asistență comunitară", code="8899 CZ-PN-V")
    assert names(Search(reading=read_need("mi-au tăiat curentul"))) == ["Asistență comunitară"]
    assert names(Search(reading=read_need("am nevoie de ambulanță"))) == []


def test_words_without_a_need_are_looked_for_in_names(city: City) -> None:
    city.service("Licurici")
    city.service("Țara minunilor")
    assert names(Search(reading=read_need("tara minunilor"))) == ["Țara minunilor"]
    assert names(Search(reading=read_need("Furnizor Licurici"))) == ["Licurici"]


def test_free_counts_the_newest_and_leaves_out_the_unknown(city: City) -> None:
    full, free = city.service("plin"), city.service("liber")
    city.service("necunoscut")
    city.counted(full, places=5, taken=2)
    city.counted(full, places=5, taken=5)
    city.counted(free, places=5, taken=4)
    assert names(Search(free=True)) == ["liber"]
    assert names(Search(free=True, near=near("Cluj-Napoca"), reading=AFTER_SCHOOL)) == ["liber"]
    city.counted(free, places=5, taken=5)
    assert names(Search(free=True)) == []


def test_equally_near_the_free_come_first(city: City) -> None:
    city.service("a plin")
    city.counted(city.service("b liber"), places=5, taken=1)
    assert names(Search(near=near("Cluj-Napoca"))) == ["b liber", "a plin"]


def test_open_now_by_the_hours(city: City) -> None:
    day, night = city.service("ziua"), city.service("mereu", always_open=True)
    city.open_on(day, 1)
    city.open_on(night, 2)
    assert set(names(Search(open_at=MONDAY))) == {"ziua", "mereu"}
    assert names(Search(open_at=MONDAY.replace(hour=16, minute=0))) == ["mereu"]
    assert names(Search(open_at=MONDAY - dt.timedelta(days=1))) == ["mereu"]


@pytest.mark.parametrize("hours", [("20:00", "08:00"), ("20:00", "00:00"), ("00:00", "00:00")])
def test_hours_over_midnight_last_into_the_next_day(city: City, hours: tuple[str, str]) -> None:
    shelter = city.service("noaptea")
    city.open_on(shelter, 1, *hours)
    midnight = MONDAY.replace(hour=0, minute=0)
    open_at = {
        hour: bool(names(Search(open_at=midnight + dt.timedelta(hours=hour))))
        for hour in (-2, 2, 19, 22, 26, 33)
    }
    assert open_at == {
        -2: False,
        2: hours[0] == "00:00",
        19: hours[0] == "00:00",
        22: True,
        26: hours[1] == "08:00",
        33: False,
    }
    for hour, told in open_at.items():
        with translation.override("en"):
            words = open_in_words(shelter, midnight + dt.timedelta(hours=hour))
        assert words.startswith("open now") == told


def test_a_night_that_began_before_a_holiday_lasts_until_the_morning(city: City) -> None:
    shelter = city.service("noaptea")
    for day in range(1, 8):
        city.open_on(shelter, day, "20:00", "08:00")
    saint_andrew = HOLIDAY - dt.timedelta(days=1)
    morning = saint_andrew.replace(hour=2, minute=0)
    assert names(Search(open_at=morning)) == ["noaptea"]
    assert names(Search(open_at=morning + dt.timedelta(days=1))) == []
    assert names(Search(open_at=morning.replace(hour=22))) == []


def test_on_a_legal_holiday_only_what_never_closes_is_open(city: City) -> None:
    day = city.service("ziua")
    city.service("mereu", always_open=True)
    city.open_on(day, HOLIDAY.isoweekday())
    assert names(Search(open_at=HOLIDAY)) == ["mereu"]
    assert set(names(Search(open_at=HOLIDAY + dt.timedelta(days=7)))) == {"ziua", "mereu"}


def test_without_steps_only_where_it_is_known(city: City) -> None:
    for name, step_free in (("da", True), ("nu", False), ("nespus", None)):
        city.service(name, step_free=step_free)
    assert names(Search(step_free=True)) == ["da"]


def test_within_so_many_kilometres_and_not_the_corners(city: City) -> None:
    city.service("aproape", at=(MANASTUR[0] + 0.04, MANASTUR[1]))
    city.service("în colț", at=(MANASTUR[0] + 0.04, MANASTUR[1] + 0.06))
    assert names(Search(near=near("Mănăștur"), within_km=5)) == ["aproape"]
    assert names(Search(near=near("Mănăștur"), within_km=5, reading=AFTER_SCHOOL)) == ["aproape"]


def test_a_service_at_two_places_is_found_once_at_the_nearer(city: City) -> None:
    service = city.service("două locuri", at=MARASTI)
    service.locations.add(*city.service("altul", at=MANASTUR).locations.all())
    found = search_services(Search(near=near("Mănăștur"))).matches
    assert len(found) == 2 and {round(one.kilometres or 0) for one in found} == {0}


def test_closed_is_never_found_and_suspended_by_name_alone(city: City) -> None:
    city.service("Licurici închis", status=ServiceStatus.CLOSED)
    city.service("Licurici suspendat", status=ServiceStatus.SUSPENDED)
    assert names(Search(reading=AFTER_SCHOOL)) == []
    assert names(Search(reading=read_need("Licurici"))) == ["Licurici suspendat"]
    assert names(Search(reading=read_need("Licurici"), free=True)) == []


def test_pages_follow_each_other_without_a_gap(city: City) -> None:
    for number in range(25):
        city.counted(city.service(f"s{number:02}", at=(46.7 + number / 1000, 23.6)), places=3, taken=1)
    for search in (
        Search(near=near("Făget"), free=True),
        Search(reading=AFTER_SCHOOL, free=True),
        Search(free=True),
        Search(near=near("Făget"), reading=AFTER_SCHOOL),
    ):
        pages = [search_services(search, after=after, size=10) for after in (0, 10, 20)]
        every = [one.pk for page in pages for one in page.matches]
        assert len(every) == len(set(every)) == 25
        assert [page.more for page in pages] == [True, True, False]


def test_a_shelter_is_as_far_as_its_locality_wherever_one_asks_from(city: City) -> None:
    city.service("adăpost", code="8790 CR-VD-I", at=MANASTUR)
    violence = read_need("soțul mă bate")
    from_there = search_services(Search(near=near("Mănăștur"), reading=violence)).matches[0].kilometres
    centre = search_services(Search(near=near("Cluj-Napoca"), reading=violence)).matches[0].kilometres
    assert centre == pytest.approx(0, abs=0.01) and from_there is not None and from_there > 4
    assert search_services(Search(near=near("Mănăștur"), within_km=2, reading=violence)).matches == []
    assert search_services(Search(near=near("Mănăștur"), within_km=2)).matches == []


def test_of_a_closed_one_the_nearest_alike(city: City) -> None:
    closed = city.service("închis", at=MANASTUR, status=ServiceStatus.CLOSED)
    city.service("departe", uat=city.commune)
    city.service("altceva", code="8810 ID-I", at=MANASTUR)
    city.service("aproape", at=MARASTI)
    found = similar(closed, near("Mănăștur"))
    assert [service.name for service, _km in found] == ["aproape", "departe"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Mănăștur", "Mănăștur"),
        ("manastur", "Mănăștur"),
        ("mansatur", "Mănăștur"),
        ("Kolozsmonostor", "Mănăștur"),
        ("CLUJ NAPOCA", "Cluj-Napoca"),
        ("Aghireșu (CJ)", "Aghireșu"),
    ],
)
def test_places_are_found_in_many_spellings(city: City, typed: str, name: str) -> None:
    assert str(gazetteer().find(typed)) == name


@pytest.mark.parametrize("typed", ["", "Nicăierișteni", "a" * 5000, "()", "\x00"])
def test_an_unknown_place_is_none(city: City, typed: str) -> None:
    assert gazetteer().find(typed) is None


def test_a_place_is_read_from_the_sentence(city: City) -> None:
    place, rest = gazetteer().named_in("centru de zi în Mănăștur pentru copil")
    assert str(place) == "Mănăștur" and rest == "centru de zi pentru copil"
    assert gazetteer().named_in("Mănăștur")[0] is None


@pytest.mark.parametrize(
    "search", [{}, {"free": True}, {"open_at": MONDAY}, {"free": True, "open_at": MONDAY}]
)
def test_few_questions_however_many_services(city: City, search: dict[str, Any], pinned: Any) -> None:
    place = near("Mănăștur")
    for number in range(60):
        city.counted(city.service(f"s{number}", at=MANASTUR), places=3, taken=1)
    pinned(lambda: page_of(search_services(Search(near=place, reading=AFTER_SCHOOL, **search)).matches))
