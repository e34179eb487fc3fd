"""The questions of content asked of one extract: by DuckDB in this process, or by Spark where a county already has it.

The texts are those of DuckDB; for Spark they are put into its own dialect as they are asked. What they read beside the
extract, the periods asked for, what institutions sent, the views of several texts, is given to both alike. What comes
back is told in the same words, in the order of the rows, so that the files of two engines are the same bytes or differ
in a figure.
"""

import csv
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from sqlglot import transpile

from punte.methodology.columns import literal
from punte.methodology.database import connect
from punte.programmes.counting import Given, put, tables_of
from punte.statistics.questions import Round, rounds

ENGINES = ("duckdb", "spark")
Answer = tuple[list[str], Iterable[Sequence[Any]]]
"""The names of the columns, and the rows."""


class NoSpark(Exception):
    """Spark, or the Java that it runs on, is not on this machine."""


class Engine(Protocol):
    """What asks the tables of an extract."""

    def read(self, name: str, file: Path) -> None:
        """Have a file of the extract as a table."""

    def give(self, name: str, given: Given) -> None:
        """Have a small table, instead of one of that name."""

    def keep(self, name: str, text: str) -> None:
        """Have a text as a table, instead of one of that name."""

    def ask(self, text: str) -> Answer:
        """Ask one text."""

    def end(self) -> None:
        """Let go of everything."""


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
    begun: Engine = _Spark(folder) if engine == "spark" else _DuckDB(folder)
    read: set[str] = set()
    try:
        for one in rounds(folder):
            beside = _Beside(begun, one, tables, read)
            for place, text in one.queries.items():
                if absent := beside.bring(text):
                    yield place, absent
                    continue
                names, rows = begun.ask(text)
                yield place, _write(target / f"{place}.csv", names, rows)
    finally:
        begun.end()


class _Beside:
    """What the questions of a round read, brought as it is first asked for.

    Attributes:
        read: the tables of the extract that are there from earlier rounds.
    """

    def __init__(self, engine: Engine, one: Round, tables: Mapping[str, Path], read: set[str]) -> None:
        self.engine, self.one, self.tables, self.read = engine, one, tables, read
        self.known = {*tables, *one.given, *one.views}
        self.there: set[str] = set()

    def bring(self, text: str) -> list[str]:
        """Bring what a text reads; the tables that there are not."""
        absent = set(missing(text, self.known))
        for name in sorted(tables_of(text) - self.there - self.read):
            if name in self.tables:
                self.engine.read(name, self.tables[name])
                self.read.add(name)
            elif name in self.one.given:
                self.engine.give(name, self.one.given[name])
            elif view := self.one.views.get(name):
                absent |= {*self.bring(view)}
                if not absent:
                    self.engine.keep(name, view)
            if not absent:
                self.there.add(name)
        return sorted(absent)


class _DuckDB:
    def __init__(self, folder: Path) -> None:
        self.connection = connect(folders=[folder])

    def read(self, name: str, file: Path) -> None:
        self.connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({literal(str(file))})")

    def give(self, name: str, given: Given) -> None:
        self.connection.execute(f"DROP TABLE IF EXISTS {name}")
        put(self.connection, name, given)

    def keep(self, name: str, text: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS {text}")

    def ask(self, text: str) -> Answer:
        cursor = self.connection.execute(text)
        return [column[0] for column in cursor.description or ()], cursor.fetchall()

    def end(self) -> None:
        self.connection.close()


class _Spark:
    def __init__(self, _folder: Path) -> None:
        try:
            from pyspark.sql import SparkSession

            builder = SparkSession.builder.appName("punte").config("spark.ui.enabled", "false")
            self.session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
        except Exception as problem:  # without Java it ends in whatever its own launcher raises
            raise NoSpark(str(problem)) from problem

    def read(self, name: str, file: Path) -> None:
        self.session.read.parquet(str(file)).createOrReplaceTempView(name)

    def give(self, name: str, given: Given) -> None:
        columns = ", ".join(f"{name} {_IN_SPARK.get(kind, kind)}" for name, kind in given.columns.items())
        self.session.createDataFrame(list(given.rows), columns).createOrReplaceTempView(name)

    def keep(self, name: str, text: str) -> None:
        self.session.sql(_spoken(text)).createOrReplaceTempView(name)

    def ask(self, text: str) -> Answer:
        answer = self.session.sql(_spoken(text))
        return answer.columns, answer.collect()

    def end(self) -> None:
        self.session.stop()


_IN_SPARK = {"VARCHAR": "STRING"}


def _spoken(text: str) -> str:
    [own] = transpile(text, read="duckdb", write="spark")
    return own


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
        return f"{Decimal(str(value)) + 0:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value)
