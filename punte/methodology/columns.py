"""Every value that the rules need, as a named SQL column with the columns it reads.

A rule has one of three outcomes on a row: it holds (TRUE), it does not hold (FALSE), it is not assessed (NULL).
Not assessed means that its condition is NULL and that some answer it depends on was asked of the row and not
given. A condition that is NULL only because of questions not asked of the row (pregnancy of a man) does not hold.

Which answers are missing is a set of bits. ``household__unanswered`` and ``member__unanswered`` have the questions
asked of a row and not answered; ``CODE__missing`` those of them that keep a code from being known, 0 if it is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from punte.methodology.expressions import Expression, counting_column, never_null
from punte.methodology.model import DerivedFact, Fact, Pack, Parameter, Rule, Table
from punte.methodology.unread import names_read

MAXIMUM_FACTS = 62
"""A set of missing answers is one BIGINT, a bit for each answer that can be missing."""


@dataclass(frozen=True)
class Column:
    """A column of one table; an ``aggregate`` runs over the members of the household (``empty``: if none).

    ``bits`` tells a set of missing answers from a value.
    """

    name: str
    table: Table
    sql: str
    reads: tuple[str, ...]
    aggregate: bool = False
    empty: str = "NULL"
    bits: bool = False


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def missing(name: str) -> str:
    """The column with the missing answers behind a name."""
    return f"{name}__missing"


def askable(pack: Pack) -> tuple[Fact, ...]:
    """The facts that can be missing behind something, in the order of their bits; what nothing reads is none."""
    read = names_read(pack)
    return tuple(fact for fact in pack.facts.values() if fact.type != "text" and fact.name in read)


def columns_of(pack: Pack) -> Iterator[Column]:
    """All columns beyond the answers themselves."""
    yield from _Columns(pack).all()


def missing_names(pack: Pack, bits: int) -> tuple[str, ...]:
    """The facts in a set of missing answers, in the order of the pack."""
    return tuple(fact.name for bit, fact in enumerate(askable(pack)) if bits >> bit & 1)


def codes_counted(rule: Rule, pack: Pack, severity: int) -> tuple[str, ...]:
    """The codes above a rule that ``findings_at_least(count, severity)`` counts."""
    return tuple(code for code in rule.derived_from if pack.rules[code].severity == severity)


def count_of(rule: Rule, count: int, severity: int) -> str:
    """The column that says whether at least so many findings of a severity hold, as this rule counts them."""
    return f"{rule.code}__{counting_column(count, severity)}"


@dataclass(frozen=True)
class _Causes:
    """What may keep a value from being known: answers of the row, and facts over the members of the household."""

    bits: int
    over_members: frozenset[str]

    def __or__(self, other: _Causes) -> _Causes:
        return _Causes(self.bits | other.bits, self.over_members | other.over_members)


_NOTHING = _Causes(0, frozenset())


class _Columns:
    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.bits = {fact.name: 1 << bit for bit, fact in enumerate(askable(pack))}
        self.causes: dict[str, _Causes] = {}

    def all(self) -> Iterator[Column]:
        tables: tuple[Table, ...] = ("household", "member")
        for table in tables:
            yield from self._unanswered(table)
        for parameter in self.pack.parameters.values():
            yield _parameter(parameter)
        for derived in self.pack.derived.values():
            yield from self._derived(derived)
        for rule in self.pack.rules.values():
            yield from self._rule(rule)

    def _causes_of(self, names: Iterable[str]) -> _Causes:
        causes = _NOTHING
        for name in names:
            if name not in self.causes:
                self.causes[name] = self._causes_of_one(name)
            causes |= self.causes[name]
        return causes

    def _causes_of_one(self, name: str) -> _Causes:
        fact, derived = self.pack.facts.get(name), self.pack.derived.get(name)
        if fact is not None:
            own = _Causes(self.bits.get(name, 0), frozenset())
            gated = fact.asked is not None and not never_null(fact.asked.tree)
            return own | self._causes_of(fact.asked.reads) if gated and fact.asked else own
        if derived is not None and derived.over == "row" and derived.expression:
            return self._causes_of(derived.expression.reads)
        if derived is not None:
            return _Causes(0, frozenset({name} if derived.expression else ()))
        if name in self.pack.parameters:
            return self._causes_of(["visit_date"])
        rule = self.pack.rules[name]
        return self._causes_of([*rule.condition.reads, *rule.derived_from])

    def _unanswered(self, table: Table) -> Iterator[Column]:
        """The questions asked of a row and not answered: those known at once, then with what members say."""
        facts = [fact for fact in self.pack.facts_of(table) if fact.name in self.bits]
        late = [fact for fact in facts if fact.asked and self._causes_of(fact.asked.reads).over_members]
        above = "household__unanswered" if table == "member" else ""
        names = [f"{above}_early" if above else "", above]
        for stage, chosen in enumerate([[fact for fact in facts if fact not in late], late]):
            before = [name for name in (names[stage], f"{table}__unanswered_early" if stage else "") if name]
            pieces = [*map(quoted, before), *(self._bit_if_unanswered(fact) for fact in chosen)]
            reads = [*before, *(fact.name for fact in chosen)]
            reads += [name for fact in chosen if fact.asked for name in fact.asked.reads]
            name = f"{table}__unanswered{'' if stage else '_early'}"
            yield Column(name, table, " | ".join(pieces) or "0", tuple(dict.fromkeys(reads)), bits=True)

    def _bit_if_unanswered(self, fact: Fact) -> str:
        asked = f" AND ({fact.asked.sql})" if fact.asked else ""
        return f"CASE WHEN {quoted(fact.name)} IS NULL{asked} THEN {self.bits[fact.name]} ELSE 0 END"

    def _missing_sql(self, causes: _Causes, unanswered: str) -> tuple[str, tuple[str, ...]]:
        """The SQL of the missing answers among some causes, and the columns it reads."""
        over_members = [missing(name) for name in sorted(causes.over_members)]
        pieces = [f"({quoted(unanswered)} & {causes.bits})"] if causes.bits else []
        pieces += map(quoted, over_members)
        return " | ".join(pieces) or "0", (unanswered, *over_members)

    def _derived(self, fact: DerivedFact) -> Iterator[Column]:
        if fact.over == "members":
            yield Column(fact.name, "household", "count(*)", (), aggregate=True, empty="0")
        elif fact.over == "row" and fact.expression and fact.name in self.pack.scores:
            yield from self._score(fact, fact.expression)
        elif fact.over == "row" and fact.expression:
            yield Column(fact.name, fact.table, fact.expression.sql, fact.expression.reads)
        elif fact.expression:
            yield from self._over_members(fact, fact.expression)

    def _score(self, fact: DerivedFact, expression: Expression) -> Iterator[Column]:
        """A number that is known only where no answer behind it is missing."""
        causes, reads = self._missing_sql(self._causes_of(expression.reads), f"{fact.table}__unanswered")
        behind = missing(fact.name)
        yield Column(behind, fact.table, causes, reads, bits=True)
        sql = f"CASE WHEN {quoted(behind)} = 0 THEN {expression.sql} END"
        yield Column(fact.name, fact.table, sql, (*expression.reads, behind))

    def _over_members(self, fact: DerivedFact, expression: Expression) -> Iterator[Column]:
        """Whether it holds for a member: first for each member, then counted, then said of the row that asks."""
        own, behind = f"{fact.name}__own", f"{fact.name}__of_members"
        causes, reads = self._missing_sql(self._causes_of(expression.reads), "member__unanswered_early")
        yield from _outcome(own, "member", expression.sql, causes, (*expression.reads, *reads))
        yes, unknown = f"{fact.name}__yes", f"{fact.name}__unknown"
        for name, sql in (
            (yes, f"count(*) FILTER ({quoted(own)})"),
            (unknown, f"count(*) FILTER ({quoted(own)} IS NULL)"),
            (behind, f"bit_or({quoted(missing(own))})"),
        ):
            reads = (own, missing(own))
            yield Column(name, "household", sql, reads, aggregate=True, empty="0", bits=name == behind)
        others_yes, others_unknown = quoted(yes), quoted(unknown)
        if fact.over == "any_other_member":
            others_yes += f" - CASE WHEN {quoted(own)} THEN 1 ELSE 0 END"
            others_unknown += f" - CASE WHEN {quoted(own)} IS NULL THEN 1 ELSE 0 END"
        sql = f"CASE WHEN {others_yes} > 0 THEN TRUE WHEN {others_unknown} > 0 THEN NULL ELSE FALSE END"
        yield Column(fact.name, fact.table, sql, (yes, unknown, *((own,) if fact.table == "member" else ())))
        sql = f"CASE WHEN {quoted(fact.name)} IS NULL THEN {quoted(behind)} ELSE 0 END"
        yield Column(missing(fact.name), fact.table, sql, (fact.name, behind), bits=True)

    def _rule(self, rule: Rule) -> Iterator[Column]:
        unanswered = f"{rule.level}__unanswered"
        sql, (causes, missing_reads) = (
            rule.condition.sql,
            self._missing_sql(self._causes_of(rule.condition.reads), unanswered),
        )
        reads = [*rule.condition.reads, *missing_reads]
        for count, severity in rule.condition.counts:
            codes = codes_counted(rule, self.pack, severity)
            yield from _counting(rule, codes, count, severity)
            call = quoted(count_of(rule, count, severity))
            sql = sql.replace(quoted(counting_column(count, severity)), call)
            counted, counted_reads = self._missing_sql(self._causes_of(codes), unanswered)
            causes += f" | CASE WHEN {call} IS NULL THEN {counted} ELSE 0 END"
            reads += [*counted_reads, count_of(rule, count, severity)]
        yield from _outcome(rule.code, rule.level, sql, causes, tuple(dict.fromkeys(reads)))


def _parameter(parameter: Parameter) -> Column:
    branches = [
        f"WHEN visit_date >= DATE '{item.valid_from or date.min}' THEN CAST({item.value} AS DECIMAL(18, 4))"
        for item in reversed(parameter.values)
    ]
    return Column(parameter.name, "household", f"CASE {' '.join(branches)} END", ("visit_date",))


def _outcome(name: str, table: Table, sql: str, causes: str, reads: tuple[str, ...]) -> Iterator[Column]:
    """A condition with its three outcomes: NULL stays only if an answer that was asked for is missing."""
    when = f"{name}__when"
    yield Column(when, table, sql, reads)
    behind = f"CASE WHEN {quoted(when)} IS NULL THEN {causes} ELSE 0 END"
    yield Column(missing(name), table, behind, (when, *reads), bits=True)
    outcome = f"coalesce({quoted(when)}, CASE WHEN {quoted(missing(name))} = 0 THEN FALSE END)"
    yield Column(name, table, outcome, (when, missing(name)))


def _counting(rule: Rule, codes: tuple[str, ...], count: int, severity: int) -> Iterator[Column]:
    """At least so many findings of a severity hold; NULL when open ones could still make it true."""
    name = count_of(rule, count, severity)
    known, unknown = f"{name}__known", f"{name}__unknown"
    outcomes = f"[{', '.join(quoted(code) for code in codes)}]"
    held = f"coalesce(list_sum(CAST({outcomes} AS TINYINT[])), 0)" if codes else "0"
    unsure = f"{len(codes)} - list_count({outcomes})" if codes else "0"
    yield Column(known, rule.level, held, codes)
    yield Column(unknown, rule.level, unsure, codes)
    sql = (
        f"CASE WHEN {quoted(known)} >= {count} THEN TRUE "
        f"WHEN {quoted(known)} + {quoted(unknown)} >= {count} THEN NULL ELSE FALSE END"
    )
    yield Column(name, rule.level, sql, (known, unknown))
