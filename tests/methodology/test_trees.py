"""A device judges a condition that comes as a tree as DuckDB judges its text."""

import random
from datetime import date
from pathlib import Path
from typing import Any

from punte.methodology.database import connect
from punte.methodology.expressions import Symbol, read_expression
from punte.methodology.trees import tree_of
from tests.methodology.device import bundled, run

SYMBOLS = {
    "permanent": Symbol("boolean"),
    "amount": Symbol("number"),
    "rooms": Symbol("number"),
    "start": Symbol("date"),
    "until": Symbol("date"),
    "state": Symbol("choice", frozenset({"issued", "asked"})),
}
CONDITIONS = (
    "permanent and until is not null",
    "not permanent and until is null and state in ('issued', 'asked')",
    "full_days(start, until) > 1827 or full_years(start, until) >= 3",
    "amount between 10 and 20.5",
    "coalesce(amount, 0) + rooms * 2 - 1 > 7 or -rooms < -3",
    "amount / 2 <> rooms",
    "case when permanent then amount when state = 'issued' then rooms else 0 end >= 4",
    "until < start or until >= date '2026-06-01'",
    "(permanent = true) or state <> 'issued' or amount <= 3 or null",
)
_TYPES = {"boolean": "BOOLEAN", "number": "DOUBLE", "date": "DATE", "choice": "VARCHAR"}
SCRIPT = """
import { readFileSync } from "node:fs";
import { valueOf } from "./tree.mjs";
const { trees, rows } = JSON.parse(readFileSync("./given.json", "utf-8"));
process.stdout.write(JSON.stringify(rows.map((row) => trees.map((tree) => valueOf(tree, row)))));
"""


def test_tree_and_text_say_the_same(tmp_path: Path) -> None:
    chance = random.Random(8)
    conditions = [read_expression(text, SYMBOLS) for text in CONDITIONS]
    rows = [_row(chance) for _ in range(400)]
    bundled("findings/tree.ts", tmp_path)
    given = {"trees": [tree_of(one) for one in conditions], "rows": [_plain(row) for row in rows]}
    on_device = run(SCRIPT, given, tmp_path)
    asked = ", ".join(f"({one.sql})" for one in conditions)
    columns = ", ".join(f"CAST(? AS {_TYPES[symbol.kind]}) AS {name}" for name, symbol in SYMBOLS.items())
    connection = connect(threads=1)
    try:
        for row, found in zip(rows, on_device, strict=True):
            values = [row[name] for name in SYMBOLS]
            told = connection.execute(f"SELECT {asked} FROM (SELECT {columns})", values).fetchone()
            assert list(told or ()) == found, row
    finally:
        connection.close()


def _row(chance: random.Random) -> dict[str, Any]:
    day = [None, *(date(2020 + year, month, 28) for year in range(8) for month in (2, 6, 12))]
    return {
        "permanent": chance.choice([None, True, False]),
        "amount": chance.choice([None, 0, 3, 10, 20.5, 21]),
        "rooms": chance.choice([None, 0, 1, 3, 5]),
        "start": chance.choice(day),
        "until": chance.choice(day),
        "state": chance.choice([None, "issued", "asked"]),
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
