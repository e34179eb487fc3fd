"""When a term stands to be met: once after an event, before a date, again and again, or by the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from punte.deadlines.calendar import day_before, due_date, due_moment, plus_months
from punte.deadlines.model import CalendarDay, Event, Offset, Rule

_A_DAY = dt.timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6}


class Window(NamedTuple):
    """One time that a term comes: since when it stands, and until when what meets it is in time."""

    since: dt.datetime
    due_on: dt.date
    due_at: dt.datetime | None = None


def windows(rule: Rule, start: Event) -> Iterator[Window]:
    """The times that a term comes which runs since an event, in their order; without end where the rule has none."""
    if rule.calendar:
        yield from _by_calendar(rule.calendar, start.at)
    elif rule.offset and rule.before:
        yield from _before(rule.before, rule.offset, rule.opens, start)
    elif rule.offset and rule.series:
        yield from _series(rule.offset, rule.series.times, start.at)
    elif rule.offset:
        yield once(rule, start)


def once(rule: Rule, start: Event) -> Window:
    """The one time that a plain rule's term comes."""
    assert rule.offset
    return Window(start.at, due_date(start.at, rule.offset), due_moment(start.at, rule.offset))


def _before(name: str, offset: Offset, opens: Offset | None, start: Event) -> Iterator[Window]:
    """What should have been done before the event was known is due on the day of the event."""
    day = start.dates.get(name)
    if day is not None:
        since = max(start.at, _begins(day_before(day, opens), start.at)) if opens else start.at
        yield Window(since, max(day_before(day, offset), start.at.date()))


def _series(offset: Offset, times: int | None, at: dt.datetime) -> Iterator[Window]:
    since, number = at, 1
    while times is None or number <= times:
        # Counted from the event each time: a month after 31 January, and two, are 28 February and 31 March.
        due_on = due_date(at, Offset(offset.amount * number, offset.unit))
        yield Window(since, due_on)
        since, number = _begins(due_on + _A_DAY, at), number + 1


def _by_calendar(named: CalendarDay, at: dt.datetime) -> Iterator[Window]:
    opened = at.date()
    for opens, due_on in _years(named, opened) if named.each == "year" else _periods(named, opened):
        yield Window(max(_begins(opens, at), at), due_on)


def _years(named: CalendarDay, first: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    year = first.year
    while True:
        due_on = dt.date(year, named.month, named.day)
        opens = (
            dt.date(year, *named.from_) if named.from_ else dt.date(year - 1, named.month, named.day) + _A_DAY
        )
        if due_on > first:
            yield opens, due_on
        year += 1


def _periods(named: CalendarDay, first: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Of each time that ended after `first`: since its end, by the day of the month that follows."""
    step = _MONTHS[named.each]
    opens = dt.date(first.year, 1 + (first.month - 1) // step * step, 1)
    while True:
        opens = plus_months(opens, step)
        yield opens, opens.replace(day=named.day)


def _begins(day: dt.date, like: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, tzinfo=like.tzinfo)
