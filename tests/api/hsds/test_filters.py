"""Every filter narrows what the others left."""

import itertools
from typing import Any

import pytest
from django.test import Client

from punte.api.hsds.ids import derived
from punte.directory.models import Service
from tests.api.hsds.conftest import Ask, names
from tests.factories import LocationFactory, ServiceFactory

pytestmark = pytest.mark.both

BELOW = derived("term", "nomenclature", "8891 CZ-C-II")
ABOVE = derived("term", "nomenclature", "8891")


@pytest.mark.parametrize("words", ["stefanita", "ȘTEFĂNIȚĂ zi", "centrul sansa", "şansa ştefăniţă"])
def test_words_are_found_whatever_their_diacritics(directory: Any, ask: Ask, words: str) -> None:
    assert names(ask("services", search=words)) == ["Centrul de zi „Ștefăniță”"]


def test_a_need_in_plain_words_is_found_where_no_name_bears_them(directory: Any, ask: Ask) -> None:
    found = names(ask("services", search="mă bate soțul"))
    assert found == ["Adăpost"]
    assert (
        names(ask("services", search="mă bate soțul", organization_id=directory["town"].pk and NOBODY)) == []
    )


NOBODY = "00000000-0000-4000-8000-000000000000"


def test_words_that_mean_nothing_find_nothing(directory: Any, ask: Ask) -> None:
    for kind in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"):
        assert ask(kind, search="!!!")["empty"]


def test_a_term_covers_those_below_it(directory: Any, ask: Ask) -> None:
    assert names(ask("services", taxonomy_term_id=BELOW)) == ["Centrul de zi „Ștefăniță”"]
    assert names(ask("services", taxonomy_term_id=ABOVE)) == ["Centrul de zi „Ștefăniță”", "Cantina"]
    assert names(ask("organizations", taxonomy_term_id=BELOW)) == ["Asociația Șansa"]
    assert ask("services", taxonomy_term_id=NOBODY)["empty"]


def test_a_taxonomy_leaves_out_who_bears_no_term(directory: Any, ask: Ask) -> None:
    told = names(ask("services", taxonomy_id=derived("taxonomy", "nomenclature")))
    assert set(told) == {"Centrul de zi „Ștefăniță”", "Cantina", "Adăpost"}


def test_changed_at_or_after_a_moment(directory: Any, ask: Ask) -> None:
    Service.objects.exclude(pk=directory["whole"].pk).delete()
    for moment, there in (
        ("2026-10-02T08:00:00+03:00", 1),
        ("2026-10-02T05:00:00Z", 1),
        ("2026-10-02T08:00:00.001+03:00", 0),
        ("2026-10-02", 1),
        ("2026-10-03", 0),
    ):
        assert ask("services", modified_after=moment)["total_items"] == there, moment


def test_near_a_place(directory: Any, ask: Ask) -> None:
    whole = "Centrul de zi „Ștefăniță”"
    # The centre of the town is 4.2 km from it, that of the village 25 km.
    assert ask("services", siruta=54975, proximity=4000)["empty"]
    assert names(ask("services", siruta=54975, proximity=4300)) == [whole]
    assert names(ask("service_at_locations", postcode="400 001", proximity=4300)) == [whole]
    assert whole in names(ask("services", siruta=55259, proximity=30000))


def test_in_a_place(directory: Any, ask: Ask) -> None:
    assert names(ask("services", siruta=54975)) == ["Centrul de zi „Ștefăniță”"]
    assert names(ask("services", postcode="400001")) == ["Centrul de zi „Ștefăniță”"]
    assert set(names(ask("services", postcode="407999"))) == {
        "Centrul de zi „Ștefăniță”",
        "Cantina",
        "Cămin vechi",
        "Adăpost",
    }


def test_a_location_without_coordinates_stands_at_its_uat(directory: Any, ask: Ask) -> None:
    service = ServiceFactory(name="Fără punct")
    service.locations.add(LocationFactory(uat=directory["town"], latitude=None, longitude=None))
    assert "Fără punct" in names(ask("services", siruta=54975, proximity=100))


@pytest.mark.parametrize("kind", ["services", "service_at_locations"])
def test_filters_are_cumulative(directory: Any, ask: Ask, kind: str) -> None:
    filters = {
        "search": "a",
        "taxonomy_term_id": ABOVE,
        "taxonomy_id": derived("taxonomy", "modes"),
        "organization_id": str(directory["provider"].pk),
        "modified_after": "2026-10-01",
        "siruta": "54975",
    }

    def found(*of: str) -> set[str]:
        return {one["id"] for one in ask(kind, **{name: filters[name] for name in of})["contents"]}

    for first, second in itertools.combinations(filters, 2):
        assert found(first, second) == found(first) & found(second), (first, second)
    assert found(*filters) == set.intersection(*(found(name) for name in filters))


def test_a_search_may_be_posted(directory: Any, client: Client, ask: Ask) -> None:
    expected = ask("services", search="cantina")
    address = "/api/hsds/services"
    nothing_sent = client.post(f"{address}?search=cantina", b"", content_type="text/plain")
    assert nothing_sent.json() == expected
    assert client.post(address, {"search": "cantina"}, content_type="application/json").json() == expected
    sent = client.post(address, "search=cantina", content_type="application/x-www-form-urlencoded")
    assert sent.json() == expected
    both = client.post(f"{address}?search=cantina", {"full": True}, content_type="application/json")
    assert both.json()["contents"][0]["attributes"]


def test_minimal_says_what_changed_all_on_one_page(directory: Any, ask: Ask) -> None:
    ServiceFactory.create_batch(60)
    told = ask("services", minimal="true")
    assert told["total_items"] == told["size"] == Service.objects.count()
    assert set(told["contents"][0]) == {"id", "name", "status", "last_modified", "modified_date"}
    assert ask("services", minimal="true", per_page=10)["size"] == 10


def test_the_page_around(directory: Any, ask: Ask) -> None:
    told = ask("services", per_page=2, page=2)
    told.pop("contents")
    assert told == {
        "total_items": 5,
        "total_pages": 3,
        "page_number": 2,
        "size": 2,
        "first_page": False,
        "last_page": False,
        "empty": False,
    }
    assert ask("services", per_page=2, page=3)["last_page"]
    beyond = ask("services", page=1_000_000)
    assert (beyond["empty"], beyond["last_page"], beyond["contents"]) == (True, True, [])
