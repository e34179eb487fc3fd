"""The tables: whole, at addresses that stay, safe to open."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from punte.api.tables.content import TABLES
from punte.directory.models import Service
from tests.factories import CapacityFactory, ServiceFactory

pytestmark = pytest.mark.both


def _rows(client: Client, key: str) -> list[dict[str, str]]:
    answer = client.get(f"/api/tabele/{key}.csv")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_both_files_hold_the_same(directory: Any, client: Client, table: Any) -> None:
    rows = _rows(client, table.key)
    answer = client.get(f"/api/tabele/{table.key}.xlsx")
    assert answer["Content-Disposition"] == f'attachment; filename="{table.key}.xlsx"'
    assert answer["Access-Control-Allow-Origin"] == "*"
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert tuple(cell.value for cell in next(sheet.iter_rows())) == table.columns
    assert sheet.max_row == len(rows) + 1
    assert rows and tuple(rows[0]) == table.columns


def test_every_service_is_there(directory: Any, client: Client) -> None:
    rows = _rows(client, "servicii")
    assert {row["id"] for row in rows} == {str(pk) for pk in Service.objects.values_list("pk", flat=True)}
    whole = next(row for row in rows if row["id"] == str(directory["whole"].pk))
    assert (whole["stare"], whole["gratuit"], whole["varsta_pana_la"]) == ("active", "true", "14")


def test_a_capacity_printed_as_0_is_not_known_and_not_told(db: None, client: Client) -> None:
    service = ServiceFactory(name="Cantina socială")
    CapacityFactory(service=service, value=0)
    assert _rows(client, "capacitati") == []
    CapacityFactory(service=service, value=12, year=2025)
    assert [row["capacitate"] for row in _rows(client, "capacitati")] == ["12"]
    # The capacity that a source prints as 0 for a later year does not take the place of what is known.
    CapacityFactory(service=service, value=0, year=2026)
    told = client.get(f"/api/hsds/services/{service.pk}").json()
    assert [one["value"] for one in told.get("attributes", ()) if one["link_type"] == "capacity"] == ["12"]
    assert not any(one["maximum"] == 0 for one in told.get("capacities", ()))


def test_a_formula_is_not_one(db: None, client: Client) -> None:
    ServiceFactory(name="=1+1")
    assert _rows(client, "servicii")[0]["nume"] == "'=1+1"


def test_what_did_not_change_is_not_sent_again(directory: Any, client: Client) -> None:
    for kind in ("csv", "xlsx"):
        address = f"/api/tabele/servicii.{kind}"
        first = client.get(address)
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        assert client.get(address).content == first.content
    Service.objects.update(name="Alt nume")
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("name", ["conturi.csv", "servicii.pdf", "servicii.json"])
def test_an_unknown_table_is_not_found(db: None, client: Client, name: str) -> None:
    answer = client.get(f"/api/tabele/{name}")
    assert answer.status_code == 404 and "servicii" in answer.json()["detail_ro"]


def test_queries_do_not_grow(directory: Any, client: Client, pinned: Any) -> None:
    ServiceFactory.create_batch(20, at=directory["town"])
    for table in TABLES:
        pinned(client.get, f"/api/tabele/{table.key}.csv")


def test_the_page_names_every_table(db: None, client: Client) -> None:
    page = client.get("/api/tabele/").content.decode()
    for table in TABLES:
        assert f"/api/tabele/{table.key}.csv" in page and f"/api/tabele/{table.key}.xlsx" in page
