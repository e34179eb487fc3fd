"""What entitlements are made of: facts of the record, dated parameters, and who seems entitled to how much."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from punte.kernel.evidence import NOT_KNOWN_FOR_SURE
from punte.methodology.expressions import Expression, Symbol
from punte.methodology.model import Text

Of = Literal["person", "household"]
Given = Literal["asked", "record", "register", "is", "count"]
Rounded = Literal["", "up", "near"]
Per = Literal["", "month", "season", "year", "once"]
FROM_MEMORY = ("draft", "memory")
"""What nobody read: off until an institution confirms it."""
DAY = "day"
"""The day for which is reckoned, as expressions name it."""


@dataclass(frozen=True)
class Valued:
    """A value from a day on, to a last day where one is known."""

    start: dt.date
    last: dt.date | None
    value: Decimal
    source: str
    evidence: str

    def holds_on(self, day: dt.date) -> bool:
        """Whether it is the value of a day, unless a later one is."""
        return self.start <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Parameter:
    """A sum or a threshold in lei, or a share in percent, by the day."""

    key: str
    label: Text
    values: tuple[Valued, ...]

    def in_use(self, confirmed: Collection[str]) -> tuple[Valued, ...]:
        """The values that count in an institution that confirmed some keys, the earliest first."""
        known = self.key in confirmed
        return tuple(one for one in self.values if known or one.evidence not in FROM_MEMORY)

    def on(self, day: dt.date, confirmed: Collection[str]) -> Valued | None:
        """The value of a day."""
        held = [one for one in self.in_use(confirmed) if one.start <= day]
        return held[-1] if held and held[-1].holds_on(day) else None

    @property
    def is_proposed(self) -> bool:
        """Whether some value of it is to be confirmed."""
        return any(one.evidence in NOT_KNOWN_FOR_SURE for one in self.values)


@dataclass(frozen=True)
class Fact:
    """What a rule may read of a person or a household.

    Attributes:
        given: where it comes from: an answer, the record, a register, worked out (`is`), members counted.
        of_what: the question, the column of the record or the field of the register.
        compartments: which ones one must read to know it, but for the general one.
        behind: the facts that nothing is worked out of, on which it rests.
    """

    name: str
    of: Of
    given: Given
    symbol: Symbol
    of_what: str
    label: Text
    compartments: frozenset[str]
    behind: frozenset[str]
    expression: Expression | None = None
    register: str = ""
    states: tuple[str, ...] = ()
    choices: Mapping[str, Text] | None = None

    @property
    def is_given(self) -> bool:
        """Whether it is read and not worked out."""
        return self.given not in ("is", "count")


@dataclass(frozen=True)
class Season:
    """Days of each year between which something is asked for, written as 10-01; it may run over New Year."""

    first: str
    last: str


@dataclass(frozen=True)
class Entitlement:
    """What a household or a person may be entitled to: who, how much, and what is to be checked.

    Attributes:
        papers: which to bring, where no file of `content/benefits` says it.
        registered: kinds in the register of benefits by which it is asked and granted.
        compartment: which one must read to know of it.
        reads: parameters that it rests on.
        behind: the facts on which it rests that nothing is worked out of.
    """

    key: str
    benefit: str
    title: Text
    of: Of
    when: Expression
    has: Expression | None
    amount: Expression | None
    least: Expression | None
    most: Expression | None
    rounded: Rounded
    per: Per
    sentence: Text
    steps: tuple[str, ...]
    also_ask: tuple[str, ...]
    verify: tuple[Text, ...]
    papers: tuple[Text, ...]
    registered: tuple[str, ...]
    season: Season | None
    start: dt.date | None
    last: dt.date | None
    compartment: str
    reads: frozenset[str]
    behind: tuple[str, ...]
    source: str
    evidence: str
    own: bool

    @property
    def is_from_memory(self) -> bool:
        """Whether it is off until an institution confirms it."""
        return self.evidence in FROM_MEMORY

    def is_on(self, confirmed: Collection[str]) -> bool:
        """Whether it is reckoned in an institution that confirmed some keys."""
        return not self.is_from_memory or self.key in confirmed

    @property
    def money(self) -> Iterator[tuple[str, Expression]]:
        """Its sums by name, as far as it has them."""
        for name in ("amount", "least", "most"):
            if expression := getattr(self, name):
                yield name, expression


@dataclass(frozen=True)
class Rulebook:
    """All of it, read and checked together."""

    pack: str
    parameters: Mapping[str, Parameter]
    facts: Mapping[str, Fact]
    entitlements: Mapping[str, Entitlement]

    def of(self, what: Of) -> list[Fact]:
        """The facts of people or of households, each after those that it reads."""
        return [fact for fact in self.facts.values() if fact.of == what]

    def given(self, what: Of) -> list[Fact]:
        """Those of them that are read and not worked out."""
        return [fact for fact in self.of(what) if fact.is_given]

    def proposed(self, one: Entitlement, day: dt.date, confirmed: Collection[str]) -> bool:
        """Whether something that an entitlement rests on that day is to be confirmed by the institution."""
        if one.evidence in NOT_KNOWN_FOR_SURE and one.key not in confirmed:
            return True
        held = (self.parameters[key].on(day, confirmed) for key in sorted(one.reads) if key not in confirmed)
        return any(value is not None and value.evidence in NOT_KNOWN_FOR_SURE for value in held)

    @cached_property
    def to_confirm(self) -> Mapping[str, Parameter | Entitlement]:
        """What an institution may confirm, by its key."""
        parameters = {key: one for key, one in self.parameters.items() if one.is_proposed}
        unsure = {key: one for key, one in self.entitlements.items() if one.evidence in NOT_KNOWN_FOR_SURE}
        return {**unsure, **parameters}
