"""The tables of a file as they are written, for whoever says afterwards what each column means.

`read_table` refuses a file with anything wrong in it; a register of a commune is never wholly right, so here every line
is kept with what is wrong with it, and only what is no line of anybody is passed over, and said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from punte.kernel.tables.csv_file import csv_lines
from punte.kernel.tables.guesses import Guessed, Guesses
from punte.kernel.tables.header import is_number_of_line, numbers_lines
from punte.kernel.tables.kinds import CSV, kind_of
from punte.kernel.tables.letters import letter_of, shown, with_comma
from punte.kernel.tables.reading import Line, filled_lines, header_of, titles_of
from punte.kernel.tables.shape import Cell, Column, Problems, Spoiled
from punte.kernel.tables.xlsx_file import xlsx_sheets
from punte.kernel.text import fold

_TOTALS = ("total", "subtotal", "totalul")
_TOTAL_ALONE = ("suma", "suma:")
"""Suma and Șuma are family names too."""


@dataclass
class Sheet:
    """One table of a file.

    Attributes:
        name: of the sheet of the workbook; empty for a CSV file.
        titles: of each place; the letter of the place where it has none, and after a title that is there twice.
        lines: the lines below the header that may be of somebody, with their numbers.
        passed_over: how many lines were not, empty ones aside.
    """

    name: str
    titles: list[str] = field(default_factory=list)
    lines: list[tuple[int, list[Cell | None]]] = field(default_factory=list)
    passed_over: int = 0


def read_sheets(content: bytes, *, filename: str, columns: Sequence[Column], guesses: Guesses) -> list[Sheet]:
    """Every table of a CSV or XLSX file that has some of the columns.

    Args:
        columns: by whose titles a header is known.
        guesses: where it is noted what was passed over or read otherwise than it is written.

    Raises:
        DamagedTable: the file cannot be read, or has no such table.
    """
    titles = titles_of(columns)
    if kind_of(content, filename) == CSV:
        return [_sheet("", csv_lines(content, titles=titles, guesses=guesses), titles, guesses)]
    return [
        _sheet(name, lines, titles, guesses)
        for name, lines in xlsx_sheets(content, titles=titles, guesses=guesses)
    ]


def _sheet(name: str, lines: Iterator[Line], titles: frozenset[str], guesses: Guesses) -> Sheet:
    problems = Problems()
    filled = filled_lines(lines)
    (_at, header), below = header_of(filled, titles, problems, guesses)
    problems.refuse_any()
    width = max(len(header), max((len(cells) for _line, cells in below), default=0))
    sheet = Sheet(name, _titles(header, width))
    numbering = {place for place, title in enumerate(sheet.titles) if numbers_lines(title)}
    for line, cells in (*below, *filled):
        why = _no_line_of_anybody(cells, numbering)
        if why:
            sheet.passed_over += 1
            guesses.add(why, line, written=_in_words(cells))
            continue
        for place in range(len(sheet.titles), len(cells)):
            sheet.titles.append(letter_of(place))
        sheet.lines.append((line, cells))
    return sheet


def _titles(header: Sequence[Cell | None], width: int) -> list[str]:
    titles: list[str] = []
    for place in range(width):
        cell = header[place] if place < len(header) else None
        title = shown(with_comma(" ".join(str(cell).split()))) if cell is not None else ""
        letter = letter_of(place)
        titles.append(f"{title} ({letter})" if title in titles else title or letter)
    return titles


def _no_line_of_anybody(cells: Sequence[Cell | None], numbering: set[int]) -> Guessed | None:
    said = [place for place, cell in enumerate(cells) if cell is not None]
    if all(place in numbering and is_number_of_line(cells[place]) for place in said):
        return Guessed.NUMBER_ALONE
    texts = [fold(cell).strip() for cell in cells if isinstance(cell, str)]
    if len(texts) == 1 and (texts[0].split(" ")[0] in _TOTALS or texts[0] in _TOTAL_ALONE):
        return Guessed.TOTAL
    return None


def _in_words(cells: Sequence[Cell | None]) -> str:
    return " ".join(str(cell) for cell in cells if cell is not None and not isinstance(cell, Spoiled))
