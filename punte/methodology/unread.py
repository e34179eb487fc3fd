"""Answers that are asked and that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from punte.methodology.model import Fact, Pack

_OF_THE_VISIT = frozenset({"household_id", "member_id", "uat_siruta", "visit_date"})


def unread_facts(pack: Pack) -> list[Fact]:
    """The facts that no rule, score, list or condition of another question reads, in the order of the pack."""
    read = {*_read(pack), *pack.listed}
    return [fact for fact in pack.facts.values() if fact.name not in read | _OF_THE_VISIT]


def _read(pack: Pack) -> Iterator[str]:
    for rule in pack.rules.values():
        yield from rule.condition.reads
        for part in rule.parts:
            yield from part.when.reads
    for fact in pack.facts.values():
        if fact.asked:
            yield from fact.asked.reads
    for derived in pack.derived.values():
        if derived.expression:
            yield from derived.expression.reads
