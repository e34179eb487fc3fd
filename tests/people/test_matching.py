"""Which files of a register are listed as pairs to look at, and which never are."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

import punte
from punte.kernel.text import fold
from punte.people.actions import join_people, say_different
from punte.people.enums import PairState, SpeaksAgainst, SpeaksFor
from punte.people.identity import birth_date_of, looks_like_cnp
from punte.people.matching.evidence import OnFile, weigh
from punte.people.matching.job import match_register
from punte.people.matching.register import Filed, match
from punte.people.models import LikelyPair, Person
from tests.bench.register import Register
from tests.factories import HouseholdFactory, MembershipFactory, PersonFactory, invented_cnp, worker

BORN = dt.date(1980, 3, 4)
TODAY = dt.date(2026, 11, 1)
TWINS = [invented_cnp(BORN, sex="f", order=order) for order in (7, 8)]


def filed(name="Dinu Elena", born=BORN, *, cnp="", home="", sex=""):
    family, _space, given_name = fold(name).partition(" ")
    coded = birth_date_of(cnp, today=TODAY) if looks_like_cnp(cnp) else None
    return Filed(family, given_name, born, coded, sex, cnp, home)


def test_in_an_invented_register_the_files_of_one_person_are_found():
    files = list(Register(300).files())
    found = list(
        match(
            filed(f"{one.family_name} {one.given_name}", one.born, cnp=one.cnp, home=str(one.home))
            for one in files
        )
    )
    people = [one.person for one in files]
    true = sum(people[one] == people[other] for one in range(len(files)) for other in range(one))
    right = [pair for pair in found if people[pair.first] == people[pair.second]]
    sure = [pair for pair in found if pair.sure]
    assert len(right) >= 0.95 * true
    assert all(people[pair.first] == people[pair.second] for pair in sure)
    assert len(sure) >= 0.9 * true


def test_who_is_never_a_pair_and_who_surely_is():
    one, other = (invented_cnp(BORN, sex="f", order=order) for order in (1, 2))
    never = [filed(cnp=one, home="a"), filed(cnp=other, home="a")]
    never += [filed("Ene Ion", home="b"), filed("Ene Ion", BORN.replace(year=2005), home="b")]
    never += [filed("Pop Ana", home="c"), filed("Pop Radu", home="c")]
    born = dt.date(1951, 7, 8)
    ways = (
        "Popescu Ștefania",
        "Popescu Stefania",
        "Ștefania Popescu",
        "Popsecu Ştefania",
        "Ionescu Ștefania",
    )
    found = {
        (pair.first, pair.second): pair.sure
        for pair in match(never + [filed(way, born, home="d") for way in ways])
    }
    first = len(never)
    assert not [pair for pair in found if pair[0] < first]
    assert all(found[first, first + place] for place in range(1, len(ways)))


def test_splink_is_loaded_by_the_job_alone():
    rooms = Path(punte.__file__).parent
    using = [
        file for file in rooms.rglob("*.py") if re.search(r"^(from|import) splink", file.read_text(), re.M)
    ]
    assert [file.name for file in using] == ["model.py"]
    loading = [
        file for file in rooms.rglob("*.py") if re.search(r"^from .*matching.model", file.read_text(), re.M)
    ]
    assert loading == []


@pytest.mark.parametrize(
    ("one", "other", "signs"),
    [
        ({"cnp": "1"}, {"cnp": "1"}, {SpeaksFor.SAME_CNP}),
        ({"cnp": "1234"}, {"cnp": "1256"}, {SpeaksFor.NEAR_CNP}),
        ({"cnp": "1234"}, {"cnp": "1567"}, {SpeaksAgainst.OTHER_CNP}),
        ({"cnp": TWINS[0]}, {"cnp": TWINS[1]}, {SpeaksAgainst.OTHER_CNP}),
        ({"born": BORN}, {"born": BORN}, {SpeaksFor.SAME_BIRTH_DATE}),
        ({"born": BORN}, {"born": dt.date(1980, 4, 3)}, {SpeaksFor.NEAR_BIRTH_DATE}),
        ({"born": BORN}, {"born": dt.date(1981, 5, 3)}, {SpeaksAgainst.OTHER_BIRTH_DATE}),
        ({"born": BORN}, {"born": dt.date(1992, 1, 1)}, {SpeaksAgainst.PARENT_AND_CHILD}),
        ({"names": ["Dinu Ana"]}, {"names": ["Ana Dinu"]}, {SpeaksFor.SAME_NAME}),
        ({"names": ["Dinu Ana", "Ene Ana"]}, {"names": ["Ene Ana"]}, {SpeaksFor.SAME_NAME}),
        ({"names": ["Câmpeanu Ana"]}, {"names": ["Cîmpeanu Anca"]}, {SpeaksFor.SIMILAR_NAME}),
        ({"names": ["Dinu Ana"]}, {"names": ["Popescu Ion"]}, {SpeaksAgainst.OTHER_NAME}),
        ({"names": ["Dinu Ana"]}, {"names": ["Dinu Ana-Maria"]}, {SpeaksFor.SIMILAR_NAME}),
        ({"names": ["Dinu"]}, {"names": ["Dinu Ana-Maria"]}, {SpeaksAgainst.OTHER_NAME}),
        ({"names": [""]}, {"names": [""]}, set()),
        ({"sex": "f"}, {"sex": "m"}, {SpeaksAgainst.OTHER_SEX}),
        ({"phone": "0722 000 111"}, {"phone": "+40722000111"}, {SpeaksFor.SAME_PHONE}),
        ({"phone": "0722 000 111"}, {"phone": "0264 000 001, 0722000111"}, {SpeaksFor.SAME_PHONE}),
        ({"died": BORN}, {"died": None}, {SpeaksAgainst.OTHER_DEATH}),
        ({"died": BORN}, {"died": BORN}, set()),
    ],
)
def test_what_speaks_for_one_person_and_what_against(one, other, signs):
    for left, right in ((one, other), (other, one)):
        found = weigh(OnFile(**{"names": [], **left}), OnFile(**{"names": [], **right}))
        assert {*found.speaks_for, *found.speaks_against} == signs


@settings(max_examples=25)
@given(st.lists(st.text(max_size=12), max_size=3), st.lists(st.text(max_size=12), max_size=3))
def test_no_names_of_any_alphabet_are_too_much(names, others):
    weigh(OnFile(names), OnFile(others))


@pytest.mark.django_db
def test_the_job_lists_pairs_of_one_keeper_and_leaves_what_was_said():
    by = worker()
    keeper = by.appointments.get().organization
    home = HouseholdFactory(keeper=keeper)
    one, double, twin = (
        PersonFactory(keeper=keeper, given_name=name) for name in ("Ștefania", "Stefania", "Radu")
    )
    for person in (one, double, twin):
        MembershipFactory(person=person, household=home)
    PersonFactory(given_name="Ștefania")
    call_command("match", "people", verbosity=0)
    pair = LikelyPair.objects.get()
    assert ({pair.first, pair.second}, pair.keeper) == ({one, double}, keeper)
    assert pair.sure
    assert pair.speaks_for == ["same_birth_date", "same_name", "same_household"]
    assert Person.objects.filter(pk__in=(one.pk, double.pk)).count() == 2
    say_different(by=by, one=one, other=double)
    assert match_register(keeper).pairs == 0
    assert LikelyPair.objects.get().state == PairState.REFUSED
    join_people(by=by, keep=one, join=double, why="Aceeași persoană.")
    assert match_register(keeper).files == 2
    assert LikelyPair.objects.get().state == PairState.JOINED
    with pytest.raises(CommandError):
        call_command("match", "people", keeper="Nimeni")
