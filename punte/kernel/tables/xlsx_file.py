"""Lines of a workbook, opened with caution: what it would unpack to is added up before anything is parsed."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from punte.kernel.tables.guesses import Guessed, Guesses
from punte.kernel.tables.header import SEARCHED, header_at
from punte.kernel.tables.letters import letter_of
from punte.kernel.tables.shape import LIMITS, Cell, DamagedTable, Spoiled, damaged

if TYPE_CHECKING:
    from openpyxl import Workbook

_PARTS = 500
_WIDEST = 1_000
_WIDTH_OF_A_HEADING = 3
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Z0-9:]{2,30})[\"']")
_OTHER_FILES = ("word/document.xml", "ppt/presentation.xml", "content.xml")


def xlsx_lines(content: bytes, *, titles: frozenset[str]) -> Iterator[tuple[int, Sequence[Cell | None]]]:
    """Every row of the sheet whose header is asked for, with its number.

    Args:
        titles: folded titles that the header may have; they tell which sheet is meant.

    Raises:
        DamagedTable: not a workbook, too large, damaged, with cells merged below the title, formulas or errors.
    """
    parts = _parts(content)
    try:
        book = _opened(content)
        sheet, header = _sheet_meant(book, titles)
        _refuse_merged(sheet, parts, header)
        yield from _rows(sheet)
    except DamagedTable:
        raise
    except Exception:  # a broken workbook breaks the library in many ways
        raise damaged(_damaged()) from None


def xlsx_sheets(
    content: bytes, *, titles: frozenset[str], guesses: Guesses
) -> Iterator[tuple[str, Iterator[tuple[int, Sequence[Cell | None]]]]]:
    """Every sheet whose header is asked for: its name and its rows.

    What stands in cells merged downwards is given for each of their rows; a row that is one merged cell is a heading
    within the table and is left out.

    Raises:
        DamagedTable: not a workbook, too large, damaged, or none of its sheets is asked for.
    """
    parts = _parts(content)
    try:
        book = _opened(content)
        found = 0
        for sheet in book.worksheets:
            header = _header_of(sheet, titles)
            if header:
                found += 1
                yield sheet.title, _or_damaged(_spread(sheet, parts, header, guesses))
            else:
                guesses.add(Guessed.SHEET, None, written=sheet.title)
    except DamagedTable:
        raise
    except Exception:
        raise damaged(_damaged()) from None
    if not found:
        raise damaged(_("No sheet has a table with such columns. Name the columns as in the model file."))


def _or_damaged(
    lines: Iterator[tuple[int, Sequence[Cell | None]]],
) -> Iterator[tuple[int, Sequence[Cell | None]]]:
    """The rows; a sheet that breaks somewhere below is damaged too."""
    try:
        yield from lines
    except DamagedTable:
        raise
    except Exception:
        raise damaged(_damaged()) from None


def _opened(content: bytes) -> "Workbook":
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content), read_only=True, keep_links=False)


def _spread(
    sheet: Any, parts: dict[str, bytes], header: int, guesses: Guesses
) -> Iterator[tuple[int, Sequence[Cell | None]]]:
    from openpyxl.utils import range_boundaries

    part = parts.get(sheet._worksheet_path, b"")
    headings: set[int] = set()
    begins: dict[int, list[tuple[int, int]]] = {}
    for match in _MERGED.findall(part):
        bounds: Any = range_boundaries(match.decode())
        left, top, right, bottom = bounds
        if top <= header:
            continue
        if right - left + 1 >= _WIDTH_OF_A_HEADING:
            headings.add(top)
        elif bottom > top:
            begins.setdefault(top, []).append((left - 1, bottom))
    open_: dict[int, tuple[Cell | None, int]] = {}
    for line, cells in _rows(sheet):
        values = list(cells)
        if line in headings and sum(value is not None for value in values) == 1:
            guesses.add(Guessed.HEADING, line, written=next(value for value in values if value is not None))
            continue
        for place, bottom in begins.get(line, ()):
            if place < len(values):
                open_[place] = (values[place], bottom)
        for place, (value, bottom) in list(open_.items()):
            if line > bottom:
                del open_[place]
            elif place < len(values) and values[place] is None and value is not None:
                values[place] = value
                guesses.add(Guessed.MERGED, line, column=letter_of(place), read=str(value))
        yield line, values


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


def _sheet_meant(book: "Workbook", titles: frozenset[str]) -> tuple[Any, int]:
    """The sheet whose header has the titles asked for, and the line of that header; the first where none has."""
    meant = [(sheet, header) for sheet in book.worksheets if (header := _header_of(sheet, titles))]
    if len(meant) > 1:
        names = ", ".join(f"“{sheet.title}”" for sheet, _header in meant)
        raise damaged(_("The table is in several sheets: %(names)s. Leave one.") % {"names": names})
    if not book.worksheets:
        raise damaged(_("The workbook has no sheet."))
    return meant[0] if meant else (book.worksheets[0], 1)


def _header_of(sheet: Any, titles: frozenset[str]) -> int:
    """The line of its header, 0 where it has none."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=2 * SEARCHED, max_col=LIMITS.columns, values_only=True)
    filled = [(line, row) for line, row in enumerate(rows, 1) if any(cell is not None for cell in row)]
    at = header_at([row for _line, row in filled], titles)
    return 0 if at is None else filled[at][0]


def _refuse_merged(sheet: Any, parts: dict[str, bytes], header: int) -> None:
    """A title above the header may be merged; cells of the table may not."""
    part = parts.get(sheet._worksheet_path, b"")
    ranges = [match.decode() for match in _MERGED.findall(part)]
    merged = [one for one in ranges if _line_of(one.rpartition(":")[2]) >= header]
    if merged:
        named = ", ".join(merged[:10]) + ("…" if len(merged) > 10 else "")
        raise damaged(
            _("Cells are merged (%(ranges)s). Unmerge them and write the value in every cell.")
            % {"ranges": named},
            line=_line_of(merged[0].split(":")[0]),
        )


def _line_of(cell: str) -> int:
    return int(re.sub(r"[^0-9]", "", cell) or 1)


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
