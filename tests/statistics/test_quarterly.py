"""A report by quarters: rows are content, numbers of the newest extract, and nothing of few people, not even zero."""

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.utils import timezone

from punte.registers.catalogue import definitions
from punte.statistics.models import Extract
from punte.statistics.quarterly import filled, quarterly_named, quarters_until

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
    duckdb.sql(f"COPY (SELECT * FROM (VALUES {values}) t(start, kind, state)) TO '{target}' (FORMAT parquet)")
    return Extract.objects.create(name="made", threshold=5, moment=timezone.now())


def test_quarters_and_orders_are_counted_and_few_are_not_told(orders: Extract) -> None:
    report = quarterly_named("violence")
    assert report is not None
    told = filled(report, TODAY)
    assert told.quarters == ["2025-3", "2025-4", "2026-1", "2026-2"] == quarters_until(TODAY)
    numbers = {row.key: list(each) for row, each in told.numbers}
    assert numbers["provisional"] == [None, None, 7, None]
    assert numbers["court"] == [None, None, None, 6]
    assert numbers["breached"] == [None, None, None, 6]
    assert numbers["alerts"] == [None] * 4


@pytest.mark.django_db
def test_without_an_extract_nothing_is_told_and_every_row_reads_a_register_that_is_there(
    settings: Any, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    report = quarterly_named("violence")
    assert report is not None and quarterly_named("none") is None
    told = filled(report, TODAY)
    assert told.extract is None
    assert {number for _row, each in told.numbers for number in each} == {None}
    assert {row.table for row in report.rows} <= {f"register_{key}" for key in definitions()}
