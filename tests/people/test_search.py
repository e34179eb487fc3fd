import datetime as dt

import pytest

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.people.actions import open_in_emergency
from punte.people.search import Match, find_people, institutions_with, likely_same
from tests.factories import (
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    invented_cnp,
    worker,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
CNP = "1630615123457"


@pytest.fixture
def user():
    return worker()


@pytest.fixture
def home(user):
    return user.appointments.get().organization


def names(found):
    return [str(one.person) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "Șerbănescu Ion-Andrei",
        "şerbănescu",
        "SERBANESCU",
        "andrei serbanescu",
        "ion andrei",
        "ionandrei",
        "serbanecsu",
        "srebanescu",
        "serbanesc",
        "serbanesscu ion",
        "serb",
        "andrei șerb",
        "Șerbănescu-Ion",
        "serbanescu 1990",
    ],
)
def test_a_name_is_found_however_it_is_written(user, home, text):
    PersonFactory(
        keeper=home, family_name="Șerbănescu", given_name="Ion-Andrei", birth_date=dt.date(1990, 5, 17)
    )
    PersonFactory(keeper=home, family_name="Moldovan", given_name="Ana")
    assert names(find_people(user, text)) == ["Șerbănescu Ion-Andrei"]


@pytest.mark.parametrize(
    "text",
    ["", "  ", "s", "-", "zzz", "sarbanascu", "serbanescu maria", "serbanescu 1991", "'; --", "%", "1"],
)
def test_what_is_not_there_is_not_found(user, home, text):
    PersonFactory(
        keeper=home, family_name="Șerbănescu", given_name="Ion-Andrei", birth_date=dt.date(1990, 5, 17)
    )
    assert find_people(user, text) == []


def test_two_words_find_a_name_written_as_one(user, home):
    PersonFactory(keeper=home, family_name="Moldovan", given_name="Anamaria")
    assert names(find_people(user, "moldovan ana maria")) == ["Moldovan Anamaria"]


def test_the_best_match_comes_first_then_the_name(user, home):
    for family_name, given_name in [
        ("Pop", "Ana"),
        ("Popa", "Zoe"),
        ("Popa", "Ana"),
        ("Popan", "Ana"),
        ("Roca", "Popa"),
        ("Pope", "Ana"),
    ]:
        PersonFactory(keeper=home, family_name=family_name, given_name=given_name)
    found = find_people(user, "popa")
    assert names(found) == ["Popa Ana", "Popa Zoe", "Roca Popa", "Popan Ana", "Pop Ana", "Pope Ana"]
    assert [one.match for one in found] == [Match.EXACT] * 3 + [Match.PREFIX] + [Match.SLIP] * 2


def test_more_people_of_a_name_than_fit_are_cut_the_same_way_every_time(user, home):
    for _ in range(30):
        PersonFactory(keeper=home, family_name="Pop", given_name="Maria")
    first = [one.person.pk for one in find_people(user, "pop maria", limit=5)]
    assert len(first) == 5
    assert first == [one.person.pk for one in find_people(user, "maria pop", limit=5)]


def test_many_words_are_bounded(user, home):
    PersonFactory(keeper=home, family_name="Pop", given_name="Maria")
    assert names(find_people(user, "pop maria " * 1000)) == ["Pop Maria"]


def test_a_cnp_finds_its_bearer(user, home):
    PersonFactory(keeper=home, family_name="Dinu", given_name="Vasile", cnp=CNP)
    found = find_people(user, " 1630615 123457 ")
    assert names(found) == ["Dinu Vasile"]
    assert found[0].match is Match.CNP


def test_other_institutions_people_are_not_found(user):
    PersonFactory(family_name="Dinu", given_name="Vasile", cnp=CNP)
    assert find_people(user, "dinu vasile") == []
    assert find_people(user, CNP) == []


def test_an_account_without_people_finds_none():
    officer = worker(Role.DATA_PROTECTION_OFFICER)
    PersonFactory(keeper=officer.appointments.get().organization, family_name="Dinu", given_name="Vasile")
    assert find_people(officer, "dinu") == []


def test_members_of_a_household_opened_in_an_emergency_are_found(user):
    person = PersonFactory(family_name="Dinu", given_name="Vasile", cnp=CNP)
    household = HouseholdFactory(keeper=person.keeper)
    MembershipFactory(person=person, household=household)
    open_in_emergency(by=user, household=household, reason="Copil găsit singur pe stradă", cnp=CNP)
    found = find_people(user, "dniu vas")
    assert names(found) == ["Dinu Vasile"]
    assert found[0].household == household


def test_the_household_shown_is_the_one_lived_in_now(user, home):
    person = PersonFactory(keeper=home, family_name="Dinu", given_name="Vasile")
    MembershipFactory(
        person=person, household__keeper=home, start=dt.date(2020, 1, 1), end=dt.date(2024, 1, 1)
    )
    now = MembershipFactory(person=person, household__keeper=home, start=dt.date(2024, 1, 1)).household
    assert find_people(user, "dinu")[0].household == now


def test_a_search_needs_few_queries(user, home, pinned):
    household = HouseholdFactory(keeper=home)
    for name in ("Elena", "Vasile", "Maria", "Ana"):
        MembershipFactory(household=household, person=PersonFactory(keeper=home, given_name=name))
    user.standing  # noqa: B018
    assert len(pinned(find_people, user, "dinu")) == 4
    assert pinned(find_people, user, "dniu elnea")


class TestLikelySame:
    def test_by_cnp(self, user, home):
        person = PersonFactory(keeper=home, family_name="Alt", given_name="Nume", cnp=CNP)
        (likely,) = likely_same(user, "Dinu", "Vasile", None, CNP)
        assert (likely.person, likely.reason) == (person, "same_cnp")

    def test_by_birth_date_and_similar_name(self, user, home):
        person = PersonFactory(
            keeper=home, family_name="Șerbănescu", given_name="Vasile", birth_date=dt.date(1963, 6, 15)
        )
        (likely,) = likely_same(user, "Vasile", "Serbanecsu", dt.date(1963, 6, 15), "")
        assert (likely.person, likely.reason) == (person, "same_birth_date")

    def test_not_with_another_cnp(self, user, home):
        born = dt.date(1963, 6, 15)
        PersonFactory(keeper=home, family_name="Dinu", given_name="Vasile", birth_date=born, cnp=CNP)
        other = invented_cnp(born, sex="m", order=987)
        assert likely_same(user, "Dinu", "Vasile", born, other) == []

    def test_not_with_another_birth_date(self, user, home):
        PersonFactory(keeper=home, family_name="Dinu", given_name="Vasile", birth_date=dt.date(1963, 6, 15))
        assert likely_same(user, "Dinu", "Vasile", dt.date(1993, 6, 15), "") == []

    def test_by_name_where_a_birth_date_is_not_known(self, user, home):
        PersonFactory(keeper=home, family_name="Dinu", given_name="Vasile", birth_date=None)
        (likely,) = likely_same(user, "Dinu", "Vasile", dt.date(1993, 6, 15), "")
        assert likely.reason == "same_name"

    def test_elsewhere_only_the_institution_is_told_and_the_trail_knows(self, user):
        person = PersonFactory(family_name="Dinu", given_name="Vasile", cnp=CNP)
        assert likely_same(user, "Dinu", "Vasile", person.birth_date, CNP) == []
        assert institutions_with(user, CNP) == [person.keeper]
        assert TrailEntry.objects.get(person=person.pk).verb == "cnp_known_elsewhere"

    def test_elsewhere_is_not_told_to_who_does_not_record_people(self):
        PersonFactory(cnp=CNP)
        assert institutions_with(worker(Role.TRAINEE), CNP) == []
        assert not TrailEntry.objects.exists()

    def test_own_people_are_not_elsewhere(self, user, home):
        PersonFactory(keeper=home, cnp=CNP)
        assert institutions_with(user, CNP) == []
