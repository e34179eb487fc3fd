"""Open to every site, unchanged answers not sent twice, and as few queries for many services as for one."""

from typing import Any

import pytest
from django.test import Client

from tests.api.hsds.conftest import LISTS
from tests.factories import CapacityFactory, ServiceFactory, UatFactory

ADDRESSES = ["", *LISTS, "openapi.json", "profil.json"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_site_may_ask(directory: Any, client: Client, path: str) -> None:
    answer = client.get(f"/api/hsds/{path}", headers={"Origin": "https://altundeva.ro"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    before = client.options(
        f"/api/hsds/{path}",
        headers={"Origin": "https://altundeva.ro", "Access-Control-Request-Method": "GET"},
    )
    assert (before.status_code, before.content) == (204, b"")
    assert "GET" in before["Access-Control-Allow-Methods"] and before["Allow"]
    assert before["Access-Control-Allow-Origin"] == "*"


def test_a_refusal_may_be_read_by_every_site_too(db: None, client: Client) -> None:
    assert client.get("/api/hsds/services?page=0")["Access-Control-Allow-Origin"] == "*"
    assert client.delete("/api/hsds/services")["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ADDRESSES)
def test_what_did_not_change_is_not_sent_again(directory: Any, client: Client, path: str) -> None:
    first = client.get(f"/api/hsds/{path}")
    same = client.get(f"/api/hsds/{path}", headers={"If-None-Match": f'"other", {first["ETag"]}'})
    assert (same.status_code, same.content) == (304, b"")
    assert same["ETag"] == first["ETag"] and same["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"/api/hsds/{path}", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_head_is_answered_as_a_get(directory: Any, client: Client) -> None:
    answer = client.head("/api/hsds/services")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == client.get("/api/hsds/services")["ETag"]


def test_the_language_of_the_page_does_not_matter(directory: Any, client: Client) -> None:
    romanian = client.get("/api/hsds/services?full=true").content
    client.cookies["punte_language"] = "en"
    assert client.get("/api/hsds/services?full=true").content == romanian


def test_an_account_does_not_matter(directory: Any, client: Client) -> None:
    anonymous = client.get("/api/hsds/services")
    assert "Set-Cookie" not in anonymous.headers and not anonymous.cookies


@pytest.mark.parametrize(
    "path",
    [
        "services",
        "services?full=true",
        "services?minimal=true",
        "services?search=centrul&siruta=54975&proximity=20000&modified_after=2020-01-01",
        "organizations",
        "organizations?full=true",
        "service_at_locations",
        "service_at_locations?full=true",
        "taxonomy_terms",
        "taxonomies",
    ],
)
def test_queries_do_not_grow(directory: Any, client: Client, path: str, pinned: Any) -> None:
    for uat in UatFactory.create_batch(5, latitude=46.77, longitude=23.6):
        for service in ServiceFactory.create_batch(5, at=uat, code_id="8891 CZ-C-II"):
            CapacityFactory(service=service)
    answer = pinned(client.get, f"/api/hsds/{path}")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "kind",
    ["services", "organizations", "service_at_locations", "taxonomy_terms"],
)
def test_a_detail_takes_few_queries(directory: Any, client: Client, kind: str, pinned: Any) -> None:
    key = client.get(f"/api/hsds/{kind}?per_page=1").json()["contents"][0]["id"]
    assert pinned(client.get, f"/api/hsds/{kind}/{key}").status_code == 200
