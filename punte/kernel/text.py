"""Text of every alphabet: folding for comparison, signs that nobody sees; counted nouns in Romanian."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_LETTERS = json.loads((Path(__file__).parents[2] / "content" / "letters.json").read_text("utf-8"))
"""Data of the tablet too: `frontend/src/shared/fold.ts` folds by the same table, in the same steps."""
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_MARK = re.compile("[" + "".join(rf"\u{first}-\u{last}" for first, last in _LETTERS["marks"]) + "]+")
_INNER = re.compile(rf"(?<=[^\W\d_])[{''.join(_LETTERS['inner'])}](?=[^\W\d_])")
_READ_IN_SEVERAL_WAYS = re.compile(
    f"[{''.join({letter for reading in _LETTERS['other_readings'] for key in reading for letter in key} - {'^'})}]"
)


@dataclass(frozen=True)
class _Reading:
    """What each letter becomes. `^` before a letter: at the beginning of a word; two letters: together."""

    letters: Mapping[str, str]
    inner: Mapping[str, str]

    @cached_property
    def _steps(self) -> tuple[list[tuple[re.Pattern[str], Mapping[str, str]]], ...]:
        """Before letters are parted from their marks, and after."""
        whole = {key for key in self.letters if unicodedata.normalize("NFKD", key) != key}
        return self._replacements(whole), self._replacements(self.letters.keys() - whole)

    def _replacements(self, keys: set[str]) -> list[tuple[re.Pattern[str], Mapping[str, str]]]:
        first = {key[1:]: self.letters[key] for key in keys if key.startswith("^")}
        others = {key: self.letters[key] for key in keys if not key.startswith("^")}
        return [
            (re.compile(before + f"(?:{'|'.join(sorted(some, key=len, reverse=True))})"), some)
            for before, some in ((r"(?<![^\W_])", first), ("", others))
            if some
        ]

    def fold(self, text: str) -> str:
        text = unicodedata.normalize("NFC", without_unseen(text)).lower()
        text = _INNER.sub(lambda found: self.inner.get(found[0], found[0]), text)
        whole, parted = self._steps
        text = _MARK.sub("", unicodedata.normalize("NFKD", _replaced(text, whole)).lower())
        text = unicodedata.normalize("NFC", _replaced(text, parted))
        kept = (sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else " " for sign in text)
        return " ".join("".join(kept).split())


def _replaced(text: str, replacements: list[tuple[re.Pattern[str], Mapping[str, str]]]) -> str:
    for pattern, letters in replacements:
        text = pattern.sub(lambda found, letters=letters: letters[found[0]], text)  # type: ignore[misc]
    return text


_FIRST = _Reading(_LETTERS["letters"], _LETTERS["inner"])
_OTHERS = tuple(_Reading({**_LETTERS["letters"], **reading}, {}) for reading in _LETTERS["other_readings"])


def fold(text: str) -> str:
    """The text as it is compared: small letters of every alphabet without their marks, words apart by one space.

    Letters that Unicode does not part become their plain letter (`đ`, `ł`, `ß`), Cyrillic and Greek are read as in
    passports, and `î` within a word is `â`, as it has been written since 1993. Letters of other alphabets stay.
    """
    if text.isascii():
        return _NOT_PLAIN.sub(" ", text.lower()).strip()
    return _FIRST.fold(text)


def readings(text: str) -> list[str]:
    """The folded text, and the ways in which others write it: „Григорий” is Grigorii and Hryhorii; each once."""
    if text.isascii() or not _READ_IN_SEVERAL_WAYS.search(unicodedata.normalize("NFC", text).lower()):
        return [fold(text)]
    return list(dict.fromkeys([fold(text), *(reading.fold(text) for reading in _OTHERS)]))


def alphabet_of(text: str) -> str:
    """The alphabet of the first letter, as Unicode names it; LATIN where there is none."""
    letter = next((sign for sign in text if sign.isalpha()), "a")
    return unicodedata.name(letter, "LATIN").split()[0]


def without_unseen(text: str) -> str:
    """The text without signs that nobody sees: marks of direction, spaces of no width, soft hyphens."""
    if text.isascii():
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def plain_number(text: str) -> str:
    """A number as its digits are seen: without spaces of any kind and signs that nobody sees, digits of any alphabet as
    ours, dashes of any kind as a hyphen. Whatever else is in it stays.
    """
    return "".join(_plain_sign(sign) for sign in text if unicodedata.category(sign)[0] not in "CZM")


def _plain_sign(sign: str) -> str:
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    return "-" if unicodedata.category(sign) == "Pd" or sign == "\u2212" else sign


def counted(number: int, one: str, few: str) -> str:
    """A number with its noun, as Romanian says it: `1 zi`, `19 zile`, `20 de zile`, `101 zile`.

    Source: Romanian Academy, the numeral takes „de” where its last two digits are 00 or 20 to 99.
    """
    if number == 1:
        return f"1 {one}"
    of = "de " if number % 100 == 0 and number != 0 or number % 100 >= 20 else ""
    return f"{number} {of}{few}"
