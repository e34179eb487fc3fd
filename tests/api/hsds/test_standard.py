"""What is said is said as HSDS 3.1 says it: held against our own statement of the standard, which is served.

That the statement is true to the official schemas is what `scripts/hsds_check` tells, for these are not ours to copy.
"""

import datetime as dt
import json
from typing import Any
from uuid import UUID

import jsonschema_rs
import pytest
from django.test import Client

from punte.directory.models import OpeningHours, Service
from tests.api.hsds.conftest import LISTS, Ask, everything
from tests.factories import ServiceFactory

KINDS = dict(
    zip(
        LISTS,
        ("service", "organization", "service_at_location", "taxonomy", "taxonomy_term"),
        strict=True,
    )
)


@pytest.fixture
def validators(ask: Ask) -> dict[str, jsonschema_rs.Draft202012Validator]:
    """One for each kind, with its page as `…_page`."""
    components = ask("openapi.json")["components"]
    wanted = [*KINDS.values(), *(f"{name}_page" for name in KINDS.values())]
    return {
        name: jsonschema_rs.Draft202012Validator(
            {"$ref": f"#/components/schemas/{name}", "components": components}, validate_formats=True
        )
        for name in wanted
    }


def test_every_item_is_valid(directory: Any, client: Client, validators: Any) -> None:
    asked = 0
    for kind, item in everything(client):
        assert [error.message for error in validators[KINDS[kind]].iter_errors(item)] == []
        asked += 1
    assert asked > 60


@pytest.mark.parametrize("kind", LISTS)
def test_pages_are_valid(directory: Any, ask: Ask, validators: Any, kind: str) -> None:
    for parameters in ({}, {"page": 2, "per_page": 1}, {"page": 999}, {"search": "???"}):
        told = ask(kind, **parameters)
        assert [error.message for error in validators[f"{KINDS[kind]}_page"].iter_errors(told)] == []


def test_nothing_is_null_or_empty(directory: Any, client: Client) -> None:
    for kind, item in everything(client):
        for path, value in leaves(item):
            assert value is not None, f"{kind} {path}"
            if not path.endswith(("/postal_code", "/previous_value")):
                assert value != "", f"{kind} {path}"


def test_every_id_is_a_uuid_and_stays(directory: Any, client: Client) -> None:
    first, again = list(everything(client)), list(everything(client))
    assert first == again
    for _kind, item in first:
        for path, value in leaves(item):
            if path.endswith("id") and not path.endswith("extent"):
                assert str(UUID(value)) == value, path


def test_pages_and_lines_tell_the_same(directory: Any, client: Client, ask: Ask) -> None:
    for kind in LISTS:
        paged: list[Any] = []
        while len(paged) < ask(kind)["total_items"]:
            paged += ask(kind, page=len(paged) // 2 + 1, per_page=2)["contents"]
        answer = client.get(f"/api/hsds/{kind}", {"format": "ndjson"})
        assert answer["Content-Type"] == "application/x-ndjson"
        lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert [one["id"] for one in paged] == [_id_of(line) for line in lines]


def _id_of(line: str) -> str:
    """The identifier of a line."""
    return json.loads(line)["id"]  # type: ignore[no-any-return]


def test_a_service_says_everything(directory: Any, ask: Ask) -> None:
    told = ask(f"services/{directory['whole'].pk}")
    assert told["organization"]["organization_identifiers"][0]["identifier"] == "12345678"
    assert told["organization"]["website"] == "https://exemplu.ro/%C8%9Bara"
    assert told["assured_date"] == "2026-10-01"
    assert (told["minimum_age"], told["maximum_age"]) == (0, 14)
    assert [(one["byday"], one["opens_at"][:5]) for one in told["schedules"]] == [
        ("MO,TU", "08:00"),
        ("WE", "12:00"),
    ]
    assert [one["document"] for one in told["required_documents"]] == ["Cerere", "Certificat de naștere"]
    assert [(one["code"], one["name"]) for one in told["languages"]] == [("ro", "română"), ("hu", "maghiară")]
    assert told["cost_options"][0]["amount"] == 0
    assert "LF 1" in told["licenses"]
    place = told["service_at_locations"][0]["location"]
    assert (place["external_identifier"], place["external_identifier_type"]) == ("54975", "SIRUTA")
    assert place["addresses"][0]["postal_code"] == "400001"
    assert place["accessibility"][0]["details"] == "Rampă la intrarea din curte"
    assert {one["link_type"] for one in told["attributes"]} == {
        "nomenclature",
        "beneficiaries",
        "modes",
        "capacity",
    }


def test_capacity_says_what_is_free_only_where_it_was_counted(directory: Any, ask: Ask) -> None:
    told = ask(f"services/{directory['whole'].pk}")
    found = {one["unit"]["identifier"]: (one["available"], one["maximum"]) for one in told["capacities"]}
    counted = next(iter(found))
    assert found == {counted: found[counted], "per_month": (12, 12)}
    assert found[counted] in ((3, 30), (0, 8))
    said = [one for one in told["attributes"] if one["link_type"] == "capacity"]
    assert [one["value"] for one in said] == (["8"] if found[counted] == (3, 30) else ["30"])


def test_each_status_has_its_word(directory: Any, ask: Ask) -> None:
    expected = {
        "whole": "active",
        "suspended": "temporarily closed",
        "waiting": "inactive",
        "closed": "defunct",
    }
    listed = {one["id"]: one["status"] for one in ask("services")["contents"]}
    for name, word in expected.items():
        key = str(directory[name].pk)
        assert listed[key] == word
        assert ask(f"services/{key}")["status"] == word


def test_round_the_clock_is_a_schedule(ask: Ask) -> None:
    service = ServiceFactory(always_open=True)
    told = ask(f"services/{service.pk}")["schedules"][0]
    assert told["byday"] == "MO,TU,WE,TH,FR,SA,SU"
    assert (told["opens_at"][:5], told["closes_at"][:5]) == ("00:00", "23:59")


def test_a_night_shelter_closes_in_the_morning(ask: Ask) -> None:
    service = ServiceFactory()
    for weekday, hours in ((1, (20, 8)), (2, (20, 8)), (3, (20, 0)), (4, (0, 0))):
        OpeningHours.objects.create(
            service=service, weekday=weekday, opens=dt.time(hours[0]), closes=dt.time(hours[1])
        )
    told = ask(f"services/{service.pk}")["schedules"]
    assert [(one["byday"], one["opens_at"][:5], one["closes_at"][:5]) for one in told] == [
        ("MO,TU", "20:00", "08:00"),
        ("WE", "20:00", "00:00"),
        ("TH", "00:00", "23:59"),
    ]


def test_a_service_at_a_place_is_found_by_its_derived_id(directory: Any, ask: Ask) -> None:
    listed = ask("service_at_locations")["contents"]
    for item in listed:
        told = ask(f"service_at_locations/{item['id']}")
        assert told["service"]["id"] == item["service_id"]
        assert told["location"]["id"] == item["location_id"]
    inside = {
        place["id"]
        for one in ask("services", full="true")["contents"]
        for place in one.get("service_at_locations", [])
    }
    assert inside == {item["id"] for item in listed}


def test_terms_know_their_place(directory: Any, ask: Ask) -> None:
    tops = ask("taxonomy_terms", top_only="true")["contents"]
    assert all("parent_id" not in one for one in tops)
    above = next(one for one in tops if one.get("code") == "8891")
    below = ask("taxonomy_terms", parent_id=above["id"])["contents"]
    assert [one["code"] for one in below] == ["8891 CZ-C-II", "8891 CZ-C-III"]
    assert ask(f"taxonomy_terms/{below[0]['id']}") == below[0]


def test_about_names_profile_and_document(ask: Ask, client: Client) -> None:
    told = ask("")
    assert told["version"] == "3.1"
    for address in (told["profile"], told["openapi_url"]):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200
    assert ask("profil.json")["schema_patches"]["service.json"]["properties"]["modified_date"]


def leaves(what: Any, path: str = "") -> Any:
    """Every value that is neither an object nor a list, with its path."""
    if isinstance(what, dict):
        for name, value in what.items():
            yield from leaves(value, f"{path}/{name}")
    elif isinstance(what, list):
        for place, value in enumerate(what):
            yield from leaves(value, f"{path}/{place}")
    else:
        yield path, what


def test_what_a_provider_changes_is_said_at_once(directory: Any, client: Client, ask: Ask) -> None:
    address = f"/api/hsds/services/{directory['whole'].pk}"
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    OpeningHours.objects.filter(service=directory["whole"]).delete()
    Service.objects.filter(pk=directory["whole"].pk).update(phone="0264 000 009")
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again.json()["phones"][0]["number"] == "0264 000 009"
