"""The officer narrows the trail by name and by the number of a case, and learns nothing that a seal hides."""

import re
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from django.test import Client

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.accounts.verbs import record_read
from punte.cases.actions import seal_case
from punte.people.models import Household, Person
from punte.people.search import index_names
from tests.cases.conftest import Town, town
from tests.factories import MembershipFactory, PersonFactory, worker
from tests.people.sealed_place import Place, again, by, make_place

__all__ = ["town"]
pytestmark = pytest.mark.django_db
TRAIL = "/administrare/jurnal/"


def _officer(keeper: Any) -> User:
    return worker(Role.DATA_PROTECTION_OFFICER, organization=keeper)


def _reads(user: User, **about: Any) -> None:
    record_read(by=user, what="household" if "household" in about else "person", **about)


def _asked(client: Client, **question: str) -> tuple[str, Any]:
    """The address to which the search leads, and its answer."""
    form = "application/x-www-form-urlencoded"
    address = client.post(TRAIL, urlencode({"veil": "", **question}), content_type=form).headers["Location"]
    return address, client.get(address)


def _about(page: Any) -> set[tuple[str, str]]:
    return {(line["person"], line["home"]) for line in page.context["lines"] if not line["sealed"]}


def test_the_trail_is_narrowed_by_the_name_of_a_household_or_person_and_by_case(town: Town) -> None:
    case = town.case()
    home = town.household
    other = Household.objects.create(keeper=town.organization, name="Vișan", uat=home.uat)
    stranger = Person.objects.create(keeper=town.organization, family_name="Șerban", given_name="Ilie")
    index_names([stranger])
    for household in (home, other):
        _reads(town.worker, keeper=town.organization.pk, household=household.pk)
    _reads(town.worker, keeper=town.organization.pk, person=stranger.pk)
    client = by(_officer(town.organization))
    for sought, told in (
        (home.name, {("", home.name)}),
        ("visan", {("", "Vișan")}),
        ("serban ilie", {(str(stranger), "")}),
        (str(case), {("", home.name)}),
        (f"{case.number}", {("", home.name)}),
        ("nimeni anume", set()),
        ("9999/999999", set()),
        ("1990/1", set()),
    ):
        page = _asked(client, about=sought)[1]
        assert _about(page) == told, sought
    address, page = _asked(client, about=home.name)
    assert home.name not in unquote(address)
    said = page.content.decode()
    assert str(case) in said and str(home.pk) not in said


def test_a_household_of_the_list_narrows_to_its_own_lines_and_older_ones_keep_what_was_asked(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("punte.www.manage.views.trail._ON_A_PAGE", 2)
    other = Household.objects.create(keeper=town.organization, name="Vișan", uat=town.household.uat)
    for household in (town.household, other) * 3:
        _reads(town.worker, keeper=town.organization.pk, household=household.pk)
    client = by(_officer(town.organization))
    first = client.get(TRAIL).content.decode()
    [narrow, *_others] = re.findall(rf'href="({TRAIL}\?c=[^"]+)"', first)
    assert len(_about(client.get(narrow))) == 1
    page = _asked(client, about="visan")[1]
    [following] = re.findall(r'href="(\?c=[^"]+after=[^"]+)"', page.content.decode())
    older = client.get(TRAIL + following.replace("&amp;", "&"))
    assert _about(page) == _about(older) == {("", "Vișan")}
    assert (len(page.context["lines"]), len(older.context["lines"])) == (2, 1)


def test_a_sealed_household_is_found_by_no_name_and_no_number(town: Town) -> None:
    case = town.case()
    _reads(town.worker, keeper=town.organization.pk, household=town.household.pk)
    seal_case(by=again(town.worker), case=case, reason="pericol")
    client = by(_officer(town.organization))
    for sought in (town.household.name, str(case)):
        assert _about(_asked(client, about=sought)[1]) == set()
    assert town.household.name not in {line.get("home") for line in client.get(TRAIL).context["lines"]}


def test_where_a_sealed_person_lives_is_not_told_by_a_search() -> None:
    place: Place = make_place()
    # Not of the name by which the other is sought.
    grandmother = PersonFactory(keeper=place.new.keeper, given_name="Filofteia")
    MembershipFactory(person=grandmother, household=place.new)
    keeper = place.old.keeper_id
    for person in (place.mother, grandmother):
        _reads(again(place.worker), keeper=keeper, household=place.new.pk, person=person.pk)
    client = by(_officer(place.old.keeper))
    assert (str(place.mother), place.new.name) not in _about(client.get(TRAIL))
    assert (str(grandmother), place.new.name) in _about(client.get(TRAIL))
    by_home = _about(_asked(client, about=place.new.name)[1])
    assert by_home and {person for person, _home in by_home} <= {str(grandmother), ""}
    for sought in (str(place.mother), place.mother.given_name):
        assert place.new.name not in {home for _person, home in _about(_asked(client, about=sought)[1])}
