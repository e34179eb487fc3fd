"""One table out of a file: its header recognised, every cell read, every problem named; never half of it."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from punte.kernel.tables.csv_file import csv_lines
from punte.kernel.tables.kinds import CSV, kind_of
from punte.kernel.tables.letters import check_letters, shown, tidy
from punte.kernel.tables.shape import (
    LIMITS,
    Cell,
    Column,
    Problems,
    Spoiled,
    TableRow,
    Unreadable,
    damaged,
)
from punte.kernel.tables.xlsx_file import xlsx_lines
from punte.kernel.text import fold

Line = tuple[int, Sequence[Cell | None]]
_MOST_LINES = 10 * LIMITS.rows


def read_table(content: bytes, *, filename: str, columns: Sequence[Column]) -> list[TableRow]:
    """The rows of a CSV (UTF-8; comma, semicolon or tab) or XLSX file.

    The first line that is not empty names the columns, in any order; empty lines are passed over. Columns that are
    not asked for are refused, so that nothing is lost without a word.

    Args:
        filename: as the person's machine calls it; its ending must tell the truth.

    Raises:
        DamagedTable: anything is wrong; it names every place, and no row is given.
    """
    kind = kind_of(content, filename)
    lines = (csv_lines if kind == CSV else xlsx_lines)(content, titles=_titles(columns))
    problems = Problems()
    header, order = None, {}
    absent = dict.fromkeys(column.name for column in columns)
    rows: list[TableRow] = []
    for line, cells in _filled(lines):
        if header is None:
            header, order = len(cells), _order(line, cells, columns, problems)
            problems.refuse_any()
            continue
        if len(rows) >= LIMITS.rows:
            raise damaged(_too_long(), line=line)
        rows.append(_row(line, cells, order, problems, absent=absent, whole=header if kind == CSV else None))
    if header is None:
        raise damaged(_("The table is empty."))
    problems.refuse_any()
    if not rows:
        raise damaged(_("The table has a header and no line below it."))
    return rows


def _too_long() -> str:
    return _("The table is too long: at most %(most)s lines.") % {"most": LIMITS.rows}


def _titles(columns: Sequence[Column]) -> frozenset[str]:
    return frozenset(fold(str(column.title)) for column in columns)


def _filled(lines: Iterator[Line]) -> Iterator[tuple[int, list[Cell | None]]]:
    """Lines that say something, their texts tidy."""
    for line, cells in lines:
        tidied = [(tidy(cell) or None) if isinstance(cell, str) else cell for cell in cells]
        if line > _MOST_LINES:
            raise damaged(_too_long(), line=line)
        while tidied and tidied[-1] is None:
            tidied.pop()
        if not tidied:
            continue
        if len(tidied) > LIMITS.columns:
            raise damaged(
                _("The table is too wide: at most %(most)s columns.") % {"most": LIMITS.columns}, line=line
            )
        # An empty cell of a CSV file is still a cell: how many there are tells whether a line is whole.
        yield line, tidied + [None] * (len(cells) - len(tidied))


def _order(
    line: int, cells: Sequence[Cell | None], columns: Sequence[Column], problems: Problems
) -> dict[int, Column | None]:
    """Which column stands where; a place without a title has none."""
    by_title = {fold(str(column.title)): column for column in columns}
    order: dict[int, Column | None] = {}
    for place, cell in enumerate(cells):
        letter = get_column_letter(place + 1)
        if cell is None:
            order[place] = None
            continue
        title = cell.message if isinstance(cell, Spoiled) else str(cell)
        try:
            if isinstance(cell, Spoiled):
                raise Unreadable(title)
            check_letters(title)
        except Unreadable as wrong:
            problems.add(line, letter, wrong.message)
            order[place] = by_title.get(fold(title))
            continue
        column = by_title.get(fold(title))
        if column is None:
            problems.add(line, letter, _not_asked_for(title, columns))
        elif column in order.values():
            problems.add(line, letter, _("The column “%(title)s” is there twice.") % {"title": column.title})
        else:
            order[place] = column
    _name_missing(line, columns, order, problems)
    return order


def _not_asked_for(title: str, columns: Sequence[Column]) -> str:
    titles = [str(column.title) for column in columns]
    folded = {fold(one): one for one in titles}
    near = difflib.get_close_matches(fold(title), folded, n=1, cutoff=0.75)
    if near:
        return _("There is no column “%(title)s”. Did you mean “%(meant)s”?") % {
            "title": shown(title), "meant": folded[near[0]],
        }  # fmt: skip
    return _("There is no column “%(title)s”. The columns are: %(titles)s.") % {
        "title": shown(title), "titles": ", ".join(titles),
    }  # fmt: skip


def _name_missing(
    line: int, columns: Sequence[Column], order: dict[int, Column | None], problems: Problems
) -> None:
    there = [column.name for column in order.values() if column]
    for column in columns:
        if column.required and column.name not in there:
            problems.add(line, str(column.title), _("This column is missing."))


def _row(
    line: int,
    cells: list[Cell | None],
    order: dict[int, Column | None],
    problems: Problems,
    *,
    absent: Mapping[str, None],
    whole: int | None,
) -> TableRow:
    """One row; `whole` is how many cells a line must have, where the kind of file lets one be lost."""
    values: dict[str, Any] = dict(absent)
    if whole is not None and len(cells) < whole:
        problems.add(
            line,
            "",
            _("Cells on this line: %(cells)s; in the header: %(whole)s.")
            % {"cells": len(cells), "whole": whole},
        )
        return TableRow(line, values)
    for place, column in order.items():
        cell = cells[place] if place < len(cells) else None
        if column is None:
            if cell is not None:
                problems.add(
                    line, get_column_letter(place + 1), _("There is a value under a column without a title.")
                )
        else:
            values[column.name] = _value(line, cell, column, problems)
    for place in range(max(order, default=-1) + 1, len(cells)):
        if cells[place] is not None:
            problems.add(line, get_column_letter(place + 1), _("There is a value beyond the last column."))
    return TableRow(line, values)


def _value(line: int, cell: Cell | None, column: Column, problems: Problems) -> Any:
    if cell is None:
        if column.required:
            problems.add(line, str(column.title), _("This cell is empty and must say something."))
        return None
    try:
        if isinstance(cell, Spoiled):
            raise Unreadable(cell.message)
        if isinstance(cell, str):
            check_letters(cell)
        return column.read(cell)
    except Unreadable as wrong:
        problems.add(line, str(column.title), wrong.message)
        return None
