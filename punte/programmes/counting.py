"""Counting an indicator: one SELECT over the tables of an extract, from a file, parsed, within limits.

The text never comes from a browser. It may read tables and columns and nothing else: no files, no settings, no second
statement. DuckDB runs it with external access off but for the one folder of the extract.
"""

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import duckdb
from django.conf import settings
from sqlglot import exp, parse
from sqlglot.errors import SqlglotError

from punte.methodology.columns import literal
from punte.methodology.database import connect
from punte.methodology.errors import MethodologyError, gettext_noop

_SECONDS = 20
Key = TypeVar("Key", bound=Hashable)
_REFUSED = (exp.Command, exp.DDL, exp.DML, exp.Into, exp.Pragma, exp.Set, exp.Placeholder, exp.Parameter)


@dataclass(frozen=True)
class Counted:
    """What a query gave of one extract: the value, or a value for each part that it tells apart."""

    extract: str
    values: tuple[tuple[str, Decimal | None], ...]


def read_query(text: str) -> frozenset[str]:
    """The tables that a query reads.

    Raises:
        MethodologyError: it is not one SELECT over tables of an extract that gives `value`, and perhaps `part`.
    """
    try:
        statements = [one for one in parse(text, dialect="duckdb") if one is not None]
    except SqlglotError as error:
        raise MethodologyError(gettext_noop("not SQL: %(problem)s"), problem=str(error)[:200]) from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Select):
        raise MethodologyError(gettext_noop("a query is one SELECT"))
    tree = statements[0]
    bad: Any = next(tree.find_all(*_REFUSED), None)
    if bad is not None:
        raise MethodologyError(gettext_noop("not allowed here: %(what)s"), what=bad.sql(dialect="duckdb"))
    named = {one.alias_or_name for one in tree.find_all(exp.CTE)}
    tables = set()
    for table in tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier) or table.db or not table.name.isidentifier():
            raise MethodologyError(
                gettext_noop("not allowed here: %(what)s"), what=table.sql(dialect="duckdb")
            )
        tables.add(table.name)
    for call in tree.find_all(exp.Anonymous, exp.ReadCSV):
        raise MethodologyError(gettext_noop("not allowed here: %(what)s"), what=call.sql(dialect="duckdb"))
    columns = {column.alias_or_name for column in tree.expressions}
    if "value" not in columns or columns - {"value", "part"}:
        raise MethodologyError(gettext_noop("a query gives value, and part where it tells parts apart"))
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
    known, wanted = _tables_of(folder), read_query(text)
    if missing := wanted - known:
        raise MethodologyError(
            gettext_noop("the extract has no table %(name)s"), name=", ".join(sorted(missing))
        )
    with _views(folder, wanted) as connection:
        return Counted(folder.name, tuple(_within_time(connection, text)))


def count_each(queries: Mapping[Key, str], folder: Path) -> dict[Key, Decimal | None]:
    """The value of each query that gives one, by its name; those whose tables the extract lacks are left out.

    Raises:
        MethodologyError: one fails, or takes too long.
    """
    known = _tables_of(folder)
    asked = {name: (text, read_query(text)) for name, text in queries.items()}
    can = {name: text for name, (text, wanted) in asked.items() if wanted <= known}
    used = frozenset().union(*(asked[name][1] for name in can)) if can else frozenset()
    with _views(folder, used) as connection:
        return {name: dict(_within_time(connection, text)).get("") for name, text in can.items()}


def _tables_of(folder: Path) -> frozenset[str]:
    return frozenset(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"])


@contextmanager
def _views(folder: Path, wanted: Iterable[str]) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = connect(folders=[folder], threads=1)
    try:
        for table in wanted:
            path = literal(str(folder / f"{table}.parquet"))
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({path})")
        yield connection
    except duckdb.Error as error:
        raise MethodologyError(
            gettext_noop("the query fails: %(problem)s"), problem=str(error)[:200]
        ) from error
    finally:
        connection.close()


def _within_time(connection: duckdb.DuckDBPyConnection, text: str) -> list[tuple[str, Decimal | None]]:
    with ThreadPoolExecutor(max_workers=1) as worker:
        running = worker.submit(_rows, connection, text)
        try:
            return running.result(timeout=_SECONDS)
        except TooLong as late:
            connection.interrupt()
            raise MethodologyError(gettext_noop("the query takes too long")) from late


def _rows(connection: duckdb.DuckDBPyConnection, text: str) -> list[tuple[str, Decimal | None]]:
    cursor = connection.execute(text)
    names = [column[0] for column in cursor.description or ()]
    value, part = names.index("value"), names.index("part") if "part" in names else None
    return [
        ("" if part is None else str(row[part]), None if row[value] is None else Decimal(str(row[value])))
        for row in cursor.fetchmany(500)
    ]
