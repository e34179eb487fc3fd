"""Findings of a few households: what holds, why, and what could not be assessed (R11-R13, R43)."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from punte.methodology.causes import causes_of
from punte.methodology.columns import literal, missing, missing_names, quoted
from punte.methodology.database import connect, sql_type
from punte.methodology.explanations import answers_named, explain, rules_of
from punte.methodology.model import LANGUAGES, Fact, Pack, Rule, Table
from punte.methodology.plan import STAGES, plan_of

Answer = str | int | float | Decimal | bool | date | None
Row = Mapping[str, Answer]


@dataclass(frozen=True)
class Finding:
    """A code that holds for a household (``member_id`` None) or for a member.

    ``explanation`` has the sentence in each language. For a code derived from others it names no finding of a
    sealed compartment; ``because_of`` has all the codes behind it, for `explanations.explain_derived`.
    """

    household_id: str
    member_id: str | None
    code: str
    severity: int
    explanation: Mapping[str, str]
    because_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotAssessed:
    """A code that cannot be known until the missing facts are answered."""

    household_id: str
    member_id: str | None
    code: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Scored:
    """A score of a household (``member_id`` None) or of a member; None where answers behind it are missing."""

    household_id: str
    member_id: str | None
    name: str
    value: Decimal | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Assessed:
    """Findings, what was not assessed, and scores; household rows first, then members as given, in pack order."""

    findings: tuple[Finding, ...]
    not_assessed: tuple[NotAssessed, ...]
    scores: tuple[Scored, ...] = ()


def assess(pack: Pack, households: Sequence[Row], members: Sequence[Row]) -> Assessed:
    """Apply the rules of a pack.

    Args:
        pack: the methodology.
        households: answers by fact name, ``household_id`` among them; an absent or None answer was not given.
        members: the same for members, with ``member_id`` and ``household_id``.

    Returns:
        The findings, what was not assessed, and the scores. A member of a household that is not given is left out.

    Raises:
        duckdb.Error: a value that is not of the type of its fact.
    """
    engine = _engine_of(pack)
    data = _as_json(pack, "household", households), _as_json(pack, "member", members)
    findings: list[Finding] = []
    open_codes: list[NotAssessed] = []
    scores: list[Scored] = []
    for table in engine.tables:
        for record in engine.run(table, data):
            findings.extend(_findings(record, pack))
            open_codes.extend(_not_assessed(record, pack))
            scores.extend(_scored(record, pack))
    return Assessed(tuple(findings), tuple(open_codes), tuple(scores))


def times_asked(pack: Pack, households: Sequence[Row], members: Sequence[Row]) -> Mapping[str, int]:
    """Of how many of these rows each answer is asked, by the name of the fact."""
    data = [_as_json(pack, "household", households), _as_json(pack, "member", members)]
    times: dict[str, int] = {}
    with connect(threads=1) as connection:
        for table in _Engine.tables:
            facts = pack.facts_of(table)
            asked = [f"coalesce({fact.asked.sql}, FALSE)" if fact.asked else "TRUE" for fact in facts]
            rows = connection.execute(_statement(pack, table, asked), data).fetchall()
            times |= {fact.name: sum(row[at + 2] for row in rows) for at, fact in enumerate(facts)}
    return times


@dataclass(frozen=True)
class _Record:
    """One household or member: the outcome of each rule, the answers that sentences name, scores and their gaps."""

    household_id: str
    member_id: str | None
    outcomes: Mapping[str, _Outcome]
    answers: Mapping[str, object]
    scores: Mapping[str, tuple[Any, int]]


@dataclass(frozen=True)
class _Outcome:
    """Of one rule: whether it holds, what is missing, the codes behind it, which parts of its sentence hold."""

    holds: bool | None
    missing: int
    because_of: tuple[str, ...]
    parts: tuple[bool, ...]


def _findings(record: _Record, pack: Pack) -> Iterator[Finding]:
    for code, outcome in record.outcomes.items():
        if outcome.holds:
            rule, because_of = pack.rules[code], outcome.because_of
            explanation = {
                language: explain(
                    pack, rule, language, answers=record.answers, holding=outcome.parts, because_of=because_of
                )
                for language in LANGUAGES
            }
            yield Finding(record.household_id, record.member_id, code, rule.severity, explanation, because_of)


def _not_assessed(record: _Record, pack: Pack) -> Iterator[NotAssessed]:
    for code, outcome in record.outcomes.items():
        if outcome.missing:
            names = missing_names(pack, outcome.missing)
            yield NotAssessed(record.household_id, record.member_id, code, names)


def _scored(record: _Record, pack: Pack) -> Iterator[Scored]:
    for name, (value, bits) in record.scores.items():
        known = None if value is None else Decimal(str(value))
        yield Scored(record.household_id, record.member_id, name, known, missing_names(pack, bits))


def columns_for(pack: Pack, table: Table) -> tuple[Fact, ...]:
    """The facts that a row of a table carries; a member's row also carries the identifier of the household."""
    facts = pack.facts_of(table)
    return facts if table == "household" else (pack.facts["household_id"], *facts)


def _as_json(pack: Pack, table: Table, rows: Sequence[Row]) -> str:
    names = [fact.name for fact in columns_for(pack, table)]
    return json.dumps([{name: _plain(row.get(name)) for name in names} for row in rows])


def _plain(value: Answer) -> str | int | float | bool | None:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


class _Selected:
    """The cells that a statement selects of each row of a table, in order, and how to read them."""

    def __init__(self, pack: Pack, table: Table) -> None:
        self.rules = rules_of(pack, table)
        self.causes = {rule.code: causes_of(rule, pack) for rule in self.rules if rule.derived_from}
        self.names = answers_named(pack, table)
        derived = [cause for causes in self.causes.values() for cause in causes]
        cells = [quoted(code) for rule in self.rules for code in (rule.code, missing(rule.code))]
        cells += [quoted(cause.code) for cause in derived]
        cells += [sql for cause in derived for sql in cause.alternatives]
        cells += [part.when.sql for rule in self.rules for part in rule.parts]
        cells += [quoted(name) for name in self.names]
        self.scores = [score.name for score in pack.scores.values() if score.table == table]
        cells += [quoted(name) for score in self.scores for name in (score, missing(score))]
        self.cells = tuple(dict.fromkeys(cells))

    def record(self, household_id: str, member_id: str | None, cells: Sequence[Any]) -> _Record:
        row = dict(zip(self.cells, cells, strict=True))
        outcomes = {rule.code: self._outcome(rule, row) for rule in self.rules}
        answers = {name: row[quoted(name)] for name in self.names}
        scores = {name: (row[quoted(name)], row[quoted(missing(name))]) for name in self.scores}
        return _Record(household_id, member_id, outcomes, answers, scores)

    def _outcome(self, rule: Rule, row: Mapping[str, Any]) -> _Outcome:
        holds = row[quoted(rule.code)]
        because_of = [
            cause.code
            for cause in self.causes.get(rule.code, [])
            if holds and row[quoted(cause.code)] and all(row[sql] for sql in cause.alternatives)
        ]
        parts = tuple(bool(row[part.when.sql]) for part in rule.parts)
        return _Outcome(holds, row[quoted(missing(rule.code))], tuple(dict.fromkeys(because_of)), parts)


class _Engine:
    """The prepared statements of one pack on one connection, of one thread."""

    tables: tuple[Table, ...] = ("household", "member")

    def __init__(self, pack: Pack) -> None:
        self.connection = connect(threads=1)
        self.selected = {table: _Selected(pack, table) for table in self.tables}
        for table, selected in self.selected.items():
            self.connection.execute(
                f"PREPARE outcomes_of_{table} AS {_statement(pack, table, selected.cells)}"
            )

    def run(self, table: Table, data: tuple[str, str]) -> Iterator[_Record]:
        cursor = self.connection.execute(
            f"EXECUTE outcomes_of_{table}({literal(data[0])}, {literal(data[1])})"
        )
        for household_id, member_id, *cells in cursor.fetchall():
            yield self.selected[table].record(household_id, member_id, cells)


def _statement(pack: Pack, table: Table, cells: Sequence[str]) -> str:
    stages = ", ".join(f"{name} AS ({select})" for name, select in plan_of(pack).stages.items())
    member_id = "NULL" if table == "household" else "member_id"
    source = STAGES[2] if table == "household" else STAGES[3]
    return (
        f"WITH household AS ({_from_json(pack, 'household', '$1')}), member AS ({_from_json(pack, 'member', '$2')}), "
        f"{stages} SELECT {', '.join(['household_id', member_id, *cells])} FROM {source} ORDER BY input_row"
    )


def _from_json(pack: Pack, table: Table, parameter: str) -> str:
    shape = {fact.name: sql_type(fact) for fact in columns_for(pack, table)}
    rows = f"from_json_strict(CAST({parameter} AS VARCHAR), {literal(json.dumps([shape]))})"
    return (
        "SELECT row_of.*, input_row FROM (SELECT unnest(answers) AS row_of, generate_subscripts(answers, 1) AS "
        f"input_row FROM (SELECT {rows} AS answers))"
    )


_local = threading.local()


def _engine_of(pack: Pack) -> _Engine:
    """The engine of this thread and process for a pack; made once, as compiling the rules takes a while."""
    if getattr(_local, "process", None) != os.getpid():
        _local.process, _local.engines = os.getpid(), {}
    engines: dict[str, _Engine] = _local.engines
    if pack.digest not in engines:
        engines[pack.digest] = _Engine(pack)
    return engines[pack.digest]
