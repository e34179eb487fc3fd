"""What the entries of a list are narrowed by: asked of the database, and of an entry as somebody sees it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from typing import Any
from uuid import UUID

from django.db.models import Q

from punte.kernel.encryption import blind_index
from punte.kernel.text import fold
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.models import About, EntryMark, EntryValue
from punte.registers.values import Values

_A_DAY = dt.timedelta(days=1)
_NAMED = {
    "household": "household__folded_name__startswith",
    "case": "case__household__folded_name__startswith",
    "dwelling": "dwelling__folded_address__contains",
    "organization": "organization__folded_name__contains",
}


@dataclass(frozen=True)
class Span:
    """From a number or day to another; None where that side is open."""

    least: Any = None
    most: Any = None

    def has(self, value: Any) -> bool:
        """Whether a value lies in it."""
        return not (
            value is None
            or (self.least is not None and value < self.least)
            or (self.most is not None and value > self.most)
        )


@dataclass(frozen=True)
class Sought:
    """What was searched for: the people who are called so, or the text of a field that is found exactly.

    Attributes:
        people: of a register about people; whoever asks has found them as far as they see them.
        fields: those found exactly that the account reads.
    """

    text: str
    people: frozenset[UUID] = frozenset()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Narrowing:
    """What is asked of the entries of a register.

    Attributes:
        state: empty for any but that of mistakes.
        holds_on: a day on which they hold.
        begun: within which days they begin.
        last: within which days their last one lies, or that of their paper.
        values: by the name of a listed field one of its words, or a span.
    """

    definition: Definition
    state: str = ""
    holds_on: dt.date | None = None
    begun: Span | None = None
    last: Span | None = None
    values: Mapping[str, str | Span] = field(default_factory=dict)
    sought: Sought | None = None

    @property
    def condition(self) -> Q:
        """It, as the database is asked."""
        asked = [Q(state=self.state) if self.state else ~Q(state=WITHDRAWN)]
        if self.holds_on:
            asked += [self._counts, Q(start__lte=self.holds_on), Q(end=None) | Q(end__gt=self.holds_on)]
        if self.begun:
            asked.append(Q(**_within("start", self.begun)))
        if self.last:
            ends = Span(*(day + _A_DAY if day else None for day in (self.last.least, self.last.most)))
            paper = Q(**_within("expires_on", self.last))
            asked += [self._counts, paper | Q(expires_on=None, **_within("end", ends))]
        asked += [self._of_value(name, wanted) for name, wanted in self.values.items()]
        return reduce(and_, [*asked, self._of_text()] if self.sought else asked)

    @property
    def _counts(self) -> Q:
        return Q(state__in=sorted(self.definition.holds))

    def _of_value(self, name: str, wanted: str | Span) -> Q:
        rows = EntryValue.objects.filter(register=self.definition.key, field=name)
        if isinstance(wanted, str):
            return Q(pk__in=rows.filter(word=wanted).values("entry"))
        column = "day" if self.definition.fields[name].type == "date" else "number"
        return Q(pk__in=rows.filter(**_within(column, wanted)).values("entry"))

    def _of_text(self) -> Q:
        assert self.sought is not None
        text = fold(self.sought.text)
        marks = EntryMark.objects.filter(
            register=self.definition.key, field__in=self.sought.fields, mark=blind_index(text)
        )
        about = self.definition.about
        named = Q(person__in=self.sought.people) if about == "person" else Q(**{_NAMED[about]: text})
        return named | Q(pk__in=marks.values("entry"))

    def fits(self, row: About, said: Values, *, person: UUID | None) -> bool:
        """Whether it is true of an entry, or of a version of it, as somebody sees it."""
        if row.state != self.state if self.state else row.state == WITHDRAWN:
            return False
        if (self.holds_on or self.last) and row.state not in self.definition.holds:
            return False
        if self.holds_on and not (row.start <= self.holds_on and (not row.end or row.end > self.holds_on)):
            return False
        if self.begun and not self.begun.has(row.start):
            return False
        last = row.expires_on or (row.end - _A_DAY if row.end else None)
        if self.last and not self.last.has(last):
            return False
        if not all(_is(wanted, said.get(name)) for name, wanted in self.values.items()):
            return False
        return self.sought is None or person in self.sought.people or self._has_text(said)

    def _has_text(self, said: Values) -> bool:
        assert self.sought is not None
        text = fold(self.sought.text)
        return any(fold(said[name]) == text for name in self.sought.fields if name in said)


def _within(column: str, span: Span) -> dict[str, Any]:
    sides = {f"{column}__gte": span.least, f"{column}__lte": span.most}
    return {f"{column}__isnull": False, **{key: value for key, value in sides.items() if value is not None}}


def word_of(value: Any) -> Any:
    """A value of a listed field as lists hold it: yes or no are words."""
    if isinstance(value, UUID):
        return str(value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _is(wanted: str | Span, value: Any) -> bool:
    return wanted.has(value) if isinstance(wanted, Span) else wanted == word_of(value)
