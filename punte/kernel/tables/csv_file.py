"""Lines of a CSV file, as Excel, LibreOffice or a machine write it."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from punte.kernel.tables.shape import LIMITS, DamagedTable, Spoiled, damaged
from punte.kernel.text import fold

_SEPARATORS = (",", ";", "\t")
_SAYS_SEPARATOR = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
_FORMULA = re.compile(r"\s*=")


def csv_lines(content: bytes, *, titles: frozenset[str]) -> Iterator[tuple[int, Sequence[str | Spoiled]]]:
    """Every record with the line on which it begins.

    Args:
        titles: folded titles that the header may have; they tell what separates the cells.

    Raises:
        DamagedTable: not UTF-8, empty bytes, a quotation mark left open, a line too long.
    """
    text = _decoded(content)
    _check_lengths(text)
    declared, separator = _separator(text, titles)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if not (declared and begins == 1):
                yield begins, [_cell(cell) for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as wrong:
        raise _misquoted(str(wrong), begins) from None


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_utf8(None)
    if b"\x00" in content:
        line = content.count(b"\n", 0, content.index(b"\x00")) + 1
        raise damaged(
            _("There are empty bytes (NUL): this is not a table, or it was damaged on the way."), line=line
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _not_utf8(content.count(b"\n", 0, wrong.start) + 1) from None


def _not_utf8(line: int | None) -> DamagedTable:
    how = _(
        "The letters are not saved as UTF-8. In Excel choose File, Save as, “CSV UTF-8 (comma delimited)”;"
        " in LibreOffice choose the character set “Unicode (UTF-8)”. Or send the table as .xlsx."
    )
    return damaged(how, line=line)


def _check_lengths(text: str) -> None:
    for place, line in enumerate(io.StringIO(text, newline=""), 1):
        if len(line) > LIMITS.line:
            raise damaged(_("The line is too long to be one of a table."), line=place)


def _separator(text: str, titles: frozenset[str]) -> tuple[bool, str]:
    """Whether the first line only says what separates the cells, and what does."""
    lines = [line for line in io.StringIO(text[: 2 * LIMITS.line], newline="") if line.strip()][:1]
    first = lines[0] if lines else ""
    declared = _SAYS_SEPARATOR.match(first)
    if declared and declared[1] in _SEPARATORS:
        return True, declared[1]

    def agreement(separator: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=separator), [])
        return sum(fold(cell) in titles for cell in cells), first.count(separator)

    return False, max(_SEPARATORS, key=agreement)


def _cell(written: str) -> str | Spoiled:
    if _FORMULA.match(written):
        return Spoiled(
            _("The cell holds a formula. Copy the cells and paste them as values, then save the table again.")
        )
    return written


def _misquoted(words: str, line: int) -> DamagedTable:
    if "expected after" in words:
        return damaged(
            _("A quotation mark stands in the middle of a cell; inside quotation marks write it twice."),
            line=line,
        )
    return damaged(_('A quotation mark (") is opened and never closed.'), line=line)
