"""What a column asks of its cells: text, number, money, percent, day, yes or no, one of several, a code, a phone."""

import datetime as dt
import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from punte.kernel.days import is_meant
from punte.kernel.tables.guesses import Guess, Guessed
from punte.kernel.tables.letters import shown
from punte.kernel.tables.numbers import number
from punte.kernel.tables.shape import Cell, Reader, Unreadable
from punte.kernel.text import fold

_MONTHS = (
    "ianuarie", "februarie", "martie", "aprilie", "mai", "iunie",
    "iulie", "august", "septembrie", "octombrie", "noiembrie", "decembrie",
)  # fmt: skip
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./-] ?([0-9]{1,2})[./-] ?([0-9]{4})\.?(?: 0?0:00(?::00)?)?")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_IN_WORDS = re.compile(r"([0-9]{1,2}) ([a-z]{3,}) ([0-9]{4})")
_CURRENCY = re.compile(r"\s*(?:lei|ron)\.?$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:luni|marti|miercuri|joi|vineri|sambata|duminica) ")
_ONLY_A_NUMBER = re.compile(r"\+?[0-9 ().\-/]+")
_NATIONAL, _LONGEST_SHORT, _FIRST_OF_NATIONAL, _OUR_PREFIX = 10, 6, "23789", "40"
_FIRST_DAY, _EARLIEST, _LATEST = dt.date(1899, 12, 30), 10_000, 80_000
_YES = {"da", "d", "yes", "y", "x", "1", "true", "adevarat"}
_NO = {"nu", "n", "no", "0", "false", "fals"}
_OFFERED = 12


def text(*, most: int = 300, lines: bool = False) -> Reader:
    """A text of at most `most` characters, of one line unless `lines`; a number written as such is taken as text."""

    def read(cell: Cell) -> str:
        if isinstance(cell, dt.date | dt.time | dt.timedelta | bool):
            raise Unreadable(
                _(
                    "The program made something else of this text. Format the column as text and write it again."
                )
            )
        written = _plain(cell)
        if not lines:
            written = " ".join(written.split())
        if len(written) > most:
            raise Unreadable(
                _("The text is too long: %(length)s characters, at most %(most)s.")
                % {"length": len(written), "most": most}
            )
        return written

    return read


def email(cell: Cell) -> str:
    """An e-mail address."""
    written = _plain(cell)
    try:
        validate_email(written)
    except ValidationError:
        raise Unreadable(_("“%(text)s” is not an e-mail address.") % {"text": shown(written)}) from None
    return written


def integer(*, least: int = 0, most: int = 10_000_000) -> Reader:
    """A whole number from `least` to `most`."""

    def read(cell: Cell) -> int:
        found = number(cell)
        if found != found.to_integral_value():
            raise Unreadable(
                _("This should be a whole number, not %(number)s.") % {"number": _as_text(found)}
            )
        _within(found, least, most)
        return int(found)

    return read


def money(*, most: int = 100_000_000_000) -> Reader:
    """An amount of lei, never negative, with at most two decimals (Decimal)."""

    def read(cell: Cell) -> Decimal:
        found = number(_CURRENCY.sub("", cell) if isinstance(cell, str) else cell)
        exact = found.quantize(Decimal("0.01"))
        # A program that keeps numbers in binary writes 1234.56 as 1234.5600000000001.
        if abs(exact - found) > Decimal("0.000001"):
            raise Unreadable(
                _("An amount has at most two decimals: %(number)s.") % {"number": _as_text(found)}
            )
        if found < 0:
            raise Unreadable(_("An amount cannot be negative: %(number)s.") % {"number": _as_text(found)})
        _within(found, 0, most)
        return exact

    return read


def percent(*, most: int = 100) -> Reader:
    """A percentage from 0 to `most`, with or without its sign (Decimal)."""

    def read(cell: Cell) -> Decimal:
        found = number(cell.removesuffix("%").rstrip() if isinstance(cell, str) else cell)
        _within(found, 0, most)
        return found

    return read


def date(cell: Cell) -> dt.date | Guess:
    """A day: 31.12.2026, 31/12/2026, 2026-12-31, 31 decembrie 2026, 31-dec-2026, or a date of the workbook.

    A number of a workbook is the day for which the program keeps it, counted from 30 December 1899: a guess.
    """
    if isinstance(cell, dt.date):
        return _meant(cell.date() if isinstance(cell, dt.datetime) else cell)
    if isinstance(cell, int | float) and _EARLIEST <= cell <= _LATEST and cell == int(cell):
        found = _FIRST_DAY + dt.timedelta(days=int(cell))
        return Guess(found, Guessed.DAY, f"{found:%d.%m.%Y}")
    if not isinstance(cell, str):
        raise Unreadable(_("This should be a date, such as 31.12.2026. Format the cell as a date."))
    if match := _DAY_FIRST.fullmatch(cell):
        day, month, year = map(int, match.groups())
    elif match := _YEAR_FIRST.fullmatch(cell):
        year, month, day = map(int, match.groups())
    elif (match := _IN_WORDS.fullmatch(_WEEKDAY.sub("", fold(cell)))) and (named := _month(match[2])):
        day, month, year = int(match[1]), named, int(match[3])
    else:
        raise Unreadable(
            _("“%(text)s” is not a date. Write the day, the month and the year: 31.12.2026.")
            % {"text": shown(cell)}
        )
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise Unreadable(
            _("There is no such day: “%(text)s”. The day comes before the month.") % {"text": cell}
        ) from None
    return _meant(found)


def _meant(day: dt.date) -> dt.date:
    if not is_meant(day):
        raise Unreadable(_("There is something wrong with the year %(year)04d.") % {"year": day.year})
    return day


def _month(word: str) -> int | None:
    """1 to 12 for the name of a month or what a program shortens it to (`dec`, `sept`, `nov`)."""
    named = (at for at, name in enumerate(_MONTHS, 1) if name.startswith("noi" if word == "nov" else word))
    return next(named, None)


def yes_no(cell: Cell) -> bool:
    """Yes or no: da, nu, x, 1, 0."""
    if isinstance(cell, bool):
        return cell
    written = fold(_plain(cell))
    if written in _YES:
        return True
    if written in _NO:
        return False
    raise Unreadable(_("Write “da” or “nu”, not “%(text)s”.") % {"text": shown(_plain(cell))})


def choice(options: Mapping[str, str | Promise] | Iterable[tuple[str, str | Promise]]) -> Reader:
    """One of several, by its value or by the words that stand for it; gives the value."""
    pairs = list(options.items() if isinstance(options, Mapping) else options)

    def read(cell: Cell) -> str:
        written = fold(_plain(cell))
        for value, words in pairs:
            if written in (fold(str(value)), fold(str(words))):
                return value
        offered = ", ".join(f"“{words}”" for _value, words in pairs[:_OFFERED])
        raise Unreadable(
            _("“%(text)s” is not one of: %(offered)s.") % {"text": shown(_plain(cell)), "offered": offered}
        )

    return read


def code(known: Collection[str]) -> Reader:
    """A code of a list (the nomenclature of services); spaces and hyphens are read as they should stand."""
    compact: dict[str, list[str]] = {}
    for one in known:
        compact.setdefault(_compact(one), []).append(one)

    def read(cell: Cell) -> str:
        written = _plain(cell)
        meant = [written] if written in known else compact.get(_compact(written), [])
        if len(meant) == 1:
            return meant[0]
        near = difflib.get_close_matches(_compact(written), compact, n=1, cutoff=0.75)
        if near:
            raise Unreadable(
                _("There is no code “%(text)s”. Did you mean %(meant)s?")
                % {"text": shown(written), "meant": compact[near[0]][0]}
            )
        raise Unreadable(
            _("There is no code “%(text)s” in the nomenclature of social services.")
            % {"text": shown(written)}
        )

    return read


def phone(cell: Cell) -> str | Guess:
    """One phone number; a Romanian one has ten digits, of which a program that keeps numbers loses the leading 0."""
    written = _plain(cell)
    digits = re.sub(r"\D", "", written)
    if not _ONLY_A_NUMBER.fullmatch(written) or written.startswith(("0", "+")):
        return written
    if len(digits) == _NATIONAL - 1 and digits[0] in _FIRST_OF_NATIONAL:
        whole = f"0{written.lstrip('( ')}" if not written.startswith("(") else f"(0{written[1:]}"
        return Guess(whole, Guessed.ZERO, whole)
    if _LONGEST_SHORT < len(digits) <= _NATIONAL:
        raise Unreadable(
            _("“%(text)s”: the 0 at the beginning was lost, or a digit. A Romanian number has 10 digits.")
            % {"text": shown(written)}
        )
    if len(digits) == len(_OUR_PREFIX) + _NATIONAL - 1 and digits.startswith(_OUR_PREFIX):
        return Guess(f"+{written}", Guessed.ZERO, f"+{written}")
    return written


def _plain(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _compact(written: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", written.upper())


def _within(found: Decimal, least: int, most: int) -> None:
    if not least <= found <= most:
        raise Unreadable(
            _("This should be from %(least)s to %(most)s, not %(number)s.")
            % {"least": least, "most": most, "number": _as_text(found)}
        )


def _as_text(found: Decimal) -> str:
    return f"{found:f}".replace(".", ",")
