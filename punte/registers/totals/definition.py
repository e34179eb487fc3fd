"""What a total of a register is, as its file says; frozen, no database."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

from punte.deadlines.model import Validity
from punte.kernel.evidence import NOT_KNOWN_FOR_SURE
from punte.methodology.expressions import Expression
from punte.methodology.model import Text

Unit = Literal["money", "integer", "decimal", "days"]
UNITS: tuple[Unit, ...] = get_args(Unit)
Span = Literal["always", "months", "calendar_year", "school_year", "month", "running"]
SPANS: tuple[Span, ...] = get_args(Span)
_SCHOOL_BEGINS = 9
"""The month on whose first day a school year begins (Legea 198/2023)."""


@dataclass(frozen=True)
class Over:
    """Which entries are added up: those of all time, of the last `months`, of this year or month, or open now."""

    span: Span = "always"
    months: int = 0

    def days(self, today: dt.date) -> tuple[dt.date, dt.date | None]:
        """The days `[start, end)` on one of which an entry must hold; the first day of all where there is no start."""
        match self.span:
            case "months":
                return months_before(today, self.months), today + dt.timedelta(days=1)
            case "month":
                first = today.replace(day=1)
                return first, months_before(first, -1)
            case "calendar_year":
                return dt.date(today.year, 1, 1), dt.date(today.year + 1, 1, 1)
            case "school_year":
                year = today.year if today.month >= _SCHOOL_BEGINS else today.year - 1
                return dt.date(year, _SCHOOL_BEGINS, 1), dt.date(year + 1, _SCHOOL_BEGINS, 1)
            case "running":
                return today, today + dt.timedelta(days=1)
        return dt.date.min, None

    def has(self, start: dt.date, end: dt.date | None, today: dt.date) -> bool:
        """Whether an entry that holds on the days `[start, end)` is added up."""
        first, last = self.days(today)
        return (last is None or start < last) and (end is None or end > first)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last of that month."""
    at = day.year * 12 + day.month - 1 - months
    year, month = divmod(at, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    longest = (following - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, longest))


@dataclass(frozen=True)
class Band:
    """From which value on a total has a name, and what that means.

    Attributes:
        event: what the rules of terms may wait for once it is reached.
        active: whether it is used; what is known from memory is not until somebody confirms it.
        validity: the days on which the rule is in force.
    """

    start: Decimal
    name: Text
    means: Text
    event: str = ""
    source: str = ""
    evidence: str = ""
    active: bool = True
    validity: Validity = field(default_factory=Validity)

    @property
    def is_proposal(self) -> bool:
        """Whether nobody has confirmed it yet."""
        return self.evidence in NOT_KNOWN_FOR_SURE


@dataclass(frozen=True)
class Total:
    """What the entries of a register about one subject come to.

    Attributes:
        by_month: whether it is also told month by month, for the last twelve.
        bands: all of them, in the order of the file.
    """

    name: str
    label: Text
    value: Expression
    unit: Unit
    over: Over = Over()
    by_month: bool = False
    bands: tuple[Band, ...] = ()

    def bands_on(self, day: dt.date) -> list[Band]:
        """The bands in force on a day, the lowest first."""
        known = (one for one in self.bands if one.active and one.validity.holds_on(day))
        return sorted(known, key=lambda one: one.start)

    def band_of(self, value: Decimal, day: dt.date) -> Band | None:
        """The highest band that a value reaches on a day."""
        return next((one for one in reversed(self.bands_on(day)) if one.start <= value), None)

    @property
    def events(self) -> frozenset[str]:
        """What its bands tell the clock."""
        return frozenset(one.event for one in self.bands if one.active and one.event)
