"""Texts, dates, ages and answers in Romanian, as a paper writes them."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from punte.kernel.papers import LANGUAGE
from punte.kernel.text import counted
from punte.methodology.model import Fact, Unit

"""Papers are official acts: they are written in Romanian whatever language the screens speak."""

_CEDILLA = str.maketrans("şţŞŢ", "șțȘȚ")
_LONG_GAP = re.compile(r"\n{2,}")
_POINT = re.compile(r"^\s*(?:\d{1,2}[.)](?!\d)|[-–—•*](?=\s|$))\s*")


def clean(text: str) -> str:
    """Text as it may be printed: composed, ș and ț with comma below, without control characters but the new line."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(
        _CEDILLA
    )
    printable = (
        mark for mark in composed if mark == "\n" or unicodedata.category(mark) not in ("Cc", "Cs", "Cn")
    )
    return "".join(printable).strip()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: parted by an empty line; single new lines stay inside."""
    return [part.strip() for part in _LONG_GAP.split(clean(text)) if part.strip()]


def listed(text: str) -> list[str]:
    """The points of a text, one a line, without the numbers or marks that their author put before them."""
    points = (_POINT.sub("", line).strip() for line in clean(text).splitlines())
    return [point for point in points if point]


def long_date(day: dt.date) -> str:
    """`20 noiembrie 2026`."""
    return format_date(day, "d MMMM y", locale=LANGUAGE)


def short_date(day: dt.date | None) -> str:
    """`20.11.2026`; empty for no date."""
    return day.strftime("%d.%m.%Y") if day else ""


def age_in_words(born: dt.date | None, *, on: dt.date) -> str:
    """`34 de ani`, `7 luni`, `sub o lună`; empty where the birth date is not known or comes after the day."""
    if born is None or born > on:
        return ""
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months < 1:
        return "sub o lună"
    return counted(months, "lună", "luni") if months < 12 else counted(months // 12, "an", "ani")


def answer_in_words(fact: Fact, value: Any) -> str:
    """An answer in words: the label of a choice, `da` or `nu`, a number with its noun."""
    if fact.type == "choice":
        return fact.choices[value][LANGUAGE] if value in fact.choices else str(value)
    if fact.type == "yesno":
        return "da" if value else "nu"
    if fact.type == "date":
        return short_date(value)
    if fact.type in ("integer", "decimal"):
        return _number(Decimal(str(value)), fact.unit)
    return clean(str(value))


def _number(value: Decimal, unit: Mapping[str, Unit] | None) -> str:
    number = format_decimal(value, format="#,##0.##", locale=LANGUAGE)
    if unit is None:
        return number
    words = unit[LANGUAGE]
    if value == 0 and words.zero:
        return words.zero
    if value == 1:
        return f"{number} {words.one}"
    few = value == 0 or value != value.to_integral_value() or 1 <= value % 100 <= 19
    return f"{number} {words.few if few else words.many}"
