"""Which answers something reads, and which are asked though nothing does."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from punte.methodology.model import Fact, Pack

_OF_THE_VISIT = frozenset({"household_id", "member_id", "uat_siruta", "visit_date"})


def unread_facts(pack: Pack, *, elsewhere: Collection[str] = ()) -> list[Fact]:
    """The facts that no rule, score, list or condition of another question reads, in the order of the pack.

    What is written in words is for people to read.

    Args:
        elsewhere: the names of those that a paper or a figure reads.
    """
    read = {*names_read(pack), *pack.listed, *elsewhere}
    asked = [fact for fact in pack.facts.values() if fact.type != "text"]
    return [fact for fact in asked if fact.name not in read | _OF_THE_VISIT]


@lru_cache(maxsize=32)
def names_read(pack: Pack) -> frozenset[str]:
    """The names that a rule, a score or the condition of another question reads."""
    return frozenset(_read(pack))


def _read(pack: Pack) -> Iterator[str]:
    for rule in pack.rules.values():
        yield from rule.condition.reads
        for part in rule.parts:
            yield from part.when.reads
    for fact in pack.facts.values():
        if fact.asked:
            yield from fact.asked.reads
    if pack.parameters:
        yield "visit_date"
    for derived in pack.derived.values():
        if derived.expression:
            yield from derived.expression.reads
