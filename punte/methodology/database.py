"""DuckDB connections for rules: no file but those named, no network, no extension, configuration locked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from os import getpid
from pathlib import Path

import duckdb

from punte.methodology.columns import literal
from punte.methodology.explanation_sql import MACROS
from punte.methodology.model import Fact, FactType

SQL_TYPES: dict[FactType, str] = {
    "text": "VARCHAR",
    "choice": "VARCHAR",
    "integer": "BIGINT",
    "decimal": "DOUBLE",
    "date": "DATE",
    "yesno": "BOOLEAN",
}


def connect(*, folders: Sequence[Path] = (), threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A connection in memory that can read and write files in the folders given, and nothing else.

    Args:
        folders: folders it may use.
        threads: how many threads it may use (None: one for each core).
    """
    connection = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )
    for macro in MACROS:
        connection.execute(macro)
    if threads is not None:
        connection.execute(f"SET threads = {threads}")
    # The order of joins is given by the stages; looking for another over hundreds of columns takes seconds.
    connection.execute("SET disabled_optimizers = 'join_order'")
    named = ", ".join(literal(str(folder)) for folder in folders)
    connection.execute(f"SET allowed_directories = [{named}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


@lru_cache(maxsize=1)
def _of_process(_process: int) -> duckdb.DuckDBPyConnection:
    return connect(threads=1)


def cursor_of_process() -> duckdb.DuckDBPyConnection:
    """A cursor of the one connection of this process, for small questions: opening one takes longer than they do."""
    return _of_process(getpid()).cursor()


def sql_type(fact: Fact) -> str:
    """The SQL type of an answer."""
    return SQL_TYPES[fact.type]
