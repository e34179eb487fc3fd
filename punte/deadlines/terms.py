"""From the events of a case to its terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from punte.deadlines.calendar import due_date
from punte.deadlines.model import Due, Event, Rule


def deadlines(events: Iterable[Event], *, regime: str, rules: Sequence[Rule], today: dt.date) -> list[Due]:
    """The terms that stand, and those that were met, by day.

    A term runs since the latest event that starts it: a new start takes the place of one not yet met. A rule
    counts by the day of its starting event; its regime is the one in force when the term was met or, while it
    stands, now. Events after `today` have not happened. Of events at one moment the later in `events` counts
    as the later.

    Args:
        regime: the regime of the case until an event sets one.
    """
    known = sorted((event for event in events if event.at.date() <= today), key=lambda event: event.at)
    regimes = _regimes_after(known, regime)
    found: dict[tuple[str, dt.datetime], Due] = {}
    for rule in rules:
        for due in _of_rule(rule, known, regimes, regime):
            found[due.rule, due.since] = due
    return sorted(found.values(), key=lambda due: (due.due_on, due.rule, due.since))


def _regimes_after(events: Sequence[Event], regime: str) -> list[str]:
    after = []
    for event in events:
        regime = event.regime or regime
        after.append(regime)
    return after


def _of_rule(rule: Rule, events: Sequence[Event], regimes: Sequence[str], at_first: str) -> Iterable[Due]:
    concerning = rule.since | rule.met_by | rule.void_by
    for index, start in enumerate(events):
        if start.kind not in rule.since or not rule.validity.holds_on(start.at.date()):
            continue
        end = next(
            (
                later
                for later in range(index + 1, len(events))
                if events[later].kind in concerning and _concern_each_other(rule, start, events[later])
            ),
            None,
        )
        # The event that ends a term may change the regime too; the term belongs to the regime before it.
        regime = regimes[end - 1] if end is not None else regimes[-1] if regimes else at_first
        if rule.regimes and regime not in rule.regimes:
            continue
        if end is None:
            yield Due(rule.key, start.at, due_date(start.at, rule.offset), None)
        elif events[end].kind in rule.met_by:
            yield Due(rule.key, start.at, due_date(start.at, rule.offset), events[end].at.date())


def _concern_each_other(rule: Rule, start: Event, later: Event) -> bool:
    # Closing a case ends its terms whatever they are about.
    return not rule.per_subject or start.subject == later.subject or not later.subject
