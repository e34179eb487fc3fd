"""Lines of a CSV file, as Excel, LibreOffice or a machine write it."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from punte.kernel.tables.guesses import Guessed, Guesses
from punte.kernel.tables.header import SEARCHED
from punte.kernel.tables.shape import LIMITS, DamagedTable, Spoiled, damaged
from punte.kernel.text import fold

_SEPARATORS = (",", ";", "\t")
_SAYS_SEPARATOR = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
_FORMULA = re.compile(r"\s*=")


_CODE_PAGE = "cp1250"
_OF_THE_CODE_PAGE = frozenset("ăâîşţĂÂÎŞŢáéíóöőúüűÁÉÍÓÖŐÚÜŰäÄß„”“’‘«»–—…§°\xa0")


def csv_lines(
    content: bytes, *, titles: frozenset[str], guesses: Guesses
) -> Iterator[tuple[int, Sequence[str | Spoiled]]]:
    """Every record with the line on which it begins.

    Args:
        titles: folded titles that the header may have; they tell what separates the cells.
        guesses: where it is noted that the letters are saved otherwise than as UTF-8.

    Raises:
        DamagedTable: letters saved in no way that is known, empty bytes, a quotation mark left open, a line too long.
    """
    text = _decoded(content, guesses)
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


def _decoded(content: bytes, guesses: Guesses) -> str:
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
        found = _of_code_page(content)
        line = content.count(b"\n", 0, wrong.start) + 1
        if found is None:
            raise _not_utf8(line) from None
        guesses.add(Guessed.CODE_PAGE, line, read=found.splitlines()[line - 1] if found else "")
        return found


def _of_code_page(content: bytes) -> str | None:
    """The text as the Windows of Central Europe writes it; None where it has other letters than are written here.

    Romanian and Hungarian letters have the same bytes in ISO 8859-2 and 8859-16.
    """
    try:
        text = content.decode(_CODE_PAGE)
    except UnicodeDecodeError:
        return None
    return text if all(mark.isascii() or mark in _OF_THE_CODE_PAGE for mark in text) else None


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
    beginning = io.StringIO(text[: 2 * LIMITS.line], newline="")
    lines = [line for line in beginning if line.strip()][:SEARCHED]
    first = lines[0] if lines else ""
    declared = _SAYS_SEPARATOR.match(first)
    if declared and declared[1] in _SEPARATORS:
        return True, declared[1]

    def agreement(separator: str) -> tuple[int, int]:
        rows = (next(csv.reader([line[: LIMITS.cell]], delimiter=separator), []) for line in lines)
        best = max((sum(fold(cell) in titles for cell in cells) for cells in rows), default=0)
        return best, first.count(separator)

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
