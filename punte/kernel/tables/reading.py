"""One table out of a file: its header recognised, every cell read, every problem named; never half of it."""

import difflib
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _

from punte.kernel.tables.csv_file import csv_lines
from punte.kernel.tables.guesses import Guess, Guessed, Guesses
from punte.kernel.tables.header import (
    SEARCHED,
    header_at,
    is_number_of_line,
    numbers_columns,
    numbers_lines,
)
from punte.kernel.tables.kinds import CSV, kind_of
from punte.kernel.tables.letters import check_letters, letter_of, says_nothing, shown, tidy, with_comma
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
FilledLine = tuple[int, list[Cell | None]]
_MOST_OF_A_TITLE = 3
_MOST_LINES = 10 * LIMITS.rows


def read_table(
    content: bytes, *, filename: str, columns: Sequence[Column], guesses: Guesses | None = None
) -> list[TableRow]:
    """The rows of a CSV (comma, semicolon or tab) or XLSX file.

    The first line that names the columns is the header, in any order; a title above it and empty lines are passed
    over, and so is a column that only numbers the lines. Other columns that are not asked for are refused, so that
    nothing is lost without a word.

    Args:
        filename: as the person's machine calls it; its ending must tell the truth.
        guesses: where it is noted what was read otherwise than it is written.

    Raises:
        DamagedTable: anything is wrong; it names every place, and no row is given.
    """
    guesses = guesses if guesses is not None else Guesses()
    titles = titles_of(columns)
    csv_file = kind_of(content, filename) == CSV
    lines = (
        csv_lines(content, titles=titles, guesses=guesses) if csv_file else xlsx_lines(content, titles=titles)
    )
    problems = Problems()
    filled = filled_lines(lines)
    header, below = header_of(filled, titles, problems, guesses)
    table = _Table(columns, header, problems, guesses, whole=csv_file)
    problems.refuse_any()
    rows: list[TableRow] = []
    for line, cells in chain(below, filled):
        if len(rows) >= LIMITS.rows:
            raise damaged(_too_long(), line=line)
        row = table.row(line, cells)
        if row is not None:
            rows.append(row)
    problems.refuse_any()
    if not rows:
        raise damaged(_("The table has a header and no line below it."))
    return rows


def _too_long() -> str:
    return _("The table is too long: at most %(most)s lines.") % {"most": LIMITS.rows}


def titles_of(columns: Sequence[Column]) -> frozenset[str]:
    """The folded titles by which a header is known."""
    return frozenset(title for column in columns for title in column.titles)


def filled_lines(lines: Iterator[Line]) -> Iterator[FilledLine]:
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


def header_of(
    filled: Iterator[FilledLine], titles: frozenset[str], problems: Problems, guesses: Guesses
) -> tuple[FilledLine, list[FilledLine]]:
    """The header, and those of the lines looked at that stand below it."""
    first = list(islice(filled, SEARCHED))
    if not first:
        raise damaged(_("The table is empty."))
    at = header_at([cells for _line, cells in first], titles) or 0
    header = first[at]
    for line, cells in first[:at]:
        if _said(cells) > max(_MOST_OF_A_TITLE, _said(header[1]) // 2):
            problems.add(line, "", _("This line stands above the header of the table. Move it below."))
        else:
            words = " ".join(str(cell) for cell in cells if cell is not None)
            guesses.add(Guessed.TITLE, line, written=words)
    below = first[at + 1 :]
    if below and numbers_columns(below[0][1], width=_said(header[1])):
        guesses.add(Guessed.COLUMN_NUMBERS, below.pop(0)[0])
    return header, below


def _said(cells: Sequence[Cell | None]) -> int:
    return sum(cell is not None for cell in cells)


def _order(
    line: int, cells: Sequence[Cell | None], columns: Sequence[Column], problems: Problems, guesses: Guesses
) -> dict[int, Column | None]:
    """Which column stands where; a place without a title has none, one that numbers the lines is left out."""
    by_title = {title: column for column in columns for title in column.titles}
    order: dict[int, Column | None] = {}
    for place, cell in enumerate(cells):
        letter = letter_of(place)
        if cell is None:
            order[place] = None
            continue
        written = cell.message if isinstance(cell, Spoiled) else str(cell)
        title = with_comma(written)
        try:
            if isinstance(cell, Spoiled):
                raise Unreadable(title)
            check_letters(title)
        except Unreadable as wrong:
            problems.add(line, letter, wrong.message)
            order[place] = by_title.get(fold(title))
            continue
        column = by_title.get(fold(title))
        if title != written:
            guesses.add(
                Guessed.CEDILLA, line, column=str(column.title if column else ""), written=written, read=title
            )
        if column is None and numbers_lines(title):
            guesses.add(Guessed.NUMBERING, line, column=shown(title), written=title)
        elif column is None:
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


class _Table:
    """The lines below a header, read one by one."""

    def __init__(
        self,
        columns: Sequence[Column],
        header: FilledLine,
        problems: Problems,
        guesses: Guesses,
        *,
        whole: bool,
    ) -> None:
        """A table under its header; `whole` says that a line with fewer cells than the header has lost some."""
        line, cells = header
        self._problems, self._guesses = problems, guesses
        self._order = _order(line, cells, columns, problems, guesses)
        self._absent = dict.fromkeys(column.name for column in columns)
        self._width = len(cells)
        self._whole = whole
        self._titles = {place: str(cell) for place, cell in enumerate(cells) if place not in self._order}

    def row(self, line: int, cells: list[Cell | None]) -> TableRow | None:
        """One row; None for a line that has nothing but its number."""
        values: dict[str, Any] = dict(self._absent)
        if self._whole and len(cells) < self._width:
            self._problems.add(
                line,
                "",
                _("Cells on this line: %(cells)s; in the header: %(whole)s.")
                % {"cells": len(cells), "whole": self._width},
            )
            return TableRow(line, values)
        if self._is_number_alone(cells):
            self._guesses.add(Guessed.NUMBER_ALONE, line)
            return None
        self._check_beside(line, cells)
        for place, column in self._order.items():
            if column is not None:
                cell = cells[place] if place < len(cells) else None
                values[column.name] = self._value(line, cell, column)
        return TableRow(line, values)

    def _is_number_alone(self, cells: Sequence[Cell | None]) -> bool:
        said = [place for place, cell in enumerate(cells) if cell is not None]
        return all(place in self._titles and is_number_of_line(cells[place]) for place in said)

    def _check_beside(self, line: int, cells: Sequence[Cell | None]) -> None:
        """See that nothing would be lost that stands in no column of the table."""
        for place, cell in enumerate(cells):
            if cell is None or self._order.get(place) is not None:
                continue
            letter = letter_of(place)
            if place >= self._width:
                self._problems.add(line, letter, _("There is a value beyond the last column."))
            elif place in self._order:
                self._problems.add(line, letter, _("There is a value under a column without a title."))
            elif not is_number_of_line(cell):
                self._problems.add(
                    line,
                    letter,
                    _("The column “%(title)s” is not asked for, and says more than the number of the line.")
                    % {"title": shown(self._titles[place])},
                )

    def _value(self, line: int, cell: Cell | None, column: Column) -> Any:
        title = str(column.title)
        if isinstance(cell, str) and says_nothing(cell):
            self._guesses.add(Guessed.EMPTY, line, column=title, written=cell)
            cell = None
        if cell is None:
            if column.required:
                self._problems.add(line, title, _("This cell is empty and must say something."))
            return None
        try:
            return read_cell(cell, column, line=line, guesses=self._guesses)
        except Unreadable as wrong:
            self._problems.add(line, title, wrong.message)
            return None


def read_cell(cell: Cell, column: Column, *, line: int, guesses: Guesses) -> Any:
    """What a cell that is not empty says; what was guessed is noted.

    Raises:
        Unreadable: it does not say what the column asks for.
    """
    if isinstance(cell, Spoiled):
        raise Unreadable(cell.message)
    written = cell
    if isinstance(cell, str):
        cell = with_comma(cell)
        check_letters(cell)
        if cell != written:
            guesses.add(Guessed.CEDILLA, line, column=str(column.title), written=written, read=cell)
    read = column.read(cell)
    if isinstance(read, Guess):
        guesses.add(read.how, line, column=str(column.title), written=written, read=read.read)
        return read.value
    return read
