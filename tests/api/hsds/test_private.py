"""Nothing that is published names a person, or tells where a shelter is."""

import json
from typing import Any

import pytest
from django.test import Client

from punte.api.tables.content import TABLES
from punte.directory.models import Confirmation
from punte.organizations.models import Organization
from tests.api.hsds.conftest import Ask, everything, names
from tests.factories import ServiceFactory, UserFactory


def _all_that_is_published(client: Client) -> str:
    told = [json.dumps(item, ensure_ascii=False) for _kind, item in everything(client)]
    told += [client.get(f"/api/tabele/{table.key}.csv").content.decode() for table in TABLES]
    return "\n".join(told)


def test_the_address_of_a_shelter_is_nowhere(directory: Any, client: Client) -> None:
    published = _all_that_is_published(client)
    assert "Adăpost" in published and "Mehedinți" in published
    for secret in ("Ascunsă", "46.58", "23.7812"):
        assert secret not in published
    for location in directory["shelter"].locations.all():
        assert str(location.pk) not in published


def test_a_shelter_stands_once_in_its_uat(directory: Any, ask: Ask) -> None:
    assert names(ask("service_at_locations")).count("Adăpost") == 1
    place = ask(f"services/{directory['shelter'].pk}")["service_at_locations"][0]["location"]
    assert (place["latitude"], place["longitude"]) == (46.57, 23.78)
    assert place["external_identifier"] == "55259"


def test_no_distance_tells_where_a_shelter_is(directory: Any, ask: Ask) -> None:
    """As far from everywhere as the middle of its UAT, to the metre."""
    assert "Adăpost" in names(ask("services", siruta=55259, proximity=1))
    for metres in range(26_000, 27_000, 100):
        at_shelter = "Adăpost" in names(ask("services", siruta=54975, proximity=metres))
        at_middle = "Cantina" in names(ask("services", siruta=54975, proximity=metres))
        assert at_shelter == at_middle


def test_no_name_of_who_keeps_the_directory(directory: Any, client: Client) -> None:
    keeper = UserFactory(name="Ileana Nevăzută", email="ileana@exemplu.ro")
    Confirmation.objects.create(service=directory["whole"], by=keeper)
    directory["suspended"].statuses.update(by=keeper)
    published = _all_that_is_published(client)
    for secret in ("Nevăzută", "ileana", str(keeper.pk), "Popescu"):
        assert secret not in published


def test_a_personal_code_is_no_fiscal_code(directory: Any, client: Client) -> None:
    Organization.objects.filter(pk=directory["provider"].pk).update(fiscal_code="1960529410017"[:12])
    assert "196052941001" not in _all_that_is_published(client)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "ftp://x.ro", "https://a b.ro", "exemplu"])
def test_a_damaged_address_is_left_out(db: None, ask: Ask, text: str) -> None:
    service = ServiceFactory(website=text, email="x@y", languages="ro")
    told = ask(f"services/{service.pk}")
    assert not {"url", "email", "languages"} & set(told)


def test_an_organisation_without_services_is_not_listed(db: None, ask: Ask, client: Client) -> None:
    service = ServiceFactory()
    alone = Organization.objects.create(name="Poliția", folded_name="politia", kind="police")
    assert [one["id"] for one in ask("organizations")["contents"]] == [str(service.provider_id)]
    assert client.get(f"/api/hsds/organizations/{alone.pk}").status_code == 404
