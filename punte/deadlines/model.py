"""What a file of rules holds, what happens in a case, and the terms that follow. All of it is frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Unit = Literal["hours", "days", "working_days", "months"]
UNITS: tuple[Unit, ...] = ("hours", "days", "working_days", "months")
LANGUAGES = ("ro", "en")

Evidence = Literal["law", "guide", "news", "unverified", "local_methodology"]
EVIDENCE: tuple[Evidence, ...] = ("law", "guide", "news", "unverified", "local_methodology")
"""How sure a term is: read in the law, in a guide, in the news, not verified, or set by the local methodology."""


@dataclass(frozen=True)
class Offset:
    """How long after its event a term falls."""

    amount: int
    unit: Unit


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
    Empty `regimes` means all. `text` is the sentence that the worker reads, `deed` what is to be done, in two or three
    words; `who` the role that acts.
    """

    key: str
    text: Mapping[str, str]
    since: frozenset[str]
    offset: Offset
    met_by: frozenset[str]
    void_by: frozenset[str]
    who: str
    source: str
    evidence: Evidence
    regimes: frozenset[str] = frozenset()
    per_subject: bool = False
    validity: Validity = Validity()
    deed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ObjectiveTerm:
    """How long is proposed for an objective whose worst finding has this severity."""

    severity: int
    offset: Offset
    source: str
    evidence: Evidence


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


@dataclass(frozen=True)
class Event:
    """Something that happened in a case.

    Args:
        at: when, in local time.
        regime: the regime that the event sets, if it sets one.
        subject: what it is about, where several run side by side (one referral of many).
    """

    kind: str
    at: dt.datetime
    regime: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Due:
    """A term that stands, or stood until it was met."""

    rule: str
    since: dt.datetime
    due_on: dt.date
    met_on: dt.date | None
