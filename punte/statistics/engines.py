"""The questions of content asked of one extract: by DuckDB in this process, or by Spark where a county already has it.

The texts are those of DuckDB; for Spark they are put into its own dialect as they are asked. What comes back is told in
the same words, in the order of the rows, so that the files of two engines are the same bytes or differ in a figure.
"""

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from sqlglot import transpile

from punte.methodology.columns import literal
from punte.methodology.database import connect
from punte.programmes.counting import tables_of

Ask = Callable[[str], tuple[list[str], Iterable[Sequence[Any]]]]
"""Asks one text: the names of its columns, and its rows."""
ENGINES = ("duckdb", "spark")


class NoSpark(Exception):
    """Spark, or the Java that it runs on, is not on this machine."""


def questions() -> dict[str, str]:
    """Every SQL text of content by its place there, without the suffix; those that others read as tables aside."""
    root: Path = settings.CONTENT
    files = sorted(file for file in root.rglob("*.sql") if file.parent.name != "views")
    return {file.relative_to(root).with_suffix("").as_posix(): file.read_text("utf-8") for file in files}


def missing(text: str, tables: Iterable[str]) -> list[str]:
    """The tables that a text reads and an extract does not have.

    Raises:
        MethodologyError: it is not one SELECT over tables of an extract.
    """
    return sorted(tables_of(text).difference(tables))


def files_of(folder: Path) -> dict[str, Path]:
    """The Parquet files of an extract by the names of their tables."""
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    return {name: folder / f"{name}.parquet" for name in files}


def run(engine: str, folder: Path, target: Path) -> Iterator[tuple[str, int | list[str]]]:
    """Ask an extract every question, and write each answer as CSV.

    Args:
        engine: one of `ENGINES`.
        folder: of the extract.
        target: where the answers go, under the places of their questions.

    Returns:
        Of each question its place, with the number of rows of its answer, or the tables that the extract does not have.

    Raises:
        NoSpark: Spark is asked for and is not here.
    """
    tables = files_of(folder)
    begin = {"duckdb": _duckdb, "spark": _spark}[engine]
    ask, end = begin(folder, tables)
    try:
        for place, text in questions().items():
            if absent := missing(text, tables):
                yield place, absent
                continue
            names, rows = ask(text)
            yield place, _write(target / f"{place}.csv", names, rows)
    finally:
        end()


def _duckdb(folder: Path, tables: Mapping[str, Path]) -> tuple[Ask, Callable[[], None]]:
    connection = connect(folders=[folder])
    for name, file in tables.items():
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({literal(str(file))})")

    def ask(text: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        cursor = connection.execute(text)
        return [column[0] for column in cursor.description or ()], cursor.fetchall()

    return ask, connection.close


def _spark(_folder: Path, tables: Mapping[str, Path]) -> tuple[Ask, Callable[[], None]]:
    try:
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.appName("punte").config("spark.ui.enabled", "false")
        session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    except Exception as problem:  # without Java it ends in whatever its own launcher raises
        raise NoSpark(str(problem)) from problem
    for name, file in tables.items():
        session.read.parquet(str(file)).createOrReplaceTempView(name)

    def ask(text: str) -> tuple[list[str], list[Any]]:
        [own] = transpile(text, read="duckdb", write="spark")
        answer = session.sql(own)
        return answer.columns, answer.collect()

    return ask, session.stop


def _write(file: Path, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    told = sorted([_told(value) for value in row] for row in rows)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([names, *told])
    return len(told)


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        return f"{Decimal(str(value)):.6f}".rstrip("0").rstrip(".")
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value)
