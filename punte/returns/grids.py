"""An official table laid out in its own shape: heads, lines and cells as they are drawn, printed and taken along."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from punte.methodology.model import Text
from punte.returns.definition import Item, Key, OfficialTable
from punte.returns.official import Shown, Value

DASH, HELD_BACK = "–", "…"


@dataclass(frozen=True)
class Head:
    """What stands above a column."""

    label: str
    computed: bool = False
    seam: bool = False
    words: bool = False

    @property
    def look(self) -> str:
        """Its classes on the page."""
        return _classes(number=not self.words, seam=self.seam, counted=self.computed)


@dataclass(frozen=True)
class GridLine:
    """A line; `group` is told at the first of a group, `seam` at the first line that was counted."""

    label: str
    cells: Sequence[tuple[Head, Value]]
    group: str = ""
    total: bool = False
    computed: bool = False
    seam: bool = False

    @property
    def look(self) -> str:
        """Its classes on the page."""
        return _classes(total=self.total, seam=self.seam, counted=self.computed)


def _classes(**chosen: bool) -> str:
    return " ".join(name for name, holds in chosen.items() if holds)


@dataclass(frozen=True)
class Grid:
    """One table on paper: of a table without periods on its axes there is one for each period."""

    caption: str
    corner: str
    groups: Sequence[tuple[str, int]]
    heads: Sequence[Head]
    lines: Sequence[GridLine]
    computed: bool


def spoken(text: Text | None) -> str:
    """A text in the language of the page."""
    return (text.get((get_language() or "ro")[:2]) or text["ro"]) if text else ""


def written(value: Value) -> str:
    """A cell as it is read."""
    if value.held_back:
        return HELD_BACK
    return value.words or plain(value.number)


def plain(number: Decimal | None) -> str:
    """A number without needless decimals; a dash where there is none."""
    if number is None:
        return DASH
    rounded = round(number, 1)
    places = 0 if rounded == rounded.to_integral_value() else 1
    return number_format(rounded, decimal_pos=places, use_l10n=True, force_grouping=True)


def period_label(view: Shown, period: str) -> str:
    """A period as the table writes it; one that is not over yet says so."""
    made = view.extract[:10]
    if period in view.computed and made and _is_under_way(period, dt.date.fromisoformat(made)):
        return _("%(period)s, so far") % {"period": period}
    return view.table.as_day.replace("{name}", period)


def _is_under_way(period: str, day: dt.date) -> bool:
    quarter = f"{day.year}-T{(day.month - 1) // 3 + 1}"
    return period in (str(day.year), quarter, f"{day:%Y-%m}")


def grids(view: Shown) -> list[Grid]:
    """The table, laid out."""
    if view.table.in_time:
        return [_in_time(view)]
    return [_of_period(view, period) for period in view.periods]


def _in_time(view: Shown) -> Grid:
    table, counted = view.table, view.computed
    # Where nothing was published before it there is no seam.
    first = counted[0] if counted and len(counted) < len(view.periods) else None
    if table.columns.of == "periods":
        heads = [Head(period_label(view, one), one in view.computed, one == first) for one in view.periods]
        lines = [
            _line(
                item,
                [(head, view.at(item.key, "", one)) for head, one in zip(heads, view.periods, strict=True)],
            )
            for item in view.lines
        ]
        return Grid(
            "", spoken(table.lines.head), _over(table, len(heads)), heads, _grouped(view.lines, lines), False
        )
    heads = [Head(spoken(item.label), words=item.words) for item in view.columns]
    lines = [
        GridLine(
            period_label(view, one),
            [(head, view.at("", item.key, one)) for head, item in zip(heads, view.columns, strict=True)],
            computed=one in view.computed,
            seam=one == first,
        )
        for one in view.periods
    ]
    return Grid("", spoken(table.lines.head), _groups(view.columns), heads, lines, False)


def _of_period(view: Shown, period: str) -> Grid:
    heads = [Head(spoken(item.label), words=item.words) for item in view.columns]
    lines = []
    for item in view.lines:
        cells = [
            (head, view.at(item.key, one.key, period)) for head, one in zip(heads, view.columns, strict=True)
        ]
        there = any((item.key, one.key, period) in view.values for one in view.columns)
        if there or not item.sums:
            lines.append((item, _line(item, cells)))
    kept = _grouped([item for item, _made in lines], [made for _item, made in lines])
    return Grid(
        period_label(view, period), spoken(view.table.lines.head), _groups(view.columns), heads, kept,
        period in view.computed,
    )  # fmt: skip


def _line(item: Item, cells: Sequence[tuple[Head, Value]]) -> GridLine:
    return GridLine(spoken(item.label), cells, total=bool(item.sums))


def _over(table: OfficialTable, columns: int) -> list[tuple[str, int]]:
    head = spoken(table.columns.head)
    return [(head, columns)] if head else []


def _groups(items: Sequence[Item]) -> list[tuple[str, int]]:
    if not any(item.group for item in items):
        return []
    return [(name, len(list(rows))) for name, rows in groupby(spoken(item.group) for item in items)]


def _grouped(items: Sequence[Item], lines: Sequence[GridLine]) -> list[GridLine]:
    made, last = [], ""
    for item, line in zip(items, lines, strict=True):
        group = spoken(item.group)
        made.append(
            GridLine(
                line.label, line.cells, group if group != last else "", line.total, line.computed, line.seam
            )
        )
        last = group
    return made


def sheet_of(view: Shown) -> list[list[object]]:
    """The table as one sheet: a line for each cell's line and period, where each number comes from at the end."""
    rows: list[list[object]] = []
    for grid in grids(view):
        rows.append([grid.caption or grid.corner, *(head.label for head in grid.heads), _("Where from")])
        for line in grid.lines:
            label = f"{line.group}: {line.label}" if line.group else line.label
            cells = [_taken(value) for _head, value in line.cells]
            rows.append([label, *cells, _source(view, [value for _head, value in line.cells])])
    return rows


def _taken(value: Value) -> object:
    if value.held_back:
        return HELD_BACK
    return value.words or value.number


def _source(view: Shown, values: Sequence[Value]) -> str:
    printed = sorted(
        {value.source_line for value in values if value.source_line}, key=lambda line: (len(line), line)
    )
    told = [_("document 002, lines %(lines)s") % {"lines": ", ".join(printed)}] if printed else []
    if any(value.computed for value in values):
        told.append(_("counted, extract %(name)s") % {"name": view.extract})
    return "; ".join(told)


def where(view: Shown, key: Key) -> str:
    """A cell in words: its line, its column, its period."""
    names = [
        next((spoken(item.label) for item in items if item.key == part), "")
        for items, part in ((view.lines, key[0]), (view.columns, key[1]))
    ]
    return ", ".join(filter(None, (*names, period_label(view, key[2]) if key[2] else "")))
