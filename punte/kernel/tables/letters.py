"""Letters that should not stand in a cell: cedillas, broken encodings, marks that cannot be seen."""

import re
import unicodedata

from django.utils.translation import gettext as _

from punte.kernel.tables.shape import LIMITS, Unreadable
from punte.kernel.text import fold

_WITH_COMMA = str.maketrans({"ş": "ș", "ţ": "ț", "Ş": "Ș", "Ţ": "Ț"})
_NOTHING = re.compile(r"[-–—−_]+|[/\\]|\.{2,}|…")
_NOTHING_IN_WORDS = {"n a", "nu e cazul", "nu este cazul", "nu se aplica"}
_KEPT = {"\n", "\t"}
_SHOWN = 60
_OUR_LETTERS = "ăâîșțşţĂÂÎȘȚŞŢáéíóöőúüűÁÉÍÓÖŐÚÜŰ"


def _as_read(letter: str, page: str) -> str:
    return letter.encode().decode(page, "ignore")


_WRITTEN_APART = {
    read
    for letter in _OUR_LETTERS
    for page in ("cp1252", "cp1250")
    if len(read := _as_read(letter, page)) == 2
}
_OF_FORMULAS = ("=", "+", "-", "@")


def tidy(written: str) -> str:
    """A text as it is compared and kept: one form of each letter, no spaces around, no odd spaces within.

    A leading apostrophe that was put there so that a text should not be taken for a formula goes.
    """
    text = written.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = "".join(" " if unicodedata.category(mark) == "Zs" else mark for mark in text)
    text = text.strip()
    return text[1:].lstrip() if text[:1] == "'" and text[1:2] in _OF_FORMULAS else text


def with_comma(text: str) -> str:
    """The text with ș and ț where it has the Turkish letters with a cedilla that stood for them."""
    return text if text.isascii() else text.translate(_WITH_COMMA)


def says_nothing(text: str) -> bool:
    """Whether a tidy text stands for an empty cell: „-”, „n/a”, „nu e cazul”."""
    return bool(_NOTHING.fullmatch(text)) or len(text) < _SHOWN and fold(text) in _NOTHING_IN_WORDS


def check_letters(text: str) -> None:
    """See that a tidy text can be kept.

    Raises:
        Unreadable: it is too long, or has letters broken by a wrong encoding or marks unseen.
    """
    if text.isascii() and text.isprintable() and len(text) <= LIMITS.cell:
        return
    if len(text) > LIMITS.cell:
        raise Unreadable(_("The cell is too long: at most %(most)s characters.") % {"most": LIMITS.cell})
    if "\ufffd" in text or _broken(text):
        raise Unreadable(
            _("Letters were lost when the file was saved: “%(text)s”. Save it again as UTF-8.")
            % {"text": shown(text)}
        )
    if any(unicodedata.category(mark) in ("Cc", "Cf", "Co", "Cs") for mark in text if mark not in _KEPT):
        raise Unreadable(_("The cell has marks that cannot be seen. Write the text again."))


def shown(text: str) -> str:
    """A text short enough for a message, without what cannot be seen."""
    visible = "".join(mark if mark.isprintable() else "·" for mark in text[: _SHOWN + 1])
    return visible if len(visible) <= _SHOWN else f"{visible[:_SHOWN]}…"


def _broken(text: str) -> bool:
    """Whether letters are two marks each, as UTF-8 looks when it is read in a code page of Windows („È™coala”)."""
    return not _WRITTEN_APART.isdisjoint(text[at : at + 2] for at in range(len(text) - 1))


def letter_of(place: int) -> str:
    """The letter above a column, counted from 0: A, B, … AA."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(place + 1)
