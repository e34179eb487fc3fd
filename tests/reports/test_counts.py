"""A report by quarters: rows are content, numbers of the newest extract, and nothing of few people, not even zero."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.utils import timezone

from punte.programmes.counting import read_query
from punte.registers.catalogue import definitions
from punte.reports.figures import filled, quarters_until
from punte.reports.reading import put_in, report_kinds
from punte.statistics.models import Extract

TODAY = dt.date(2026, 5, 20)


@pytest.fixture
def orders(db: Any, tmp_path: Path, settings: Any) -> Extract:
    """Seven provisional orders of one quarter, three of another, six orders by a court, and an application."""
    settings.VAR = tmp_path
    folder = tmp_path / "extracts" / "made"
    folder.mkdir(parents=True)
    rows = [("2026-02", "provisional", "issued")] * 7 + [("2026-04", "provisional", "confirmed")] * 3
    rows += [("2026-05", "order", "breached")] * 6 + [("2026-05", "order", "requested")] * 9
    values = ", ".join(str(row) for row in rows)
    target = folder / "register_protection_order.parquet"
    files = {"register_protection_order": {"rows": len(rows)}}
    (folder / "manifest.json").write_text(json.dumps({"files": files}), encoding="utf-8")
    duckdb.sql(f"COPY (SELECT * FROM (VALUES {values}) t(start, kind, state)) TO '{target}' (FORMAT parquet)")
    return Extract.objects.create(name="made", threshold=5, moment=timezone.now())


def test_quarters_and_orders_are_counted_and_few_are_not_told(orders: Extract) -> None:
    told = filled(report_kinds()["violence"], TODAY)
    assert told.quarters == ["2025-3", "2025-4", "2026-1", "2026-2"]
    assert told.quarters == [name for name, _days in quarters_until(TODAY)]
    numbers = {row.name: list(each) for row, each in told.numbers}
    assert numbers["provisional"] == [None, None, 7, None]
    assert numbers["court"] == [None, None, None, 6]
    assert numbers["breached"] == [None, None, None, 6]
    assert numbers["alerts"] == [None] * 4


@pytest.mark.django_db
def test_without_an_extract_nothing_is_told_and_every_row_reads_a_register_that_is_there(
    settings: Any, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    report = report_kinds()["violence"]
    told = filled(report, TODAY)
    assert told.extract is None
    assert {number for _row, each in told.numbers for number in each} == {None}
    tables = {table for one in report.figures.values() for table in read_query(put_in(one.sql, {}))}
    assert tables <= {f"register_{key}" for key in definitions()}
