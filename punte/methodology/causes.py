"""Which findings stand behind a derived one: a flag for each code, read off the condition's own shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from punte.methodology.columns import codes_counted, count_of, quoted
from punte.methodology.expressions import counting_column, operands, sql_of
from punte.methodology.model import Pack, Rule


@dataclass(frozen=True)
class Cause:
    """A code that a rule reads, and the alternatives (SQL) that must hold for it to be behind the rule."""

    code: str
    alternatives: tuple[str, ...]


def causes_of(rule: Rule, pack: Pack) -> list[Cause]:
    """The codes that may stand behind a derived rule, in pack order; a code may come in more than one way.

    In ``A or B and C`` the code B counts only where C holds too. Meant for rows on which the rule holds.
    """
    order = list(pack.rules)
    found = [Cause(code, above) for code, above in _walk(rule.condition.tree, rule, pack, ())]
    return sorted(found, key=lambda cause: order.index(cause.code))


def flags_of(rule: Rule, pack: Pack) -> dict[str, str]:
    """For each code behind a derived rule, the SQL that is true where it helps to make the rule hold."""
    flags: dict[str, list[str]] = {}
    for cause in causes_of(rule, pack):
        together = " AND ".join(f"({item})" for item in (*cause.alternatives, quoted(cause.code)))
        flags.setdefault(cause.code, []).append(together)
    return {code: " OR ".join(f"({item})" for item in ways) for code, ways in flags.items()}


def _walk(
    node: exp.Expression, rule: Rule, pack: Pack, above: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each code below a node, with the alternatives that must hold for it to matter."""
    if isinstance(node, exp.Paren):
        yield from _walk(node.this, rule, pack, above)
    elif isinstance(node, exp.And):
        for side in operands(node):
            yield from _walk(side, rule, pack, above)
    elif isinstance(node, exp.Or):
        for side in operands(node):
            yield from _walk(side, rule, pack, (*above, _sql(side, rule)))
    elif isinstance(node, exp.Column) and node.name in pack.rules:
        yield node.name, above
    elif isinstance(node, exp.Anonymous) and rule.condition.counts:
        for code in codes_counted(rule, pack, int(node.expressions[1].name)):
            yield code, above


def _sql(node: exp.Expression, rule: Rule) -> str:
    sql = sql_of(node)
    for pair in rule.condition.counts:
        sql = sql.replace(quoted(counting_column(*pair)), quoted(count_of(rule, *pair)))
    return sql
