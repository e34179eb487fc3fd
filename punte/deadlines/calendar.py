"""Counting of time as Romanian offices count it."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import cache, lru_cache

from punte.deadlines.model import Offset

_SATURDAY = 5


def due_date(at: dt.datetime, offset: Offset) -> dt.date:
    """The day on which a term that runs since `at` falls.

    Days, working days and months are counted from the day after the event's day; hours from the event itself.
    """
    match offset.unit:
        case "hours":
            return _after_hours(at, offset.amount).date()
        case "days":
            return at.date() + dt.timedelta(days=offset.amount)
        case "working_days":
            return plus_working_days(at.date(), offset.amount)
        case "months":
            return plus_months(at.date(), offset.amount)


def due_moment(at: dt.datetime, offset: Offset) -> dt.datetime | None:
    """The moment of a term in hours that runs since `at`; None where days are meant, or `at` is known by its day."""
    if offset.unit != "hours" or at.time() == dt.time.min:
        return None
    return _after_hours(at, offset.amount)


def day_before(day: dt.date, offset: Offset) -> dt.date:
    """The day that lies an offset before another.

    Raises:
        ValueError: of hours; a day has none.
    """
    match offset.unit:
        case "days":
            return day - dt.timedelta(days=offset.amount)
        case "working_days":
            return minus_working_days(day, offset.amount)
        case "months":
            return plus_months(day, -offset.amount)
    raise ValueError(offset.unit)


def _after_hours(at: dt.datetime, hours: int) -> dt.datetime:
    """The moment when so many hours have passed, on the same clock; in some nights that clock itself is moved."""
    if at.tzinfo is None:
        return at + dt.timedelta(hours=hours)
    return (at.astimezone(dt.UTC) + dt.timedelta(hours=hours)).astimezone(at.tzinfo)


def plus_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month, `months` later; the last day of the month where it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return dt.date(years, month + 1, min(day.day, last))


@lru_cache(maxsize=4096)
def plus_working_days(day: dt.date, number: int) -> dt.date:
    """The `number`-th working day after `day`."""
    while number > 0:
        day += dt.timedelta(days=1)
        number -= is_working_day(day)
    return day


def minus_working_days(day: dt.date, number: int) -> dt.date:
    """The `number`-th working day before `day`."""
    while number > 0:
        day -= dt.timedelta(days=1)
        number -= is_working_day(day)
    return day


def is_working_day(day: dt.date) -> bool:
    """Whether offices work: neither a weekend nor a public holiday of Romania (Labour Code, art. 139)."""
    return day.weekday() < _SATURDAY and not is_public_holiday(day)


def is_public_holiday(day: dt.date) -> bool:
    """Whether a day is a public holiday of Romania (Labour Code, art. 139)."""
    return day in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[dt.date]:
    import holidays

    return frozenset(holidays.country_holidays("RO", years=year))
