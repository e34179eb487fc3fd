"""Findings of many households at once: from CSV to CSV, by the same conditions as for one (R150)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
from sqlglot import exp

from punte.methodology.columns import askable, count_of, literal, missing, quoted
from punte.methodology.database import connect
from punte.methodology.explanation_sql import columns_in_words, explanation_sql
from punte.methodology.explanations import rules_of
from punte.methodology.model import Pack, Rule, Score, Table
from punte.methodology.plan import STAGES, plan_of
from punte.methodology.tables import TABLES, read_tables

FINDINGS_FILE = "findings.csv"
NOT_ASSESSED_FILE = "not_assessed.csv"
SCORES_FILE = "scores.csv"

_STAGE: dict[Table, str] = {"household": STAGES[2], "member": STAGES[3]}
_RESULTS: dict[Table, str] = {"household": "household_results", "member": "member_results"}
_ORDER = "ORDER BY household_id, member_id NULLS FIRST, code"


@dataclass(frozen=True)
class BatchResult:
    """How many rows a batch has written."""

    findings: int
    not_assessed: int


def run(pack: Pack, input_dir: Path, output_dir: Path, *, language: str = "ro") -> BatchResult:
    """Read ``households.csv`` and ``members.csv``; write ``findings.csv`` and ``not_assessed.csv``.

    Both are sorted by household, member (the household's own findings first) and code; the missing facts of a row
    of ``not_assessed.csv`` are separated by semicolons. A pack with scores has ``scores.csv`` besides, without those of
    which an answer is missing.

    Args:
        pack: the methodology.
        input_dir: the folder of the two tables, with the columns of the pack's facts; of those that the pack asks for
            only since a later version they may be absent, and then they are missing nowhere.
        output_dir: the folder to write to; made if absent.
        language: of the explanations.

    Raises:
        InputErrors: bad rows; nothing is written.
    """
    source, target = input_dir.resolve(), output_dir.resolve()
    connection = connect(folders=[source, target])
    try:
        absent = read_tables(connection, pack, source)
        _judge(connection, pack, language)
        target.mkdir(parents=True, exist_ok=True)
        return _write(connection, pack, target, language, absent)
    finally:
        connection.close()


def _judge(connection: duckdb.DuckDBPyConnection, pack: Pack, language: str) -> None:
    """Make the tables of outcomes. The stages are views, so that each computes only what is read of it."""
    for name, select in plan_of(pack).stages.items():
        connection.execute(f"CREATE VIEW {name} AS {select}")
    for table in TABLES:
        connection.execute(f"CREATE TABLE {_RESULTS[table]} AS {_outcomes(pack, table, language)}")


def _outcomes(pack: Pack, table: Table, language: str) -> str:
    spoken = dict(columns_in_words(pack, table, [language]))
    scores = [score.name for score in _scores_of(pack, table)]
    later = [name for rule in rules_of(pack, table) for name in _read_later(rule)]
    names = ["household_id", *spoken, *later, *scores]
    listed = ", ".join(quoted(name) for name in dict.fromkeys(names))
    words = "".join(f", {sql} AS {quoted(name)}" for name, sql in spoken.items())
    return f"SELECT {_member_id(table)}, {listed} FROM (SELECT *{words} FROM {_STAGE[table]})"


def _read_later(rule: Rule) -> Iterator[str]:
    """What writing a rule's findings reads beside the answers in words."""
    yield rule.code
    yield missing(rule.code)
    yield from (count_of(rule, *pair) for pair in rule.condition.counts)
    yield from rule.derived_from
    yield from (name for part in rule.parts for name in part.when.reads)


def _at_once(connection: duckdb.DuckDBPyConnection, statements: Sequence[str]) -> list[int]:
    """Run statements side by side, each on its own cursor; the number of rows that each made."""

    def run_one(statement: str) -> int:
        return int(connection.cursor().execute(statement).fetchall()[0][0])

    with ThreadPoolExecutor(len(statements)) as threads:
        return list(threads.map(run_one, statements))


def _write(
    connection: duckdb.DuckDBPyConnection,
    pack: Pack,
    target: Path,
    language: str,
    absent: frozenset[str],
) -> BatchResult:
    """Write the files aside, at once, and put them in place only when all are whole."""
    selects = {
        FINDINGS_FILE: f"{' UNION ALL '.join(_findings(pack, language))} {_ORDER}",
        NOT_ASSESSED_FILE: f"{_not_assessed(pack, absent)} {_ORDER}",
    }
    if pack.scores:
        selects[SCORES_FILE] = (
            f"{' UNION ALL '.join(_scores(pack))} ORDER BY household_id, member_id NULLS FIRST, score"
        )
    copies = [
        f"COPY ({select}) TO {literal(str(target / f'.{name}'))} (FORMAT csv, HEADER)"
        for name, select in selects.items()
    ]
    findings, not_assessed, *_scored = _at_once(connection, copies)
    for name in selects:
        (target / f".{name}").replace(target / name)
    return BatchResult(findings, not_assessed)


def _findings(pack: Pack, language: str) -> Iterator[str]:
    for table in TABLES:
        for rule in rules_of(pack, table):
            yield (
                f"SELECT household_id, member_id, {literal(rule.code)} AS code, {rule.severity} AS severity, "
                f"{explanation_sql(pack, rule, language)} AS explanation "
                f"FROM {_RESULTS[table]} WHERE {quoted(rule.code)}"
            )


def _scores_of(pack: Pack, table: Table) -> list[Score]:
    return [score for score in pack.scores.values() if score.table == table]


def _scores(pack: Pack) -> Iterator[str]:
    for table in TABLES:
        for score in _scores_of(pack, table):
            yield (
                f"SELECT household_id, member_id, {literal(score.name)} AS score, {quoted(score.name)} AS value "
                f"FROM {_RESULTS[table]} WHERE {quoted(score.name)} IS NOT NULL"
            )


def _member_id(table: Table) -> str:
    return "CAST(NULL AS VARCHAR) AS member_id" if table == "household" else "member_id"


def _not_assessed(pack: Pack, absent: frozenset[str]) -> str:
    """Rows with the bits of missing answers, and each set of bits spelled out once.

    What no table has a column of was not asked: it is missing nowhere, and rules that need it are left out.
    """
    asked = sum(1 << bit for bit, fact in enumerate(askable(pack)) if fact.name not in absent)
    rows = " UNION ALL ".join(
        f"SELECT household_id, member_id, {literal(rule.code)} AS code, {quoted(missing(rule.code))} & {asked} AS bits "
        f"FROM {_RESULTS[table]} WHERE {quoted(missing(rule.code))} & {asked} <> 0"
        for table in TABLES
        for rule in rules_of(pack, table)
        if not _needs(rule, absent)
    )
    names = ", ".join(
        f"CASE WHEN bits & {1 << bit} <> 0 THEN {literal(fact.name)} END"
        for bit, fact in enumerate(askable(pack))
    )
    return (
        f"WITH open_rows AS MATERIALIZED ({rows}), "
        f"spelled AS (SELECT bits, concat_ws(';', {names}) AS missing FROM (SELECT DISTINCT bits FROM open_rows)) "
        "SELECT household_id, member_id, code, missing FROM open_rows JOIN spelled USING (bits)"
    )


def _needs(rule: Rule, absent: frozenset[str]) -> bool:
    """Whether a condition reads one of these answers without saying what holds where it is not given."""
    read = (column for column in rule.condition.tree.find_all(exp.Column) if column.name in absent)
    return any(column.find_ancestor(exp.Coalesce) is None for column in read)
