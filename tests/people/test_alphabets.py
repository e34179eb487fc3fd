"""People of every alphabet are found, and asked about before they are recorded twice."""

import datetime as dt

import pytest

from punte.people.models import Household
from punte.people.search import find_people, likely_same
from tests.factories import HouseholdFactory, PersonFactory, worker

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def user():
    return worker()


@pytest.fixture
def home(user):
    return user.appointments.get().organization


@pytest.mark.parametrize(
    ("family_name", "given_name", "text"),
    [
        ("Đorđević", "Đina", "Đorđević"),
        ("Đorđević", "Đina", "dordevic dina"),
        ("Strauß", "Jörg", "strauss"),
        ("Łuczak", "Łucja", "łuczak"),
        ("Işık", "Ayşe", "isik ayse"),
        ("Шевченко", "Григорій", "шевченко"),
        ("Шевченко", "Григорій", "ШЕВЧ"),
        ("Шевченко", "Григорій", "Shevchenko"),
        ("Шевченко", "Григорій", "Șevcenko"),
        ("Шевченко", "Григорій", "hryhorii shevchenko"),
        ("Shevchenko", "Olena", "Шевченко"),
        ("Παπαδόπουλος", "Γιώργος", "παπαδοπουλοσ"),
        ("Παπαδόπουλος", "Γιώργος", "papadopoulos"),
        ("محمد", "أحمد", "احمد"),
        ("محمد", "أحمد", "محم"),
        ("გიორგი", "ნინო", "ნინ"),
        ("李", "明月", "李 明月"),
        ("Cîmpianu", "Ion", "Câmpianu"),
        ("Câmpianu", "Ion", "cîmpianu ion"),
        ("Cîmpianu", "Ion", "Cimpianu"),
        ("Zzyx", "Ana", "zz"),
    ],
)
def test_a_name_of_any_alphabet_is_found(user, home, family_name, given_name, text):
    person = PersonFactory(keeper=home, family_name=family_name, given_name=given_name)
    PersonFactory(keeper=home, family_name="Moldovan", given_name="Ana")
    PersonFactory(keeper=home, family_name="חיים", given_name="רחל")
    assert [one.person for one in find_people(user, text)] == [person]


def test_the_own_alphabet_comes_first(user, home):
    for family_name in ("Ivanov", "Иванов"):
        PersonFactory(keeper=home, family_name=family_name, given_name="")
    assert [str(one.person) for one in find_people(user, "иванов")] == ["Иванов", "Ivanov"]
    assert [str(one.person) for one in find_people(user, "ivanov")] == ["Ivanov", "Иванов"]


@pytest.mark.parametrize(
    ("name", "text"),
    [("Cîmpeanu", "Câmpe"), ("Шевченко", "шев"), ("Шевченко", "shev"), ("محمد", "مح"), ("Zzyx", "zz")],
)
def test_a_household_is_found_by_the_beginning_of_its_name(user, home, name, text):
    household = HouseholdFactory(keeper=home, name=name)
    HouseholdFactory(keeper=home, name="Łukasz")
    assert list(Household.objects.kept_and_named(user, text)) == [household]


@pytest.mark.parametrize(
    ("family_name", "given_name", "written"),
    [
        ("Đorđević", "Đina", ("Dordevic", "Dina")),
        ("Шевченко", "Олена", ("Shevchenko", "Olena")),
        ("Шевченко", "Григорій", ("Shevchenko", "Hryhorii")),
        ("Cîmpianu", "Ion", ("Câmpianu", "Ion")),
    ],
)
def test_who_is_written_in_another_way_may_be_the_same(user, home, family_name, given_name, written):
    born = dt.date(1990, 5, 17)
    person = PersonFactory(keeper=home, family_name=family_name, given_name=given_name, birth_date=born)
    assert [one.person for one in likely_same(user, *written, born, "")] == [person]


@pytest.mark.parametrize("unknown", [("", ""), ("-", "-"), ("Шевченко", "")])
def test_two_names_that_are_not_known_are_not_alike(user, home, unknown):
    born = dt.date(2026, 11, 20)
    PersonFactory(keeper=home, family_name="-", given_name="-", birth_date=born)
    PersonFactory(keeper=home, family_name="محمد", given_name="أحمد", birth_date=born)
    PersonFactory(keeper=home, family_name="", given_name="", birth_date=born)
    assert likely_same(user, *unknown, born, "") == []
