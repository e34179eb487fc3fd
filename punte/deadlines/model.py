"""What a file of rules holds, what happens in a case, and the terms that follow. All of it is frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

Unit = Literal["hours", "days", "working_days", "months"]
UNITS: tuple[Unit, ...] = ("hours", "days", "working_days", "months")
LANGUAGES = ("ro", "en")
Concern = Literal["", "children"]
CONCERNS: tuple[Concern, ...] = ("children",)
OFF_UNTIL_CONFIRMED = ("draft", "memory")
"""A bill; nobody has read it: an institution switches such a rule on."""
ADULT_AT = 18
"""The age at which nobody is a child any more (Law 272/2004, art. 4)."""


@dataclass(frozen=True)
class Offset:
    """How long after its event a term falls."""

    amount: int
    unit: Unit


@dataclass(frozen=True)
class Series:
    """A term that comes again, each time an offset after the time before; `times` is None where it goes on."""

    times: int | None = None


@dataclass(frozen=True)
class CalendarDay:
    """A day that the calendar names: of the month after each month, quarter or half-year, or one of each year.

    Attributes:
        month: of a year.
        from_: month and day since when a day of the year is waited for; all year long where it is None.
    """

    each: Literal["month", "quarter", "half_year", "year"]
    day: int
    month: int = 0
    from_: tuple[int, int] | None = None


@dataclass(frozen=True)
class Validity:
    """Days `[start, end)` on which a rule is in force; None is without limit on that side."""

    start: dt.date | None = None
    end: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether the rule is in force on `day`."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def meets(self, other: Validity) -> bool:
        """Whether the two have a day in common."""
        return (self.start is None or other.end is None or self.start < other.end) and (
            other.start is None or self.end is None or other.start < self.end
        )


@dataclass(frozen=True)
class Rule:
    """One term.

    It runs since an event of `since`, is met by the next event of `met_by`, and falls away, unless met before,
    with an event of `void_by`. Where `per_subject`, only events about the same subject concern each other.
    `text` is the sentence that the worker reads, `deed` what is to be done, in two or three words; `who` the role that
    acts.

    Attributes:
        offset: how long after its event; None where the calendar says the day.
        before: the name of a date of that event before which the offset is counted instead.
        opens: how long before that date its time begins: what was done earlier does not meet it; with its event
            where it is None.
        series: whether it comes again.
        calendar: the day, where the calendar says it.
        regimes: in which it holds; empty means all.
        concerns: "children" where it holds only while a child is concerned.
        evidence: how sure it is, in the words of `punte.kernel.evidence`.
        in_use: whether it is on although nobody has read its source: a term that was counted before this was asked.
    """

    key: str
    text: Mapping[str, str]
    since: frozenset[str]
    offset: Offset | None
    met_by: frozenset[str]
    void_by: frozenset[str]
    who: str
    source: str
    evidence: str
    regimes: frozenset[str] = frozenset()
    per_subject: bool = False
    validity: Validity = Validity()
    deed: Mapping[str, str] = field(default_factory=dict)
    before: str = ""
    opens: Offset | None = None
    series: Series | None = None
    calendar: CalendarDay | None = None
    concerns: Concern = ""
    in_use: bool = False

    @property
    def is_on(self) -> bool:
        """Whether it is on where no institution has decided: what nobody read, or is a bill, is not, unless in use."""
        return self.in_use or self.evidence not in OFF_UNTIL_CONFIRMED

    @cached_property
    def awaited(self) -> frozenset[str]:
        """All events that it speaks of."""
        return self.since | self.met_by | self.void_by

    @cached_property
    def is_plain(self) -> bool:
        """Whether its term comes once, so long after its event."""
        return not (self.before or self.series or self.calendar)

    @property
    def comes_again(self) -> bool:
        """Whether meeting it once is not enough."""
        return self.series is not None or self.calendar is not None


@dataclass(frozen=True)
class ObjectiveTerm:
    """How long is proposed for an objective whose worst finding has this severity."""

    severity: int
    offset: Offset
    source: str
    evidence: str


@dataclass(frozen=True)
class Rulebook:
    """Everything that a file of rules says."""

    rules: tuple[Rule, ...]
    objective_terms: Mapping[int, ObjectiveTerm] = field(default_factory=dict)

    def sentence(self, key: str, *, on: dt.date, language: str) -> str:
        """What the worker reads about a term that runs since `on`; the key itself where no rule of it is known."""
        said = self._said(key, on)
        return said.text.get(language, said.text["ro"]) if said else key

    def deed(self, key: str, *, on: dt.date, language: str) -> str:
        """What is to be done by a term that runs since `on`; its whole sentence where the rule has no shorter words."""
        said = self._said(key, on)
        return (
            said.deed[language]
            if said and language in said.deed
            else self.sentence(key, on=on, language=language)
        )

    def _said(self, key: str, on: dt.date) -> Rule | None:
        versions = [rule for rule in self.rules if rule.key == key]
        in_force = [rule for rule in versions if rule.validity.holds_on(on)] or versions
        return in_force[-1] if in_force else None

    def rule(self, key: str, *, on: dt.date) -> Rule | None:
        """The version of a rule in force on a day."""
        return next((rule for rule in self.rules if rule.key == key and rule.validity.holds_on(on)), None)


_NO_DATES: Mapping[str, dt.date] = MappingProxyType({})


class Event(NamedTuple):
    """Something that happened in a case.

    Args:
        at: when, in local time; the beginning of the day where only that is known.
        regime: the regime that the event sets, if it sets one.
        subject: what it is about, where several run side by side (one referral of many).
        dates: the days that it names, by name (`end`), before which something is to be done.
        guest: the room above that tells it, which alone knows who may read of it.
        of_all: whether it is of several together: what meets it may be about any of them.
    """

    kind: str
    at: dt.datetime
    regime: str = ""
    subject: str = ""
    dates: Mapping[str, dt.date] = _NO_DATES
    guest: str = ""
    of_all: bool = False


@dataclass(frozen=True)
class Lasting:
    """Days `[start, end)` on which something holds; `end` is None while it goes on."""

    start: dt.date
    end: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        return self.start <= day and (self.end is None or day < self.end)


def childhood(born: dt.date, *, start: dt.date, end: dt.date | None) -> Lasting | None:
    """While somebody is a child, of the days `[start, end)`; None where they never are."""
    first, last = max(start, born), birthday(born, ADULT_AT)
    last = min(last, end) if end else last
    return Lasting(first, last) if first < last else None


def birthday(born: dt.date, age: int) -> dt.date:
    """The day on which somebody is so old; who was born on 29 February is so on 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return dt.date(born.year + age, 3, 1)


class Due(NamedTuple):
    """A term that stands, or stood until it was met.

    Attributes:
        due_at: the moment, where the rule means hours and the event has one; else None, and the day is meant.
        subject, guest: those of the event since which it runs; the subject is empty where the rule asks for none.
    """

    rule: str
    since: dt.datetime
    due_on: dt.date
    met_on: dt.date | None
    due_at: dt.datetime | None = None
    subject: str = ""
    guest: str = ""
