"""What cannot be answered is refused with the reason, in both languages, and never by an error of ours."""

from typing import Any

import pytest
from django.test import Client

from tests.api.hsds.conftest import LISTS

pytestmark = pytest.mark.both

DAMAGED = [
    ("page", "0"),
    ("page", "-1"),
    ("page", "1.5"),
    ("page", "1e3"),
    ("page", "９"),
    ("page", "99999999999999999999"),
    ("page", "9" * 5000),
    ("per_page", "0"),
    ("per_page", "501"),
    ("per_page", "NaN"),
    ("format", "xml"),
    ("search", "a\0b"),
    ("search", "a" * 201),
    ("taxonomy_term_id", "8891"),
    ("taxonomy_term_id", ""),
    ("page", ""),
    ("full", ""),
    ("taxonomy_term_id", "{" + "0" * 36 + "}"),
    ("taxonomy_id", "urn:uuid:00000000-0000-4000-8000-000000000000"),
    ("organization_id", "' OR 1=1 --"),
    ("organization_id", "\0"),
    ("modified_after", "ieri"),
    ("modified_after", "2026-02-30"),
    ("modified_after", "0001-01-01"),
    ("modified_after", "9999-12-31T23:59:59-12:00"),
    ("modified_after", "2026-01-01T25:00"),
    ("modified_after", "T"),
    ("minimal", "da"),
    ("full", "2"),
    ("postcode", "4000"),
    ("postcode", "AB1 2CD"),
    ("postcode", "990001"),
    ("proximity", "100"),
    ("siruta", "0"),
    ("siruta", "x"),
    ("taxonomy_term", "8891"),
    ("", "x"),
    ("\0", "x"),
]


def _refused(answer: Any, status: int = 400) -> Any:
    assert answer.status_code == status, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["detail"] and told["detail_ro"] and told["detail"] != told["detail_ro"]
    return told


@pytest.mark.parametrize(("name", "value"), DAMAGED)
def test_a_damaged_parameter_is_named(directory: Any, client: Client, name: str, value: str) -> None:
    assert _refused(client.get("/api/hsds/services", {name: value}))["parameter"] == name
    told = _refused(client.post("/api/hsds/services", {name: value}, content_type="application/json"))
    assert told["parameter"] == name


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("query", ["page=-1", "nimic=1", "page=1&page=2", "search=%00", "format=csv"])
def test_every_list_refuses(db: None, client: Client, kind: str, query: str) -> None:
    _refused(client.get(f"/api/hsds/{kind}?{query}"))


@pytest.mark.parametrize(
    "proximity", ["0", "-5", "inf", "nan", "1e400", "1000001", "1.5", "12abc", "0x10", "1_000", "٣"]
)
def test_a_distance_is_a_number_of_metres(directory: Any, client: Client, proximity: str) -> None:
    told = _refused(client.get("/api/hsds/services", {"siruta": "54975", "proximity": proximity}))
    assert told["parameter"] == "proximity"


def test_a_distance_needs_a_known_place(directory: Any, client: Client) -> None:
    for place in ({"siruta": "1"}, {"postcode": "407999"}):
        _refused(client.get("/api/hsds/services", {"proximity": "1000", **place}))


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"<a/>", "application/xml", 415),
        (b"search=x", "text/plain", 415),
        (b"\xff\xfe", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"search": null}', "application/json", 400),
        (b'{"search": {"a": 1}}', "application/json", 400),
        (b'{"page": 1e999}', "application/json", 400),
        (b'{"page": ' + b"9" * 5000 + b"}", "application/json", 400),
        (b'{"search": "\\u0000"}', "application/json", 400),
        (b"search=%00", "application/x-www-form-urlencoded", 400),
        (b"--x", "multipart/form-data; boundary=x", 415),
    ],
)
def test_a_damaged_body_is_refused(db: None, client: Client, body: bytes, kind: str, status: int) -> None:
    _refused(client.post("/api/hsds/services", body, content_type=kind), status)


def test_too_much_is_refused(db: None, client: Client) -> None:
    many = "&".join(f"p{number}=1" for number in range(2000))
    _refused(client.get(f"/api/hsds/services?{many}"), 413)
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        _refused(client.post("/api/hsds/services", b"x" * 6_000_000, content_type=kind), 413)


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize(
    "key",
    ["00000000-0000-4000-8000-000000000000", "abc", "0" * 32, "%00", "..", "%2e%2e%2fservices", "x" * 5000],
)
def test_an_unknown_identifier_is_not_found(directory: Any, client: Client, kind: str, key: str) -> None:
    _refused(client.get(f"/api/hsds/{kind}/{key}"), 404)


def test_a_detail_takes_no_parameters_of_a_list(directory: Any, client: Client) -> None:
    _refused(client.get(f"/api/hsds/services/{directory['whole'].pk}", {"page": 1}))


@pytest.mark.parametrize("path", ["people", "services/", "services/a/b", "servicess"])
def test_an_unknown_address_is_not_found(db: None, client: Client, path: str) -> None:
    _refused(client.get(f"/api/hsds/{path}"), 404)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
@pytest.mark.parametrize(
    "path", ["", "services", "organizations", "taxonomy_terms", "openapi.json", "people"]
)
def test_other_methods_are_not_offered(db: None, client: Client, method: str, path: str) -> None:
    answer = getattr(client, method)(f"/api/hsds/{path}")
    _refused(answer, 405)
    assert answer["Allow"].startswith("GET, HEAD, OPTIONS")


def test_a_detail_is_not_posted_to(directory: Any, client: Client) -> None:
    answer = client.post(f"/api/hsds/services/{directory['whole'].pk}")
    _refused(answer, 405)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_the_address_of_a_document_that_is_elsewhere_says_so(client: Client, db: None) -> None:
    assert client.get("/api/hsds").headers["Location"] == "/api/hsds/"
