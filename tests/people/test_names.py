"""One name, or none yet, is a person; former names and nicknames are kept and found."""

import datetime as dt

import pytest
from django.utils import timezone

from punte.accounts.models import TrailEntry
from punte.kernel.errors import DomainError
from punte.people.actions import add_other_name, change_person, create_person, remove_other_name
from punte.people.models import Person
from punte.people.names import known_name
from punte.people.search import find_people, likely_same
from tests.factories import PersonFactory, worker

pytestmark = [pytest.mark.django_db, pytest.mark.both]
BORN = dt.date(1992, 3, 3)


@pytest.fixture
def by():
    return worker()


@pytest.fixture
def keeper(by):
    return by.appointments.get().organization


def found(by, text):
    return [one.person for one in find_people(by, text)]


@pytest.mark.parametrize(
    ("family_name", "given_name", "shown"),
    [
        ("Aminata", "", "Aminata"),
        ("", "Aminata", "Aminata"),
        ("", "", "Nume necunoscut încă"),
        ("-", "?", "Nume necunoscut încă"),
        ("", "(nou-născut)", "Nume necunoscut încă"),
        ("Necunoscut", "N.N.", "Nume necunoscut încă"),
    ],
)
def test_one_name_or_none_is_a_person(by, keeper, family_name, given_name, shown):
    person = create_person(by=by, keeper=keeper, family_name=family_name, given_name=given_name)
    stored = Person.objects.get(pk=person.pk)
    assert str(stored) == shown
    assert "-" not in stored.family_name + stored.given_name
    assert found(by, "aminata") == ([person] if "Aminata" in shown else [])


def test_a_newborn_has_no_given_name_yet(by, keeper):
    person = create_person(
        by=by,
        keeper=keeper,
        family_name="Dinu",
        given_name="",
        birth_date=timezone.localdate() - dt.timedelta(days=1),
    )
    assert str(person) == "Dinu (fără prenume încă)"
    assert person.called == "Dinu (fără prenume încă)"
    change_person(by=by, person=person, given_name="Ana")
    assert (str(person), person.former_names) == ("Dinu Ana", [])


@pytest.mark.parametrize("name", ["Lia", "O", "Nou", "李", "Nicu-Născut"])
def test_a_name_stays_a_name(name):
    assert known_name(name) == name


def test_a_former_name_is_kept_found_and_asked_about(by, keeper):
    person = create_person(by=by, keeper=keeper, family_name="Fatescu", given_name="Lia", birth_date=BORN)
    change_person(by=by, person=person, family_name="Sotescu")
    kept = person.other_names.get()
    assert (str(kept), kept.kind) == ("Fatescu Lia", "former")
    for text in ("Fatescu", "fatescu lia", "Sotescu", "sotescu fatescu"):
        assert found(by, text) == [person], text
    assert [one.person for one in likely_same(by, "Fatescu", "Lia", BORN, "")] == [person]


def test_a_name_that_was_written_wrong_is_forgotten(by, keeper):
    person = create_person(by=by, keeper=keeper, family_name="Fatesku", given_name="Lia", birth_date=BORN)
    change_person(by=by, person=person, correcting_name=True, family_name="Sotescu")
    assert not person.other_names.exists()
    assert found(by, "Fatesku") == []


def test_a_name_borne_again_is_not_former(by, keeper):
    person = create_person(by=by, keeper=keeper, family_name="Fatescu", given_name="Lia")
    for name in ("Sotescu", "Fatescu"):
        change_person(by=by, person=person, family_name=name)
    assert person.former_names == ["Sotescu Lia"]
    assert found(by, "fatescu") == found(by, "sotescu") == [person]


def test_a_nickname_is_found_and_taken_away(by, keeper):
    person = PersonFactory(keeper=keeper, family_name="Dinu", given_name="Constantin")
    name = add_other_name(by=by, person=person, kind="nickname", given_name="Titi")
    assert found(by, "titi") == [person]
    for kind, given in (("nickname", "Titi"), ("nickname", "-"), ("spelling", "x" * 81)):
        with pytest.raises(DomainError):
            add_other_name(by=by, person=person, kind=kind, given_name=given)
    remove_other_name(by=by, name=name)
    assert found(by, "titi") == []
    verbs = list(TrailEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["add_other_name", "remove_other_name"]
