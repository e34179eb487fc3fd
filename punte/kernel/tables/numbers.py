"""Numbers as people write them: `1.234,56`, `1 234,56`, `1234.56`, `1234`."""

import math
import re
from decimal import Decimal

from django.utils.translation import gettext as _

from punte.kernel.tables.letters import shown
from punte.kernel.tables.shape import Cell, Unreadable

_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_UNCLEAR = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_SHORTENED = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")
_MOST_DIGITS = 15


def number(cell: Cell) -> Decimal:
    """The number in a cell, Romanian or plain; a dot before groups of three digits divides thousands.

    Raises:
        Unreadable: it is not a number, or may be read in two ways.
    """
    if isinstance(cell, bool) or not isinstance(cell, str | int | float | Decimal):
        raise Unreadable(_("This should be a number, such as 1234 or 1.234,56."))
    if isinstance(cell, str):
        return _written(cell)
    if isinstance(cell, float) and not math.isfinite(cell):
        raise Unreadable(_("This is not a number."))
    found = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
    return _small_enough(found)


def _written(text: str) -> Decimal:
    sign, digits = (-1, text[1:].lstrip()) if text[:1] in ("-", "−") else (1, text)
    if _UNCLEAR.fullmatch(digits):
        raise Unreadable(
            _("“%(text)s” can be read in two ways. Write %(whole)s, or a number with at most two decimals.")
            % {"text": text, "whole": digits.replace(",", "")}
        )
    if _SHORTENED.fullmatch(digits):
        raise Unreadable(
            _("“%(text)s” was shortened by the program. Write all its digits.") % {"text": shown(text)}
        )
    if _GROUPED.fullmatch(digits):
        plain = digits.replace(".", "").replace(",", ".")
    elif _SPACED.fullmatch(digits):
        plain = digits.replace(" ", "").replace(",", ".")
    elif _PLAIN.fullmatch(digits):
        plain = digits.replace(",", ".")
    else:
        raise Unreadable(
            _("“%(text)s” is not a number. Write it as 1234 or 1.234,56.") % {"text": shown(text)}
        )
    if len(plain) > _MOST_DIGITS + 4:
        raise Unreadable(_("The number is too large."))
    return sign * _small_enough(Decimal(plain))


def _small_enough(found: Decimal) -> Decimal:
    if abs(found) >= Decimal(10) ** _MOST_DIGITS:
        raise Unreadable(_("The number is too large."))
    return found
