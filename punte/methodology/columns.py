"""Every value that the rules need, as a named SQL column with the columns it reads.

A rule has one of three outcomes on a row: it holds (TRUE), it does not hold (FALSE), it is not assessed (NULL).
Not assessed means that its condition is NULL and that some answer it depends on was asked of the row and not
given. A condition that is NULL only because of questions not asked of the row (pregnancy of a man) does not hold.

Which answers are missing travels as a set of bits: the column ``x__missing`` holds the unanswered questions
that keep ``x`` from being known, and is 0 when ``x`` is known or was not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from punte.methodology.expressions import Expression, counting_column
from punte.methodology.model import DerivedFact, Fact, Pack, Parameter, Rule, Table

MAXIMUM_FACTS = 62
"""A set of missing answers is one BIGINT, a bit for each answer that can be missing."""


@dataclass(frozen=True)
class Column:
    """A column of one table; an ``aggregate`` runs over the members of the household (``empty``: if none)."""

    name: str
    table: Table
    sql: str
    reads: tuple[str, ...]
    aggregate: bool = False
    empty: str = "NULL"


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def missing(name: str) -> str:
    """The column with the missing answers behind a name."""
    return f"{name}__missing"


def askable(pack: Pack) -> tuple[Fact, ...]:
    """The facts that can be missing, in the order of their bits."""
    return tuple(fact for fact in pack.facts.values() if fact.type != "text")


def columns_of(pack: Pack) -> Iterator[Column]:
    """All columns beyond the answers themselves."""
    for bit, fact in enumerate(askable(pack)):
        yield _fact_missing(fact, 1 << bit)
    for parameter in pack.parameters.values():
        yield from _parameter(parameter)
    for derived in pack.derived.values():
        yield from _derived(derived)
    for rule in pack.rules.values():
        yield from _rule(rule, pack)


def _union(names: Iterable[str]) -> str:
    """The missing answers behind any of the names."""
    return " | ".join(quoted(missing(name)) for name in names) or "0"


def _missing_of(name: str) -> tuple[str, ...]:
    return (name, missing(name))


def _reads_of(expression: Expression) -> tuple[str, ...]:
    return tuple(column for name in expression.reads for column in _missing_of(name))


def _fact_missing(fact: Fact, bit: int) -> Column:
    name = quoted(fact.name)
    if fact.asked is None:
        return Column(
            missing(fact.name), fact.table, f"CASE WHEN {name} IS NULL THEN {bit} ELSE 0 END", (fact.name,)
        )
    asked = fact.asked.sql
    sql = (
        f"CASE WHEN {name} IS NOT NULL THEN 0 WHEN {asked} THEN {bit} "
        f"WHEN ({asked}) IS NULL THEN {_union(fact.asked.reads)} ELSE 0 END"
    )
    return Column(missing(fact.name), fact.table, sql, (fact.name, *_reads_of(fact.asked)))


def _missing_if_null(name: str, table: Table, causes: str, reads: Iterable[str]) -> Column:
    sql = f"CASE WHEN {quoted(name)} IS NULL THEN {causes} ELSE 0 END"
    return Column(missing(name), table, sql, (name, *reads))


def _parameter(parameter: Parameter) -> Iterator[Column]:
    branches = [
        f"WHEN visit_date >= DATE '{item.valid_from or date.min}' THEN CAST({item.value} AS DECIMAL(18, 4))"
        for item in reversed(parameter.values)
    ]
    yield Column(parameter.name, "household", f"CASE {' '.join(branches)} END", ("visit_date",))
    yield _missing_if_null(
        parameter.name, "household", quoted(missing("visit_date")), [missing("visit_date")]
    )


def _derived(fact: DerivedFact) -> Iterator[Column]:
    if fact.over == "members":
        yield Column(fact.name, "household", "count(*)", (), aggregate=True, empty="0")
        yield Column(missing(fact.name), "household", "0", ())
    elif fact.over == "row":
        yield from _row_fact(fact)
    else:
        yield from _fact_over_members(fact)


def _row_fact(fact: DerivedFact) -> Iterator[Column]:
    assert fact.expression is not None
    yield Column(fact.name, fact.table, fact.expression.sql, fact.expression.reads)
    causes = [missing(name) for name in fact.expression.reads]
    yield _missing_if_null(fact.name, fact.table, _union(fact.expression.reads), causes)


def _fact_over_members(fact: DerivedFact) -> Iterator[Column]:
    """Whether it holds for a member: first for each member, then counted, then said of the row that asks."""
    assert fact.expression is not None
    own, behind = f"{fact.name}__own", f"{fact.name}__of_members"
    yield from _outcome(
        own, "member", fact.expression.sql, _union(fact.expression.reads), _reads_of(fact.expression)
    )
    yes, unknown = f"{fact.name}__yes", f"{fact.name}__unknown"
    yield Column(yes, "household", f"count(*) FILTER ({quoted(own)})", (own,), aggregate=True, empty="0")
    yield Column(
        unknown, "household", f"count(*) FILTER ({quoted(own)} IS NULL)", (own,), aggregate=True, empty="0"
    )
    yield Column(
        behind, "household", f"bit_or({quoted(missing(own))})", (missing(own),), aggregate=True, empty="0"
    )
    others_yes, others_unknown, reads = quoted(yes), quoted(unknown), [yes, unknown]
    if fact.over == "any_other_member":
        others_yes += f" - CASE WHEN {quoted(own)} THEN 1 ELSE 0 END"
        others_unknown += f" - CASE WHEN {quoted(own)} IS NULL THEN 1 ELSE 0 END"
        reads.append(own)
    sql = f"CASE WHEN {others_yes} > 0 THEN TRUE WHEN {others_unknown} > 0 THEN NULL ELSE FALSE END"
    yield Column(fact.name, fact.table, sql, tuple(reads))
    yield _missing_if_null(fact.name, fact.table, quoted(behind), [behind])


def _outcome(name: str, table: Table, sql: str, causes: str, reads: tuple[str, ...]) -> Iterator[Column]:
    """A condition with its three outcomes: NULL stays only if an answer that was asked for is missing."""
    when = f"{name}__when"
    yield Column(when, table, sql, reads)
    yield Column(
        missing(name), table, f"CASE WHEN {quoted(when)} IS NULL THEN {causes} ELSE 0 END", (when, *reads)
    )
    outcome = (
        f"CASE WHEN {quoted(when)} IS NULL AND {quoted(missing(name))} = 0 THEN FALSE ELSE {quoted(when)} END"
    )
    yield Column(name, table, outcome, (when, missing(name)))


def _rule(rule: Rule, pack: Pack) -> Iterator[Column]:
    sql, causes = rule.condition.sql, _union(rule.condition.reads)
    reads = [*_reads_of(rule.condition), *(name for code in rule.derived_from for name in _missing_of(code))]
    for count, severity in rule.condition.counts:
        counted = codes_counted(rule, pack, severity)
        yield from _counting(rule, counted, count, severity)
        call = quoted(count_of(rule, count, severity))
        sql = sql.replace(quoted(counting_column(count, severity)), call)
        causes += f" | CASE WHEN {call} IS NULL THEN {_union(counted)} ELSE 0 END"
        reads.append(count_of(rule, count, severity))
    yield from _outcome(rule.code, rule.level, sql, causes, tuple(dict.fromkeys(reads)))


def codes_counted(rule: Rule, pack: Pack, severity: int) -> tuple[str, ...]:
    """The codes above a rule that ``findings_at_least(count, severity)`` counts."""
    return tuple(code for code in rule.derived_from if pack.rules[code].severity == severity)


def count_of(rule: Rule, count: int, severity: int) -> str:
    """The column that says whether at least so many findings of a severity hold, as this rule counts them."""
    return f"{rule.code}__{counting_column(count, severity)}"


def _counting(rule: Rule, codes: tuple[str, ...], count: int, severity: int) -> Iterator[Column]:
    """At least so many findings of a severity hold; NULL when open ones could still make it true."""
    name = count_of(rule, count, severity)
    known, unknown = f"{name}__known", f"{name}__unknown"
    held = " + ".join(f"CASE WHEN {quoted(code)} THEN 1 ELSE 0 END" for code in codes) or "0"
    unsure = " + ".join(f"CASE WHEN {quoted(code)} IS NULL THEN 1 ELSE 0 END" for code in codes) or "0"
    yield Column(known, rule.level, held, codes)
    yield Column(unknown, rule.level, unsure, codes)
    sql = (
        f"CASE WHEN {quoted(known)} >= {count} THEN TRUE "
        f"WHEN {quoted(known)} + {quoted(unknown)} >= {count} THEN NULL ELSE FALSE END"
    )
    yield Column(name, rule.level, sql, (known, unknown))
