"""Tables that people take away: CSV and XLSX that open as they should and run nothing."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from punte.kernel.tables.letters import letter_of

_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_WORKBOOKS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_NARROWEST, _WIDEST, _LONGEST_TITLE, _LONGEST_CELL = 8, 60, 31, 32_767


def write_csv(header: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file in UTF-8 with its mark (for Excel), cells apart by commas.

    Numbers stay numbers, with a dot before the decimals; days are written 2026-12-31. A text that a program would
    take for a formula gets an apostrophe before it.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    for row in (header, *rows):
        writer.writerow([_in_csv(value) for value in row])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def write_xlsx(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook with a sheet for each title; the first row of a sheet is its header, bold and always in sight.

    Numbers, days and truth values keep their kind; a text is a text, whatever it begins with.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for title, rows in _titled(sheets):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, width in enumerate(_widths(rows)):
            sheet.column_dimensions[letter_of(place)].width = width
        for line, row in enumerate(rows):
            sheet.append([_in_workbook(sheet, value, heading=line == 0) for value in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _in_csv(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.datetime):
        return _local(value).isoformat(timespec="seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.startswith(_OF_FORMULAS) else text


def _in_workbook(sheet: Any, value: object, *, heading: bool) -> object:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    if isinstance(value, dt.datetime):
        return _local(value).replace(tzinfo=None)
    if value is None or isinstance(value, bool | int | float | Decimal | dt.date | dt.time) and not heading:
        return value
    text = _NOT_IN_WORKBOOKS.sub("", str(value))[:_LONGEST_CELL]
    if not heading and not text.startswith(_OF_FORMULAS):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_OF_FORMULAS)
    if heading:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _local(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _titled(
    sheets: Mapping[str, Sequence[Sequence[object]]],
) -> Iterable[tuple[str, Sequence[Sequence[object]]]]:
    """Sheets under titles that a workbook bears: short, without its own marks, each once."""
    taken: set[str] = set()
    for number, (title, rows) in enumerate(sheets.items(), 1):
        plain = " ".join(_NOT_IN_TITLES.sub(" ", str(title)).split())[:_LONGEST_TITLE] or str(number)
        while plain.casefold() in taken:
            plain = f"{plain[: _LONGEST_TITLE - 4]} {number}"
            number += 1
        taken.add(plain.casefold())
        yield plain, rows


def _widths(rows: Sequence[Sequence[object]]) -> list[int]:
    widths: list[int] = []
    for row in rows[:500]:
        for place, value in enumerate(row):
            if place == len(widths):
                widths.append(_NARROWEST)
            widths[place] = min(_WIDEST, max(widths[place], _length(value) + 2))
    return widths


def _length(value: object) -> int:
    if isinstance(value, str | Promise):
        return max(map(len, str(value).splitlines()), default=0)
    return len(str(value)) if value is not None else 0
