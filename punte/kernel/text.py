"""Romanian text: folding for comparison, counted nouns."""

import re
import unicodedata

_NOT_LETTER = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case without diacritics, comma or cedilla below, hyphens and other marks; words kept apart by one space."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return _NOT_LETTER.sub(" ", plain.lower()).strip()


def counted(number: int, one: str, few: str) -> str:
    """A number with its noun, as Romanian says it: `1 zi`, `19 zile`, `20 de zile`, `101 zile`.

    Source: Romanian Academy, the numeral takes „de” where its last two digits are 00 or 20 to 99.
    """
    if number == 1:
        return f"1 {one}"
    of = "de " if number % 100 == 0 and number != 0 or number % 100 >= 20 else ""
    return f"{number} {of}{few}"
