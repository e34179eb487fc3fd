"""Counting an indicator: one SELECT over the tables of an extract, from a file, parsed, within limits.

The text never comes from a browser. It may read tables and columns and nothing else: no files, no settings, no second
statement. DuckDB runs it with external access off but for the one folder of the extract.
"""

import json
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import duckdb
from django.conf import settings
from sqlglot import exp, parse
from sqlglot.errors import SqlglotError

from punte.kernel.extracts import PORTION
from punte.methodology.columns import literal
from punte.methodology.database import connect
from punte.methodology.errors import MethodologyError, gettext_noop

_SECONDS = 20
_MOST_ROWS = 50_000
Found = TypeVar("Found")
Key = TypeVar("Key", bound=Hashable)
_REFUSED = (exp.Command, exp.DDL, exp.DML, exp.Into, exp.Pragma, exp.Set, exp.Placeholder, exp.Parameter)


@dataclass(frozen=True)
class Counted:
    """What a query gave of one extract: the value, or a value for each part that it tells apart."""

    extract: str
    values: tuple[tuple[str, Decimal | None], ...]


@dataclass(frozen=True)
class Given:
    """A small table that a query may read beside those of the extract: its columns with their types, and its rows."""

    columns: Mapping[str, str]
    rows: Sequence[Sequence[Any]]


def read_query(text: str, *, parts: Collection[str] = ("part",)) -> frozenset[str]:
    """The tables that a query reads.

    Args:
        parts: the columns that it may give beside `value`.

    Raises:
        MethodologyError: it is not one SELECT over tables of an extract that gives `value`, and perhaps `part`.
    """
    tree = _select(text)
    columns = {column.alias_or_name for column in tree.expressions}
    if "value" not in columns or columns - {"value", *parts}:
        raise MethodologyError(
            gettext_noop("a query gives value, and beside it only %(parts)s"), parts=", ".join(parts)
        )
    return _tables(tree)


def tables_of(text: str) -> frozenset[str]:
    """The tables that a query reads, whatever columns it gives.

    Raises:
        MethodologyError: it is not one SELECT over tables of an extract.
    """
    return _tables(_select(text))


def _select(text: str) -> exp.Select:
    try:
        statements = [one for one in parse(text, dialect="duckdb") if one is not None]
    except SqlglotError as error:
        raise MethodologyError(gettext_noop("not SQL: %(problem)s"), problem=str(error)[:200]) from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Select):
        raise MethodologyError(gettext_noop("a query is one SELECT"))
    tree = statements[0]
    bad: Any = next(tree.find_all(*_REFUSED, exp.Anonymous, exp.ReadCSV), None)
    if bad is not None:
        raise MethodologyError(gettext_noop("not allowed here: %(what)s"), what=bad.sql(dialect="duckdb"))
    return tree


def _tables(tree: exp.Select) -> frozenset[str]:
    named = {one.alias_or_name for one in tree.find_all(exp.CTE)}
    tables = set()
    for table in tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier) or table.db or not table.name.isidentifier():
            raise MethodologyError(
                gettext_noop("not allowed here: %(what)s"), what=table.sql(dialect="duckdb")
            )
        tables.add(table.name)
    return frozenset(tables - named)


def extracts() -> Iterator[Path]:
    """The folders of the extracts that are whole, the newest first."""
    folders = sorted((settings.VAR / "extracts").glob("*Z/manifest.json"), reverse=True)
    return (file.parent for file in folders)


def count(text: str, folder: Path) -> Counted:
    """Run a query on an extract.

    Raises:
        MethodologyError: it asks for a table that the extract does not have, or takes too long.
    """
    rows = asked(folder, lambda ask: ask(text, ("part",)))
    return Counted(folder.name, tuple((str(part or ""), value) for part, value in rows))


def count_each(queries: Mapping[Key, str], folder: Path) -> dict[Key, Decimal | None]:
    """The value of each query that gives one, by its name; those whose tables the extract lacks are left out.

    Raises:
        MethodologyError: one fails, or takes too long.
    """
    known = frozenset(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"])
    can = {name: text for name, text in queries.items() if read_query(text) <= known}
    return asked(folder, lambda ask: {name: _whole(ask(text, ("part",))) for name, text in can.items()})


def _whole(rows: Sequence[tuple[Any, ...]]) -> Decimal | None:
    """The value that is of no part."""
    return next((value for part, value in rows if part == ""), None)


Row = tuple[Any, ...]
Ask = Callable[[str, Sequence[str]], list[Row]]
"""A query, and the columns that it may give: its rows, each with those in this order and the value last."""


def asked(
    folder: Path,
    ask: Callable[[Ask], Found],
    *,
    given: Mapping[str, Given] | None = None,
    views: Mapping[str, str] | None = None,
) -> Found:
    """Ask an extract one or several queries over one connection.

    Args:
        ask: is given what runs a query.
        given: tables besides those of the extract, by their names.
        views: queries that others may read by their names, each reckoned once.

    Raises:
        MethodologyError: a query asks for a table that is not there, or takes too long.
    """
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    connection = connect(folders=[folder], threads=1)
    there: set[str] = set()

    def bring(table: str) -> None:
        if table in there:
            return
        there.add(table)
        if table in (given or {}):
            put(connection, table, (given or {})[table])
        elif text := (views or {}).get(table):
            for other in tables_of(text):
                bring(other)
            connection.execute(f"CREATE TABLE {table} AS {text}")
        elif table in files:
            path = literal(str(folder / f"{table}.parquet"))
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({path})")
        else:
            raise MethodologyError(gettext_noop("the extract has no table %(name)s"), name=table)

    def run(text: str, parts: Sequence[str]) -> list[Row]:
        for table in sorted(read_query(text, parts=parts)):
            bring(table)
        return _within_limits(connection, text, parts)

    try:
        return ask(run)
    except duckdb.Error as error:
        raise MethodologyError(
            gettext_noop("the query fails: %(problem)s"), problem=str(error)[:200]
        ) from error
    finally:
        connection.close()


def put(connection: Any, name: str, given: Given) -> None:
    """Make a small table in DuckDB."""
    columns = ", ".join(f"{column} {kind}" for column, kind in given.columns.items())
    connection.execute(f"CREATE TABLE {name} ({columns})")
    marks = f"({', '.join('?' * len(given.columns))})"
    # One by one they take a hundred times as long.
    for start in range(0, len(given.rows), PORTION):
        rows = given.rows[start : start + PORTION]
        values = [value for row in rows for value in row]
        connection.execute(f"INSERT INTO {name} VALUES {', '.join([marks] * len(rows))}", values)  # noqa: S608


def _within_limits(connection: Any, text: str, parts: Sequence[str]) -> list[Row]:
    with ThreadPoolExecutor(max_workers=1) as worker:
        running = worker.submit(_rows, connection, text, parts)
        try:
            return running.result(timeout=_SECONDS)
        except TooLong as late:
            connection.interrupt()
            raise MethodologyError(gettext_noop("the query takes too long")) from late


def _rows(connection: Any, text: str, parts: Sequence[str]) -> list[Row]:
    cursor = connection.execute(text)
    names = [column[0] for column in cursor.description or ()]
    places = [names.index(part) if part in names else None for part in parts]
    value = names.index("value")
    return [
        (
            *("" if place is None or row[place] is None else row[place] for place in places),
            None if row[value] is None else Decimal(str(row[value])),
        )
        for row in cursor.fetchmany(_MOST_ROWS)
    ]
