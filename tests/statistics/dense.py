"""An extract in which every table is full and every question finds something: made of the words that questions ask for.

What the demonstration writes by chance, this has in plenty: ties, gaps, the same person in two households and the same
household at two institutions in one month.
"""

import datetime as dt
import json
import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlglot import exp, parse_one

from punte.kernel.extracts import Pseudonyms, Table
from punte.methodology.database import connect
from punte.returns.reading import views
from punte.statistics.questions import rounds
from punte.statistics.tables import tables, write_tables

MOMENT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
_ROWS, _NAMES = 200, 24
_SUBJECTS = ("person", "about", "household", "child", "worker", "case", "notification", "meeting")
_KEEPERS = ("keeper", "kept_by", "organization")


def dense(root: Path, *, uats: Mapping[int, str], services: Collection[str]) -> Path:
    """Write it below a folder.

    Args:
        uats: the counties by the SIRUTA of each.
        services: their identifiers.
    """
    folder = root / f"{MOMENT:%Y-%m-%dT%H-%M-%SZ}"
    folder.mkdir(parents=True)
    named = {"moment": MOMENT.isoformat(), "files": {table.name: {} for table in tables()}}
    (folder / "manifest.json").write_text(json.dumps(named), encoding="utf-8")
    made = _Dense(_words(folder), list(uats.items()), list(services))
    full = [Table(one.name, one.columns, made.rows_of(one)) for one in tables()]
    write_tables(connect(folders=[folder]), folder, full, Pseudonyms(b"dense"), MOMENT)
    return folder


def _words(folder: Path) -> dict[tuple[str, str], set[str]]:
    """By table and column the words that questions ask of it; of no table those of what they read as one."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    texts = [text for one in rounds(folder) for text in one.queries.values()]
    for text in [*texts, *views().values()]:
        for node in parse_one(text, dialect="duckdb").find_all(exp.EQ, exp.NEQ, exp.In, exp.Like, exp.Case):
            if isinstance(node.this, exp.Column):
                asked = node.iter_expressions()
                if isinstance(node, exp.Case):
                    asked = (one.this for one in node.args["ifs"])
                words = {
                    one.name.rstrip("%") for one in asked if isinstance(one, exp.Literal) and one.is_string
                }
                found[_table_of(node.this), node.this.name] |= words - {""}
    return found


def _table_of(column: exp.Column) -> str:
    select = column.find_ancestor(exp.Select)
    read = [select.args["from_"], *(select.args.get("joins") or ())] if select else []
    tables_read = {one.this.alias_or_name: one.this.name for one in read if isinstance(one.this, exp.Table)}
    found = tables_read.get(column.table or next(iter(tables_read), ""), "")
    return found if (column.table or len(read) == 1) and found in {one.name for one in tables()} else ""


class _Dense:
    def __init__(
        self, words: Mapping[tuple[str, str], set[str]], uats: list[tuple[int, str]], services: list[str]
    ) -> None:
        self.words, self.uats, self.services = words, uats, services
        self.chance = random.Random(11)  # noqa: S311

    def rows_of(self, table: Table) -> Callable[..., Iterator[tuple[Any, ...]]]:
        """Its rows; of institutions and services one each."""

        def rows(_pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
            each: list[dict[str, str]] = [{}] * _ROWS
            if table.name == "institutions":
                each = [{"keeper": f"k{n}", "kind": ("town_hall", "public", "ngo")[n % 3]} for n in range(6)]
            if table.name == "services":
                each = [{"service": service} for service in self.services]
            for told in each:
                uat, county = self.chance.choice(self.uats)
                known = {("uat", "INTEGER"): uat, ("county", "VARCHAR"): county}
                yield tuple(
                    told.get(name) or known.get((name, kind)) or self.value(table.name, name, kind)
                    for name, kind in table.columns.items()
                )

        return rows

    def value(self, table: str, name: str, kind: str) -> Any:
        """A value of a column by its name and its type."""
        chance = self.chance
        if kind == "BOOLEAN":
            return chance.choice((True, False, None))
        if kind.startswith(("DATE", "TIMESTAMP")):
            return chance.choice((None, MOMENT.isoformat()))
        if kind != "VARCHAR":
            return chance.choice((None, 0, 1, 2, 3, 16, 17, 40))
        if name in _SUBJECTS:
            return f"n{chance.randrange(_NAMES)}"
        if name in _KEEPERS:
            return f"k{chance.randrange(6)}"
        if name in ("service", "place"):
            return chance.choice(self.services)
        if words := self.words.get((table, name)) or self.words.get(("", name)):
            return chance.choice([*sorted(words), "other"])
        if name == "end" and chance.random() < 0.6:
            return None
        years = (1958, 2024) if name == "born" else (2025, 2026)
        return f"{chance.randint(*years)}-{chance.randint(1, 10):02}"
