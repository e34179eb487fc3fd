"""What entries come to, run by DuckDB as the conditions of registers are: whatever is added up is handed in.

One query for all totals of a register, however many subjects and entries there are. Who reads has decided before which
entries count: nothing here asks the record.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

import duckdb

from punte.methodology.columns import quoted
from punte.methodology.database import cursor_of_process
from punte.registers.checks import SQL_TYPES, given
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.reading import symbols_of
from punte.registers.totals.definition import Band, Over, Total, months_before
from punte.registers.totals.reading import TODAY

_MONTHS = 12
_GROUP = "of"
_CENTS = Decimal("0.01")
_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Row:
    """An entry as it is added up: whom it is about, and what it says by the fields of today."""

    key: UUID
    subject: UUID
    state: str
    start: dt.date
    end: dt.date | None
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Reckoned:
    """What a total comes to about one subject.

    Attributes:
        parts: what each entry that counts comes to alone, where that is not nothing; the newest first.
        months: the first day of each of the last twelve months with what its entries come to; empty unless asked for.
    """

    definition: Definition
    total: Total
    value: Decimal
    band: Band | None = None
    parts: Sequence[tuple[UUID, Decimal]] = ()
    months: Sequence[tuple[dt.date, Decimal]] = field(default=())


def reckoned(definition: Definition, rows: Sequence[Row], *, today: dt.date) -> dict[UUID, list[Reckoned]]:
    """By subject each total of a register that entries of it add up to; none where nothing counts.

    Args:
        rows: the entries that count, in any order; what was withdrawn is left out here.
    """
    standing = [row for row in rows if row.state != WITHDRAWN]
    months = [months_before(today.replace(day=1), at) for at in range(_MONTHS - 1, -1, -1)]
    counted: dict[Over, list[Row]] = {}
    groups: list[tuple[Any, Row]] = []
    for over in dict.fromkeys(total.over for total in definition.totals.values()):
        counted[over] = [row for row in standing if over.has(row.start, row.end, today)]
        counted[over].sort(key=lambda row: row.start, reverse=True)
        groups += [((over, row.subject), row) for row in counted[over]]
    alone = {row.key: row for own in counted.values() for row in own}
    groups += [(row.key, row) for row in alone.values()]
    if any(total.by_month for total in definition.totals.values()):
        for first in months:
            after = months_before(first, -1)
            groups += [
                ((first, row.subject), row) for row in standing if _in_month(definition, row, first, after)
            ]
    found: dict[UUID, list[Reckoned]] = {}
    for total, values in _values(definition, definition.totals.values(), groups, today):
        own, monthly = counted[total.over], standing if total.by_month else []
        parts: dict[UUID, list[tuple[UUID, Decimal]]] = {}
        for row in own:
            if part := values.get(row.key):
                parts.setdefault(row.subject, []).append((row.key, part))
        for subject in dict.fromkeys(row.subject for row in (*own, *monthly)):
            value = values.get((total.over, subject), Decimal(0))
            by_month = [(first, values.get((first, subject), Decimal(0))) for first in months if monthly]
            found.setdefault(subject, []).append(
                Reckoned(
                    definition, total, value, total.band_of(value, today), parts.get(subject, ()), by_month
                )
            )
    return found


def reached(
    definition: Definition, total: Total, rows: Sequence[Row], *, today: dt.date
) -> dict[UUID, list[tuple[Band, dt.date]]]:
    """By subject the bands with an event that its entries reach, each with the day of the entry that reached it.

    Two queries: what all come to, then, of those that reach a band, what they had come to with each entry.
    """
    counted = [row for row in rows if row.state != WITHDRAWN and total.over.has(row.start, row.end, today)]
    bands = [band for band in total.bands_on(today) if band.event]
    [(_total, now)] = _values(definition, [total], [(row.subject, row) for row in counted], today)
    high = {key: [band for band in bands if band.start <= value] for key, value in now.items()}
    concerned = [row for row in counted if high.get(row.subject)]
    of_subject: dict[UUID, list[Row]] = {}
    for row in concerned:
        of_subject.setdefault(row.subject, []).append(row)
    groups = [
        ((day, subject), row)
        for subject, own in of_subject.items()
        for day in {row.start for row in own}
        for row in own
        if row.start <= day
    ]
    [(_total, by_day)] = _values(definition, [total], groups, today)
    found: dict[UUID, list[tuple[Band, dt.date]]] = {}
    for (day, subject), value in sorted(by_day.items(), key=lambda one: one[0][0]):
        known = found.setdefault(subject, [])
        known += [
            (band, day)
            for band in high[subject]
            if band.start <= value and band not in [one for one, _day in known]
        ]
    return found


def _in_month(definition: Definition, row: Row, first: dt.date, after: dt.date) -> bool:
    """What is of one day counts in its month; what lasts, in each in which it holds."""
    if definition.period == "day":
        return first <= row.start < after
    return row.start < after and (row.end is None or row.end > first)


def _values(
    definition: Definition, totals: Collection[Total], groups: Sequence[tuple[Any, Row]], today: dt.date
) -> list[tuple[Total, dict[Any, Decimal]]]:
    """What the entries of each group come to by each total; a group that comes to nothing known is left out."""
    if not groups:
        return [(total, {}) for total in totals]
    numbers: dict[Any, int] = {}
    of = [numbers.setdefault(group, len(numbers)) for group, _row in groups]
    read = {name for total in totals for name in total.value.reads}
    symbols = {
        name: one for name, one in symbols_of(definition.fields, definition.states).items() if name in read
    }
    columns = [f"unnest(CAST(? AS BIGINT[])) AS {quoted(_GROUP)}"]
    columns += [
        f"unnest(CAST(? AS {SQL_TYPES[symbol.kind]}[])) AS {quoted(name)}" for name, symbol in symbols.items()
    ]
    written: list[Any] = [of]
    written += [[given(_read(row, name)) for _group, row in groups] for name in symbols]
    if TODAY in read:
        columns.append(f"CAST(? AS DATE) AS {quoted(TODAY)}")
        written.append(today)
    values = ", ".join(total.value.sql for total in totals)
    asked = f"SELECT {quoted(_GROUP)}, {values} FROM (SELECT {', '.join(columns)}) GROUP BY 1"
    rows = _answered(asked, tuple(tuple(one) if isinstance(one, list) else one for one in written))
    names = list(numbers)
    return [
        (
            total,
            {names[row[0]]: _rounded(total, row[at]) for row in rows if row[at] is not None},
        )
        for at, total in enumerate(totals, start=1)
    ]


@lru_cache(maxsize=256)
def _answered(asked: str, written: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """What a question comes to, which is decided by what is handed in alone: a page is often opened again."""
    with cursor_of_process() as cursor:
        handed = [list(one) if isinstance(one, tuple) else one for one in written]
        return cursor.execute(_put_together(asked), handed).fetchall()


@lru_cache(maxsize=256)
def _put_together(asked: str) -> duckdb.Statement:
    """A question, read once: the words of a register stay."""
    with cursor_of_process() as cursor:
        [statement] = cursor.extract_statements(asked)
        return statement


def _read(row: Row, name: str) -> Any:
    return {"start": row.start, "end": row.end, "state": row.state}.get(name, row.said.get(name))


def _rounded(total: Total, value: Any) -> Decimal:
    number = Decimal(str(value))
    if total.unit == "money":
        return number.quantize(_CENTS)
    return Decimal(int(number)) if total.unit in ("integer", "days") else number.quantize(_PLACES).normalize()
