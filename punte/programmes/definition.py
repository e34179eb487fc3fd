"""A programme as its files say it: one tree, its indicators, what its source prints and claims. No database.

programme > component > objective > action or activity > indicator; a level that a source does not have is left out.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from punte.programmes.terms import Span, Term, read_term


@dataclass(frozen=True)
class Budget:
    """A source of money; with an amount where the source prints one."""

    source: str
    amount: str = ""
    currency: str = ""


@dataclass(frozen=True)
class Node:
    """One place of the tree, below the programme itself.

    Attributes:
        quantity: what its source says of how much, as printed.
        national: the national targets that it serves, by their letter.
        of_uats: whether it falls to each UAT of the county, by who answers for it.
        compartment: of who is enrolled in it; from the nearest place above that says one.
    """

    code: str
    parent: str
    kind: str
    title: str
    term: str = ""
    responsible: str = ""
    partners: tuple[str, ...] = ()
    budget: tuple[Budget, ...] = ()
    national: tuple[str, ...] = ()
    quantity: str = ""
    facts: str = ""
    note: str = ""
    source_line: str = ""
    of_uats: bool = False
    compartment: str = "general"

    @property
    def is_work(self) -> bool:
        """Whether it is something that is done, and reported."""
        return self.kind in ("action", "activity")


@dataclass(frozen=True)
class Indicator:
    """What is measured. `sql` names the query that counts it; without one its values are typed in.

    `counts` is `people` where small numbers are held back; `by` is what it is told apart by.
    """

    code: str
    node: str
    name: str
    unit: str = ""
    op: str = ""
    target: str = ""
    baseline: str = ""
    by: str = ""
    counts: str = ""
    sql: str = ""
    source_line: str = ""
    note: str = ""

    @property
    def goal(self) -> Decimal | None:
        """The target as a number."""
        return Decimal(self.target) if self.target else None


@dataclass(frozen=True)
class Figure:
    """A value that the source prints."""

    indicator: str
    start: str
    end: str
    op: str
    value: str
    says: str = ""
    source_line: str = ""


@dataclass(frozen=True)
class Claim:
    """What a source says, and the expression over its own figures that would carry it.

    `figure` is the number that it names, `kind` is `equals` or `reached` (a percent: more is not less).
    """

    key: str
    node: str
    says: str
    figure: str
    value: str
    kind: str
    why: str = ""
    source_line: str = ""


@dataclass(frozen=True)
class Definition:
    """A programme, whole."""

    key: str
    kind: str
    title: str
    short: str
    lead: str
    starts: str
    ends: str
    source: str
    evidence: str
    first_month: str = ""
    county: str = ""
    note: str = ""
    nodes: tuple[Node, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    sql: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What was kept of one."""
        told = {one.name: kept[one.name] for one in fields(cls) if one.name in kept}
        told["nodes"] = tuple(_node(one) for one in told.get("nodes", ()))
        for name, made in (("indicators", Indicator), ("figures", Figure), ("claims", Claim)):
            told[name] = tuple(made(**one) for one in told.get(name, ()))
        return cls(**told)

    def as_json(self) -> dict[str, Any]:
        """All of it, as it is kept."""
        return asdict(self)

    @cached_property
    def by_code(self) -> dict[str, Node]:
        """The places of the tree by their codes."""
        return {node.code: node for node in self.nodes}

    @cached_property
    def _below(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for node in self.nodes:
            found.setdefault(node.parent, []).append(node)
        return found

    def children(self, code: str = "") -> list[Node]:
        """What stands directly below a place; without one, the first level."""
        return self._below.get(code, [])

    def path(self, code: str) -> list[Node]:
        """The places above one, from the first level, and itself."""
        found: list[Node] = []
        while code:
            found.append(self.by_code[code])
            code = self.by_code[code].parent
        return found[::-1]

    def under(self, code: str) -> Iterator[Node]:
        """A place and all below it."""
        yield self.by_code[code]
        for child in self.children(code):
            yield from self.under(child.code)

    def indicator(self, code: str) -> Indicator | None:
        """An indicator by its code."""
        return next((one for one in self.indicators if one.code == code), None)

    @property
    def work(self) -> list[Node]:
        """What is done and reported."""
        return [node for node in self.nodes if node.is_work]

    def term(self, node: Node) -> Term:
        """The term of a place."""
        return read_term(node.term, first_month=_day(self.first_month))

    def days(self, node: Node, today: dt.date) -> tuple[Span, ...]:
        """The days against which a place is measured: its own months, else the year within the programme's days."""
        spans = self.term(node).spans
        if spans and self.term(node).kind == "months":
            return spans
        first, last = dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)
        starts, ends = _day(self.starts) or first, _day(self.ends) or last
        if (ends - starts).days <= 400 or ends < first:
            return (Span(starts, ends),)
        return (Span(max(first, starts), min(last, ends)),)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _node(kept: Mapping[str, Any]) -> Node:
    told = dict(kept)
    told["budget"] = tuple(Budget(**one) for one in told.get("budget", ()))
    for name in ("partners", "national"):
        told[name] = tuple(told.get(name, ()))
    return Node(**told)
