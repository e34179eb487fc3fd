"""Read a file of rules; one that does not hold together is refused, naming the line."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml

from punte.deadlines.model import (
    CONCERNS,
    LANGUAGES,
    UNITS,
    CalendarDay,
    ObjectiveTerm,
    Offset,
    Rule,
    Rulebook,
    Series,
    Validity,
)
from punte.deadlines.nodes import Fields, Nodes, RulesError, gettext_noop
from punte.kernel.evidence import EVIDENCE

__all__ = ["SECTIONS", "RulesError", "read_rules", "rules_in_force"]

_RULE_KEYS = {
    *("key", "text", "since", "offset", "met_by", "void_by", "who", "source", "evidence"),
    *("regimes", "per_subject", "valid_from", "valid_to", "deed"),
    *("before", "opens", "times", "repeats", "calendar", "concerns", "in_use"),
}
_TERM_KEYS = {"severity", "offset", "source", "evidence"}
_TERMS = "objective_terms"
SECTIONS = ("rules", "petitions", "notifications", "institutions", "bodies")
"""The lists of rules that a file may hold: of cases, of what residents send, of notifications, of the duties of an
institution, of the reports of its bodies."""
YEAR, DONE = "year", "done"
"""Since when an institution's duties are asked for, and that one was done: its rules name no events."""
_OF_CASES = {
    "since",
    "met_by",
    "void_by",
    "regimes",
    "concerns",
    "per_subject",
    "offset",
    "before",
    "opens",
    "times",
    "repeats",
}
_BY_CALENDAR = ("institutions", "bodies")
_PERIODS: tuple[Literal["month", "quarter", "half_year"], ...] = ("month", "quarter", "half_year")
_A_LEAP_YEAR, _A_YEAR = 2024, 2026
_AFTER = {"month": range(1, 13), "quarter": (1, 4, 7, 10), "half_year": (1, 7)}


def read_rules(
    path: Path,
    *,
    events: Collection[str] | None,
    dates: Collection[tuple[str, str]] = (),
    regimes: Collection[str] = (),
    section: str = "rules",
) -> Rulebook:
    """The rules of one section of a YAML file.

    Args:
        events: the kinds of event that a case has; a rule that waits for any other would never run. With None every
            word is taken for one.
        dates: which of them name a date, each with its name.
        regimes: the regimes that a case may have.
        section: one of `SECTIONS`; the terms of objectives belong to the first.

    Raises:
        RulesError: the file is missing, is not YAML, or says what cannot be.
    """
    return _Reader(path, events, dates, regimes, section).read()


def rules_in_force(
    path: Path,
    *,
    events: frozenset[str] | None,
    dates: frozenset[tuple[str, str]] = frozenset(),
    regimes: frozenset[str] = frozenset(),
    section: str = "rules",
) -> Rulebook:
    """The same as `read_rules`, kept until the file changes.

    Raises:
        RulesError: see `read_rules`.
        OSError: there is no such file.
    """
    return _kept(path, path.stat().st_mtime_ns, events, dates, regimes, section)


@lru_cache(maxsize=8)
def _kept(
    path: Path,
    _changed_at: int,
    events: frozenset[str] | None,
    dates: frozenset[tuple[str, str]],
    regimes: frozenset[str],
    section: str,
) -> Rulebook:
    return read_rules(path, events=events, dates=dates, regimes=regimes, section=section)


class _Reader(Nodes):
    def __init__(
        self,
        path: Path,
        events: Collection[str] | None,
        dates: Collection[tuple[str, str]],
        regimes: Collection[str],
        section: str,
    ) -> None:
        super().__init__(path)
        self.events, self.dates, self.regimes, self.section = events, dates, regimes, section

    def read(self) -> Rulebook:
        top = self.mapping(self.compose())
        self.only(top, {*SECTIONS, _TERMS})
        if self.section not in top:
            raise RulesError(gettext_noop("%(name)s is missing"), str(self.path), 1, name=self.section)
        rules: list[Rule] = []
        for node in self.items(top[self.section]):
            rule = self.rule(node)
            if any(other.key == rule.key and other.validity.meets(rule.validity) for other in rules):
                raise self.error(
                    gettext_noop("two rules %(key)s are in force on the same day"), node, key=rule.key
                )
            rules.append(rule)
        terms = []
        if self.section == SECTIONS[0] and _TERMS in top:
            terms = [self.term(node) for node in self.items(top[_TERMS])]
        return Rulebook(tuple(rules), {term.severity: term for term in terms})

    def rule(self, node: yaml.Node) -> Rule:
        fields = self.mapping(node)
        own = self.section in _BY_CALENDAR
        self.only(fields, _RULE_KEYS - _OF_CASES if own else _RULE_KEYS)
        by_calendar = own or "calendar" in fields
        rule = Rule(
            key=self.text(fields, "key", node),
            text=self.sentences(self.field(fields, "text", node)),
            since=frozenset({YEAR}) if own else self.kinds(fields, "since", node),
            offset=None if by_calendar else self.offset(self.field(fields, "offset", node)),
            met_by=frozenset({DONE}) if own else self.kinds(fields, "met_by", node),
            void_by=self.kinds(fields, "void_by", node) if "void_by" in fields else frozenset(),
            who=self.text(fields, "who", node),
            source=self.text(fields, "source", node),
            evidence=self.one_of(self.field(fields, "evidence", node), EVIDENCE),
            regimes=self.regimes_of(fields["regimes"]) if "regimes" in fields else frozenset(),
            per_subject=self.yes(fields, "per_subject"),
            validity=self.validity(fields),
            deed=self.sentences(fields["deed"]) if "deed" in fields else {},
            before=self.text(fields, "before", node) if "before" in fields else "",
            opens=self.offset(fields["opens"]) if "opens" in fields else None,
            series=self.series(fields),
            calendar=self.calendar(self.field(fields, "calendar", node)) if by_calendar else None,
            concerns=self.one_of(fields["concerns"], CONCERNS) if "concerns" in fields else "",
            in_use=self.yes(fields, "in_use"),
        )
        self.can_run(rule, fields)
        return rule

    def can_run(self, rule: Rule, fields: Fields) -> None:
        """Refuse a rule that would never make a term, or never let one be met."""
        if rule.calendar and ("offset" in fields or rule.before or rule.series):
            message = gettext_noop("the calendar says the day: leave offset, before and repeats out")
            raise self.error(message, fields["calendar"])
        if rule.opens and not rule.before:
            raise self.error(gettext_noop("only what is due before a date opens"), fields["opens"])
        if rule.before and rule.offset:
            if rule.offset.unit == "hours":
                raise self.error(gettext_noop("a date has no hours: give days or months"), fields["offset"])
            if rule.series:
                message = gettext_noop("what is due before a date does not come again")
                raise self.error(message, fields["before"])
            self.opens_before(rule, rule.offset, fields)
            named = {event for event, name in self.dates if name == rule.before}
            if self.events is not None and not named & rule.since:
                raise self.error(
                    gettext_noop("none of its events names the date %(name)s: it would never run"),
                    fields["before"],
                    name=rule.before,
                )
        if rule.comes_again and (both := rule.since & rule.met_by):
            raise self.error(
                gettext_noop("%(event)s would meet it and begin it again: it would never come a second time"),
                fields["met_by"],
                event=min(both),
            )
        if both := rule.met_by & rule.void_by:
            raise self.error(
                gettext_noop("%(event)s cannot both meet it and make it void"),
                fields["void_by"],
                event=min(both),
            )

    def opens_before(self, rule: Rule, offset: Offset, fields: Fields) -> None:
        """Refuse a time that would begin after it ends."""
        opens = rule.opens
        if opens and (opens.unit != offset.unit or opens.amount <= offset.amount):
            message = gettext_noop("opens is longer than offset, in the same unit")
            raise self.error(message, fields["opens"])

    def term(self, node: yaml.Node) -> ObjectiveTerm:
        fields = self.mapping(node)
        self.only(fields, _TERM_KEYS)
        return ObjectiveTerm(
            severity=self.number(self.field(fields, "severity", node)),
            offset=self.offset(self.field(fields, "offset", node)),
            source=self.text(fields, "source", node),
            evidence=self.one_of(self.field(fields, "evidence", node), EVIDENCE),
        )

    def kinds(self, fields: Fields, name: str, parent: yaml.Node) -> frozenset[str]:
        return self.words(
            self.field(fields, name, parent),
            self.events,
            gettext_noop("unknown event %(word)s: nothing tells it, so the rule would never run"),
            gettext_noop("name at least one event"),
        )

    def regimes_of(self, node: yaml.Node) -> frozenset[str]:
        return self.words(
            node,
            self.regimes if self.events is not None else None,
            gettext_noop("unknown regime %(word)s"),
            gettext_noop("name at least one regime"),
        )

    def sentences(self, node: yaml.Node) -> dict[str, str]:
        fields = self.mapping(node)
        self.only(fields, set(LANGUAGES))
        return {language: self.text(fields, language, node) for language in LANGUAGES}

    def offset(self, node: yaml.Node) -> Offset:
        fields = self.mapping(node)
        if len(fields) != 1:
            raise self.error(gettext_noop("offset takes one unit"), node)
        (unit, amount), *_ = fields.items()
        for known in UNITS:
            if unit == known:
                return Offset(self.number(amount), known)
        raise self.error(
            gettext_noop("unknown unit %(unit)s; one of %(words)s"), node, unit=unit, words=", ".join(UNITS)
        )

    def series(self, fields: Fields) -> Series | None:
        if "times" in fields:
            times = self.number(fields["times"])
            if times < 2:
                raise self.error(
                    gettext_noop("what comes once does not come again: leave times out"), fields["times"]
                )
            return Series(times)
        return Series() if self.yes(fields, "repeats") else None

    def calendar(self, node: yaml.Node) -> CalendarDay:
        fields = self.mapping(node)
        self.only(fields, {"after_each", "day", "each_year", "from"})
        if "each_year" in fields:
            self.only(fields, {"each_year", "from"})
            month, day = self.day_of_year(fields["each_year"])
            from_ = self.day_of_year(fields["from"]) if "from" in fields else None
            if from_ and from_ > (month, day):
                raise self.error(gettext_noop("it would end before it begins"), fields["from"])
            return CalendarDay("year", day, month, from_)
        self.only(fields, {"after_each", "day"})
        each = self.one_of(self.field(fields, "after_each", node), _PERIODS)
        day = self.number(self.field(fields, "day", node))
        for month in _AFTER[each]:
            self.exists(fields["day"], month, day)
        return CalendarDay(each, day)

    def day_of_year(self, node: yaml.Node) -> tuple[int, int]:
        month, _hyphen, day = self.scalar(node).partition("-")
        if not (month.isdecimal() and day.isdecimal() and 1 <= int(month) <= 12):
            raise self.error(gettext_noop("a day of the year is written MM-DD"), node)
        self.exists(node, int(month), int(day))
        return int(month), int(day)

    def exists(self, node: yaml.Node, month: int, day: int) -> None:
        """Refuse a day that a month does not have every year."""
        if 1 <= day <= calendar.monthrange(_A_YEAR, month)[1]:
            return
        if day == calendar.monthrange(_A_LEAP_YEAR, month)[1]:
            raise self.error(gettext_noop("29 February is there in leap years alone: take 28"), node)
        raise self.error(
            gettext_noop("there is no such day every time: %(day)s.%(month)s"),
            node,
            day=f"{day:02}",
            month=f"{month:02}",
        )

    def yes(self, fields: Fields, name: str) -> bool:
        return name in fields and self.one_of(fields[name], ("true", "false")) == "true"

    def validity(self, fields: Fields) -> Validity:
        start, end = (self.date(fields.get(name)) for name in ("valid_from", "valid_to"))
        if start and end and end <= start:
            raise self.error(gettext_noop("valid_to must be after valid_from"), fields["valid_to"])
        return Validity(start, end)
