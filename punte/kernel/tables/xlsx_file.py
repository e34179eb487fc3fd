"""Lines of a workbook, opened with caution: what it would unpack to is added up before anything is parsed."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from punte.kernel.tables.shape import LIMITS, Cell, DamagedTable, Spoiled, damaged
from punte.kernel.text import fold

_PARTS = 500
_WIDEST = 1_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Z0-9:]{2,30})[\"']")
_OTHER_FILES = ("word/document.xml", "ppt/presentation.xml", "content.xml")


def xlsx_lines(content: bytes, *, titles: frozenset[str]) -> Iterator[tuple[int, Sequence[Cell | None]]]:
    """Every row of the sheet whose header is asked for, with its number.

    Args:
        titles: folded titles that the header may have; they tell which sheet is meant.

    Raises:
        DamagedTable: not a workbook, too large, damaged, with merged cells, formulas or errors.
    """
    parts = _parts(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = _sheet_meant(book, titles)
        _refuse_merged(sheet, parts)
        yield from _rows(sheet)
    except DamagedTable:
        raise
    except Exception:  # a broken workbook breaks the library in many ways
        raise damaged(_damaged()) from None


def _damaged() -> str:
    return _(
        "The workbook cannot be opened: it is damaged. Open it in Excel or LibreOffice, save it again as .xlsx and"
        " send that."
    )


def _parts(content: bytes) -> dict[str, bytes]:
    """The sheets of a workbook as bytes, after its size was found bearable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_bombs(entries)
            names = {entry.filename for entry in entries}
            if "xl/workbook.xml" not in names:
                raise damaged(_not_a_workbook(names))
            if any("vbaProject" in name for name in names):
                raise damaged(_("The workbook has macros. Save it as .xlsx, without macros."))
            texts = {entry.filename: archive.read(entry) for entry in entries}
    except DamagedTable:
        raise
    except Exception:
        raise damaged(_damaged()) from None
    if any(part.count(b"<") > LIMITS.marks for part in texts.values()):
        raise _too_large()
    if any(b"<!DOCTYPE" in part for part in texts.values()):
        raise damaged(_damaged())
    return texts


def _refuse_bombs(entries: Sequence[zipfile.ZipInfo]) -> None:
    if len(entries) > _PARTS or sum(entry.file_size for entry in entries) > LIMITS.unpacked:
        raise _too_large()
    if any(entry.flag_bits & 1 for entry in entries):
        raise damaged(_("The file has a password. Save it without one."))


def _too_large() -> DamagedTable:
    return damaged(
        _("The workbook is too large once unpacked. Send only the table, without other sheets and pictures.")
    )


def _not_a_workbook(names: set[str]) -> str:
    if names & set(_OTHER_FILES):
        return _("This is a document of another program. Save the table as .xlsx or .csv.")
    return _("This is a packed file, not a workbook. Send the table itself, as .xlsx or .csv.")


def _sheet_meant(book: openpyxl.Workbook, titles: frozenset[str]) -> Any:
    """The sheet whose header has the titles asked for; the first where none has."""
    meant = [sheet for sheet in book.worksheets if _has_header(sheet, titles)]
    if len(meant) > 1:
        names = ", ".join(f"“{sheet.title}”" for sheet in meant)
        raise damaged(_("The table is in several sheets: %(names)s. Leave one.") % {"names": names})
    if not book.worksheets:
        raise damaged(_("The workbook has no sheet."))
    return (meant or book.worksheets)[0]


def _has_header(sheet: Any, titles: frozenset[str]) -> bool:
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_row=20, max_col=LIMITS.columns, values_only=True):
        words = [fold(value) for value in row if isinstance(value, str)]
        if words:
            return 2 * len(titles.intersection(words)) >= min(len(words), len(titles))
    return False


def _refuse_merged(sheet: Any, parts: dict[str, bytes]) -> None:
    part = parts.get(sheet._worksheet_path, b"")
    merged = [match.decode() for match in _MERGED.findall(part)]
    if merged:
        named = ", ".join(merged[:10]) + ("…" if len(merged) > 10 else "")
        line = int(re.sub(r"[^0-9]", "", merged[0].split(":")[0]) or 1)
        raise damaged(
            _("Cells are merged (%(ranges)s). Unmerge them and write the value in every cell.")
            % {"ranges": named},
            line=line,
        )


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Cell | None]]]:
    # The size that a sheet claims may be a lie; its rows are counted as they come.
    sheet.reset_dimensions()
    for line, row in enumerate(sheet.iter_rows(), 1):
        if line > 2 * LIMITS.rows or line > LIMITS.rows + 1 and _says_something(row):
            raise damaged(
                _("The table is too long: at most %(most)s lines.") % {"most": LIMITS.rows}, line=line
            )
        if len(row) > _WIDEST:
            raise damaged(
                _("The table is too wide: at most %(most)s columns.") % {"most": LIMITS.columns}, line=line
            )
        yield line, [_value(cell) for cell in row]


def _says_something(row: Sequence[Any]) -> bool:
    return any(cell.value is not None for cell in row[:_WIDEST])


def _value(cell: Any) -> Cell | None:
    value = cell.value
    if cell.data_type == "f":
        return Spoiled(
            _("The cell holds a formula. Copy the cells and paste them as values, then save the table again.")
        )
    if cell.data_type == "e":
        return Spoiled(_("The cell holds an error (%(value)s).") % {"value": value})
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        return f"{(Decimal(repr(value)) * 100).normalize():f}%"
    if value is None or isinstance(value, str | int | float | dt.date | dt.time | dt.timedelta):
        return value
    return str(value)
