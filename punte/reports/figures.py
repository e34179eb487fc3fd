"""The figures of a report: counts of one extract, and what registers of the institution come to.

Small numbers of people, and none at all, are held back as statistics hold them: that somebody is there would tell.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from punte.programmes.counting import count_each
from punte.registers.catalogue import definitions
from punte.registers.definition import WITHDRAWN
from punte.registers.models import Entry
from punte.registers.totals.reckoning import reckoned
from punte.registers.totals.rows import rows_of
from punte.reports.definition import Figure, ReportKind
from punte.reports.reading import put_in
from punte.statistics.models import Extract

QUARTERS = 4
DASH = "–"
Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Filled:
    """A table of counts by quarter, None where a number is too small to be told."""

    extract: Extract | None
    quarters: Sequence[str]
    numbers: Sequence[tuple[Figure, Sequence[Decimal | None]]]


def newest_extract() -> Extract | None:
    """The newest extract whose tables are still there."""
    root = Path(settings.VAR) / "extracts"
    return next((one for one in Extract.objects.all()[:10] if (root / one.name).is_dir()), None)


def quarters_until(day: dt.date) -> list[tuple[str, Days]]:
    """The last quarters, that of the day among them, the oldest first, as `2026-3` with their days."""
    year, number = day.year, (day.month - 1) // 3 + 1
    found = []
    for _ in range(QUARTERS):
        first = dt.date(year, number * 3 - 2, 1)
        after = dt.date(year + (number == 4), number * 3 % 12 + 1, 1)
        found.append((f"{year}-{number}", (first, after - dt.timedelta(days=1))))
        year, number = (year, number - 1) if number > 1 else (year - 1, 4)
    return found[::-1]


def counted(
    kind: ReportKind, extract: Extract, spans: Mapping[str, Days], asked: Mapping[str, str]
) -> dict[str, dict[str, Decimal | None]]:
    """By figure and span what an extract gives; None where it is held back or not known.

    Args:
        spans: the days by the name under which each is told.
        asked: what queries are asked of besides: service, uat, programme.
    """
    queries = queries_of(kind, spans, asked)
    values = count_each(queries, Path(settings.VAR) / "extracts" / extract.name) if queries else {}
    return {
        name: {span: _told(one, values.get((name, span)), extract.threshold) for span in spans}
        for name, one in kind.figures.items()
        if one.sql
    }


def queries_of(
    kind: ReportKind, spans: Mapping[str, Days], asked: Mapping[str, str]
) -> dict[tuple[str, str], str]:
    """By figure and span what is asked of an extract; as in `counted`."""
    return {
        (name, span): put_in(one.sql, {**asked, "first": f"{days[0]:%Y-%m}", "last": f"{days[1]:%Y-%m}"})
        for name, one in kind.figures.items()
        if one.sql
        for span, days in spans.items()
    }


def _told(figure: Figure, value: Decimal | None, threshold: int) -> Decimal | None:
    return None if figure.people and (value is None or value < threshold) else value


def filled(kind: ReportKind, today: dt.date) -> Filled:
    """All counts of a report of the whole house, of the last four quarters and the newest extract."""
    spans, extract = dict(quarters_until(today)), newest_extract()
    told = counted(kind, extract, spans, {}) if extract else {}
    rows = [
        (one, [told.get(name, {}).get(span) for span in spans])
        for name, one in kind.figures.items()
        if one.sql
    ]
    return Filled(extract, list(spans), rows)


def totals_of(kind: ReportKind, organization: UUID, on: dt.date) -> dict[str, Decimal]:
    """What the registers come to in which an institution keeps its money, on a day; nothing where nothing is kept.

    A query for each register.
    """
    wanted = [(name, *one.total) for name, one in kind.figures.items() if one.total[0]]
    found: dict[str, Decimal] = {}
    for register in dict.fromkeys(register for _name, register, _total in wanted):
        definition = definitions()[register]
        entries = kept_by(organization, register)
        rows = [replace(row, subject=organization) for row in rows_of(entries, definition, definition.about)]
        of_total = {
            one.total.name: one.value for one in reckoned(definition, rows, today=on).get(organization, [])
        }
        found |= {name: of_total.get(total, Decimal(0)) for name, other, total in wanted if other == register}
    return found


def kept_by(organization: UUID, register: str) -> QuerySet[Entry]:
    """The entries of a register that an institution keeps, the newest first, with their versions, without texts."""
    rows = Entry.objects.filter(register=register, keeper=organization, erased_on=None)
    rows = rows.exclude(state=WITHDRAWN).select_related("version", "organization")
    return rows.defer("version__definition", "texts").order_by("-start", "pk")


def number(value: Any) -> str:
    """A number as a paper writes it: 1.580.000, 13,6; a dash where it is not known."""
    if value is None:
        return DASH
    amount = Decimal(value)
    whole = amount == amount.to_integral_value()
    shown = f"{amount:,.0f}" if whole else f"{amount:,.2f}".rstrip("0")
    return shown.translate(str.maketrans(",.", ".,"))


def few(count: int, least: int) -> str:
    """A number of people, or that it is too small to be told."""
    return "prea puțini" if count < least else number(count)


def short(day: dt.date | None) -> str:
    """A day as a paper writes it in a table."""
    return f"{day:%d.%m.%Y}" if day else ""


def day_of(moment: dt.datetime) -> dt.date:
    """The day of a moment here."""
    return timezone.localtime(moment).date()
