"""From the events of a case to its terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from punte.deadlines.model import Due, Event, Lasting, Rule
from punte.deadlines.windows import Window, once, windows


def deadlines(
    events: Iterable[Event],
    *,
    regime: str,
    rules: Sequence[Rule],
    today: dt.date,
    childhoods: Sequence[Lasting] = (),
) -> list[Due]:
    """The terms that stand, and those that were met, by day.

    A term runs since the latest event that starts it: a new start takes the place of one not yet met. A rule
    counts by the day of its starting event; its regime, and whether a child is concerned, are those of when the term
    was met or, while it stands, of now. Events after `today` have not happened. Of events at one moment the later in
    `events` counts as the later.

    Of a term that comes again one stands at a time. What is done meets the one that stands, however late; those that
    were missed meanwhile are not made up for, and the next is the first that begins after it. What was done before its
    time began does not meet it.

    Args:
        regime: the regime of the case until an event sets one.
        childhoods: the times at which somebody whom the case is about was a child.
    """
    known = sorted((event for event in events if event.at.date() <= today), key=attrgetter("at"))
    history = _History(known, _regimes_after(known, regime), regime, childhoods, today)
    found: dict[tuple[str, dt.datetime, str], Due] = {}
    happened = history.by_kind.keys()
    for rule in rules:
        # Of most cases most rules need not be worked out.
        if rule.since.isdisjoint(happened) or not history.could_apply(rule):
            continue
        for due in _of_rule(rule, history):
            found[due.rule, due.since, due.subject] = due
    return sorted(found.values(), key=lambda due: (due.due_on, due.rule, due.since))


@dataclass(frozen=True)
class _History:
    events: Sequence[Event]
    regimes_after: Sequence[str]
    regime_at_first: str
    childhoods: Sequence[Lasting]
    today: dt.date

    @cached_property
    def by_kind(self) -> dict[str, list[int]]:
        """Where the events of each kind stand."""
        found: dict[str, list[int]] = {}
        for index, event in enumerate(self.events):
            found.setdefault(event.kind, []).append(index)
        return found

    @cached_property
    def _regimes(self) -> frozenset[str]:
        """Those in which anything can have been met, or stands."""
        return frozenset(self.regimes_after) or frozenset({self.regime_at_first})

    def could_apply(self, rule: Rule) -> bool:
        """Whether a rule may hold at any time of it."""
        if rule.regimes and rule.regimes.isdisjoint(self._regimes):
            return False
        return not rule.concerns or bool(self.childhoods)

    def of_kinds(self, kinds: frozenset[str]) -> list[int]:
        """Where the events of some kinds stand."""
        return [index for kind in kinds for index in self.by_kind.get(kind, ())]

    def applies(self, rule: Rule, met: int | None) -> bool:
        """Whether a rule holds for a term that was met by an event, or, where it stands, now."""
        # The event that ends a term may change the regime too; the term belongs to the regime before it.
        last = met - 1 if met is not None else -1
        regime = self.regimes_after[last] if self.regimes_after else self.regime_at_first
        if rule.regimes and regime not in rule.regimes:
            return False
        day = self.events[met].at.date() if met is not None else self.today
        return not rule.concerns or any(one.holds_on(day) for one in self.childhoods)


def _regimes_after(events: Sequence[Event], regime: str) -> list[str]:
    after = []
    for event in events:
        regime = event.regime or regime
        after.append(regime)
    return after


def _of_rule(rule: Rule, history: _History) -> Iterator[Due]:
    concerning = sorted(history.of_kinds(rule.awaited))
    for place, index in enumerate(concerning):
        start = history.events[index]
        if start.kind not in rule.since or not rule.validity.holds_on(start.at.date()):
            continue
        following = concerning[place + 1 :]
        if not rule.is_plain:
            yield from _since(rule, history, start, following)
        elif due := _once(rule, history, start, following):
            yield due


def _once(rule: Rule, history: _History, start: Event, following: Sequence[int]) -> Due | None:
    """As `_since`, of a rule whose term comes once after its event: what concerns it first meets or ends it."""
    met, met_on = None, None
    for later in following:
        event = history.events[later]
        if _concern_each_other(rule, start, event):
            if event.kind not in rule.met_by:
                return None
            met, met_on = later, event.at.date()
            break
    return _due(rule, start, once(rule, start), met_on) if history.applies(rule, met) else None


def _since(rule: Rule, history: _History, start: Event, following: Sequence[int]) -> Iterator[Due]:
    """The terms of a rule that run since one event, until another starts it anew or makes it void."""
    times: Iterator[Window] | None = None
    now: Window | None = None
    for later in following:
        event = history.events[later]
        if not _concern_each_other(rule, start, event):
            continue
        if event.kind not in rule.met_by:
            return
        # Not before: of most that began, another has taken the place.
        if times is None:
            times = windows(rule, start)
            now = next(times, None)
        if now is None:
            return
        if event.at < now.since:
            # Too early to meet it; where it begins one itself, it takes the place.
            if event.kind in rule.since:
                return
            continue
        if history.applies(rule, later):
            yield _due(rule, start, now, event.at.date())
        now = _after(event, now, times)
    if times is None:
        now = next(windows(rule, start), None)
    if now is not None and now.since.date() <= history.today and history.applies(rule, None):
        yield _due(rule, start, now, None)


def _after(event: Event, met: Window, times: Iterator[Window]) -> Window | None:
    """The next time that a term comes when an event met it: the first that begins after that event."""
    time: Window | None = met
    while time is not None and time.since <= event.at:
        time = next(times, None)
    return time


def _due(rule: Rule, start: Event, time: Window, met_on: dt.date | None) -> Due:
    subject = start.subject if rule.per_subject else ""
    return Due(rule.key, time.since, time.due_on, met_on, time.due_at, subject, start.guest)


def _concern_each_other(rule: Rule, start: Event, later: Event) -> bool:
    # What few may know of, a room above tells: it touches no term that everybody reads.
    if later.guest not in ("", start.guest):
        return False
    # Closing a case ends its terms whatever they are about.
    return not rule.per_subject or start.of_all or later.subject in (start.subject, "")
