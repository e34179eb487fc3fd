"""Terms once more, slowly and plainly: a day after the other, an event after the other."""

import datetime as dt
from collections.abc import Iterator, Sequence

from punte.deadlines.calendar import is_working_day
from punte.deadlines.model import Event, Lasting, Rule

DAY = dt.timedelta(days=1)
Term = tuple[dt.datetime, dt.date, dt.date | None]


def terms(
    rule: Rule, events: Sequence[Event], regime: str, childhoods: Sequence[Lasting], today: dt.date
) -> set[Term]:
    """What stands and what was met of one rule: since when, due on, met on."""
    found: set[Term] = set()
    running: list[_Running] = []
    for event in sorted(events, key=lambda event: event.at):
        if event.at.date() > today:
            break
        day = event.at.date()
        holds = _holds(rule, regime, childhoods, day)
        for one in list(running):
            if not one.hears(event):
                continue
            if event.kind in rule.met_by:
                if event.at >= one.since:
                    if holds:
                        found.add((one.since, one.due_on, day))
                    if not one.met(event):
                        running.remove(one)
                elif event.kind in rule.since:
                    running.remove(one)
            elif event.kind in rule.since | rule.void_by:
                running.remove(one)
        regime = event.regime or regime
        if event.kind in rule.since and rule.validity.holds_on(day):
            # Whatever ran is over by now, but for what came again and was met by this very event.
            one = _Running(rule, event)
            if one.begins():
                running.append(one)
    for one in running:
        if one.since.date() <= today and _holds(rule, regime, childhoods, today):
            found.add((one.since, one.due_on, None))
    return found


def _holds(rule: Rule, regime: str, childhoods: Sequence[Lasting], day: dt.date) -> bool:
    in_regime = not rule.regimes or regime in rule.regimes
    child = any(one.start <= day and (one.end is None or one.end > day) for one in childhoods)
    return in_regime and (child or not rule.concerns)


class _Running:
    def __init__(self, rule: Rule, start: Event) -> None:
        self.rule, self.start = rule, start
        self.times = _times(rule, start)

    def begins(self) -> bool:
        return self._next()

    def hears(self, event: Event) -> bool:
        if event.guest and event.guest != self.start.guest:
            return False
        return not self.rule.per_subject or event.subject in ("", self.start.subject)

    def met(self, event: Event) -> bool:
        while self.due_on < event.at.date():
            if not self._next():
                return False
        return self._next() if self.since <= event.at else True

    def _next(self) -> bool:
        time = next(self.times, None)
        if time is not None:
            self.since, self.due_on = time
        return time is not None


def _times(rule: Rule, start: Event) -> Iterator[tuple[dt.datetime, dt.date]]:
    first, offset = start.at.date(), rule.offset
    if rule.calendar:
        for opens, due in _calendar(rule, first):
            yield max(start.at, _midnight(opens, start)), due
    elif rule.before:
        assert offset
        if rule.before in start.dates:
            day = start.dates[rule.before]
            opens = start.at
            if rule.opens:
                opens = max(opens, _midnight(_walk(day, -rule.opens.amount, rule.opens.unit), start))
            yield opens, max(_walk(day, -offset.amount, offset.unit), first)
    else:
        assert offset
        times = 1 if rule.series is None else rule.series.times or 1000
        since = start.at
        for number in range(1, times + 1):
            if offset.unit == "hours":
                passed = start.at.astimezone(dt.UTC) + dt.timedelta(hours=offset.amount * number)
                due = passed.astimezone(start.at.tzinfo).date()
            else:
                due = _walk(first, offset.amount * number, offset.unit)
            yield since, due
            since = _midnight(due + DAY, start)


def _midnight(day: dt.date, like: Event) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=like.at.tzinfo)


def _walk(day: dt.date, amount: int, unit: str) -> dt.date:
    step = DAY if amount > 0 else -DAY
    if unit == "months":
        wanted = day.day
        for _month in range(abs(amount)):
            month = day.month
            while day.month == month:
                day += step
            # Now on the first or last day of the month beside it: go to its first.
            while day.day != 1:
                day -= DAY
        month = day.month
        while day.day < wanted and (day + DAY).month == month:
            day += DAY
        return day
    left = abs(amount)
    while left:
        day += step
        if unit == "days" or is_working_day(day):
            left -= 1
    return day


def _calendar(rule: Rule, first: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    named = rule.calendar
    assert named
    day = first
    while True:
        day += DAY
        if named.each == "year":
            if (day.month, day.day) == (named.month, named.day):
                opens = day - DAY
                while (opens.month, opens.day) != (named.from_ or (named.month, named.day)):
                    opens -= DAY
                if named.from_ == (named.month, named.day):
                    opens = day
                yield (opens if named.from_ else opens + DAY), day
        elif day.day == 1 and (named.each == "month" or day.month in (1, 4, 7, 10)):
            due = day
            while due.day != named.day:
                due += DAY
            yield day, due
