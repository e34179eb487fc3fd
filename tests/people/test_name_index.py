import pytest

from punte.people.models import NameSlip, NameToken, PersonName
from punte.people.search import index_names
from punte.people.search.names import slips_of, words_of_name
from tests.factories import PersonFactory, family

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_double_name_is_kept_as_its_words():
    assert words_of_name("Pop-Moldovan", "Ana Maria") == ["pop", "moldovan", "ana", "maria"]


def test_short_words_have_no_slips():
    assert list(slips_of("pop")) == []
    assert set(slips_of("dinu")) == {"inu", "dnu", "diu", "din"}


def test_indexing_again_replaces_the_old_name():
    person = PersonFactory(family_name="Dinu", given_name="Elena")
    person.family_name = "Șerban"
    index_names([person])
    assert set(PersonName.objects.values_list("token__text", flat=True)) == {"serban", "elena"}


def test_a_word_is_learned_once():
    family(40, 38, 9)
    assert NameToken.objects.filter(text="dinu").count() == 1
    assert NameSlip.objects.filter(token__text="dinu").count() == 4
