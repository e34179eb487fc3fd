"""A report by quarters whose rows are content: each counts rows of the newest extract; small numbers are not told.

Zero is small too: that somebody is there at all would tell.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from punte.kernel.evidence import EVIDENCE, NOT_KNOWN_FOR_SURE
from punte.kernel.own_content import content_files
from punte.methodology.columns import literal, quoted
from punte.methodology.database import connect
from punte.methodology.definition_files import one_of, only, read_key, read_text
from punte.methodology.model import Text
from punte.methodology.source_files import read_yaml
from punte.statistics.models import Extract

QUARTERS = 4


@dataclass(frozen=True)
class Counted:
    """One row of a report: which rows of which table of the extract it counts."""

    key: str
    label: Text
    table: str
    when: str


@dataclass(frozen=True)
class Quarterly:
    """A report, as its file defines it."""

    key: str
    title: Text
    rows: tuple[Counted, ...]
    source: str
    is_proposal: bool


@dataclass(frozen=True)
class Filled:
    """A report with its numbers: of each row one for each quarter, None where it is too small to be told."""

    extract: Extract | None
    quarters: Sequence[str]
    numbers: Sequence[tuple[Counted, Sequence[int | None]]]


def quarterly_named(key: str) -> Quarterly | None:
    """The report of a key, of `content/reports` or the operator's own folder; None where there is none.

    Raises:
        PackError: its file does not hold together.
    """
    path = next((path for path, _own in content_files("reports") if path.stem == key), None)
    return _read(path) if path else None


def _read(path: Path) -> Quarterly:
    top = read_yaml(path)
    key = read_key(top, {"key", "title", "rows", "source", "evidence"}, file_key=path.stem)
    rows = []
    for item in top.items_of("rows"):
        only(item, {"key", "table", "when", "ro", "en"})
        label = {"ro": item.text("ro"), "en": item.text("en")}
        rows.append(Counted(item.text("key"), label, item.text("table"), item.text("when")))
    evidence = one_of(top, "evidence", EVIDENCE)
    proposal = evidence in NOT_KNOWN_FOR_SURE
    return Quarterly(key, read_text(top, "title"), tuple(rows), top.text("source"), proposal)


def quarters_until(today: dt.date) -> list[str]:
    """The last quarters, this one among them, the oldest first, as `2026-3`."""
    year, number = today.year, (today.month - 1) // 3 + 1
    found = []
    for _ in range(QUARTERS):
        found.append(f"{year}-{number}")
        year, number = (year, number - 1) if number > 1 else (year - 1, 4)
    return found[::-1]


def filled(report: Quarterly, today: dt.date) -> Filled:
    """The numbers of a report, of the newest extract whose tables are still there."""
    quarters = quarters_until(today)
    root = Path(settings.VAR) / "extracts"
    extract = next((one for one in Extract.objects.all()[:10] if (root / one.name).is_dir()), None)
    if extract is None:
        return Filled(None, quarters, [(row, [None] * len(quarters)) for row in report.rows])
    folder = root / extract.name
    connection = connect(folders=[folder])
    numbers: list[tuple[Counted, Sequence[int | None]]] = []
    try:
        for row in report.rows:
            told = dict(_counted(connection, folder / f"{row.table}.parquet", row))
            known = [told.get(quarter, 0) for quarter in quarters]
            numbers.append((row, [n if n >= extract.threshold else None for n in known]))
    finally:
        connection.close()
    return Filled(extract, quarters, numbers)


def _counted(connection: Any, table: Path, row: Counted) -> list[tuple[str, int]]:
    if not table.is_file():
        return []
    month = quoted("start")
    quarter = f"{month}[1:4] || '-' || CAST((CAST({month}[6:7] AS INTEGER) + 2) // 3 AS VARCHAR)"
    found: list[tuple[str, int]] = connection.execute(
        f"SELECT {quarter} AS quarter, count(*) FROM read_parquet({literal(str(table))}) "
        f"WHERE ({row.when}) GROUP BY quarter"
    ).fetchall()
    return found
