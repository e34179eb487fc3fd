"""Rows for tests: the examples of the specification, and invented households with every kind of boundary."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from punte.methodology.assess import columns_for
from punte.methodology.model import Fact, Pack, Table

EXAMPLES = Path(__file__).parent / "specification"
VISITS = [
    date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28), date(2025, 3, 1),
    date(2026, 2, 28), date(2026, 3, 1), date(2026, 10, 15),
]  # fmt: skip
INCOMES = [
    0.0,
    137.49,
    137.5,
    274.99,
    275.0,
    312.99,
    313.0,
    346.0,
    366.0,
    412.5,
    469.5,
    519.0,
    549.0,
    549.99,
    550.0,
    731.99,
    732.0,
    1098.0,
    4000.0,
]
NUMBERS = {
    "rooms": [0, 1, 2, 3],
    "absences_30d": [0, 9, 10, 11],
    "prenatal_checks": [0, 1],
    "uat_siruta": [54975],
    "minutes_to_doctor": [0, 30, 60],
    "minutes_to_school": [0, 30],
    "minutes_to_bus": [1],
}
BIRTHDAYS = [0, 1, 3, 5, 6, 10, 11, 14, 15, 16, 18, 54, 55, 65]


def typed_rows(pack: Pack, path: Path) -> list[dict[str, Any]]:
    """The rows of a CSV file with the types of their facts."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {name: _typed(pack.facts[name], text) for name, text in row.items()}
            for row in csv.DictReader(file)
        ]


def _typed(fact: Fact, text: str) -> Any:
    if text == "":
        return None
    if fact.type == "yesno":
        return text == "yes"
    readers: dict[str, Any] = {"date": date.fromisoformat, "integer": int, "decimal": float}
    return readers.get(fact.type, str)(text)


def write_rows(pack: Pack, table: Table, rows: Sequence[dict[str, Any]], path: Path) -> None:
    """Write rows as the batch reads them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [fact.name for fact in columns_for(pack, table)])
        writer.writeheader()
        writer.writerows({name: _written(value) for name, value in row.items()} for row in rows)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def invented(pack: Pack, chance: random.Random, key: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """One household of any answers, asked or not, on or beside every boundary of the rules."""
    household = {fact.name: _answer(fact, chance) for fact in pack.facts_of("household")}
    household |= {"household_id": key, "visit_date": chance.choice([*VISITS, *VISITS, None])}
    size = chance.choice([1, 1, 2, 3, 4, 5, 7])
    members = [
        _member(pack, chance, key, number, household["visit_date"] or VISITS[-1]) for number in range(size)
    ]
    return household, members


def _member(pack: Pack, chance: random.Random, key: str, number: int, visit: date) -> dict[str, Any]:
    member = {fact.name: _answer(fact, chance) for fact in pack.facts_of("member")}
    born = None if chance.random() < 0.05 else min(_birth(chance, visit), visit)
    return {**member, "household_id": key, "member_id": f"{key}-{number}", "birth_date": born}


def _birth(chance: random.Random, visit: date) -> date:
    if chance.random() < 0.3:
        return visit - timedelta(days=chance.choice([0, 26, 27, 28, 29, 182, 183, 184, 364, 365, 366]))
    if chance.random() < 0.2:
        return date(chance.choice([1956, 1960, 2004, 2008, 2012, 2016, 2020, 2024]), 2, 29)
    year = visit.year - chance.choice(BIRTHDAYS)
    return date(year, visit.month, min(visit.day, 28)) + timedelta(days=chance.randint(-1, 2))


def _answer(fact: Fact, chance: random.Random) -> Any:
    if chance.random() < 0.15:
        return None
    if fact.type == "yesno":
        return chance.random() < 0.4
    if fact.type == "choice":
        return chance.choice(list(fact.choices))
    return chance.choice(INCOMES if fact.type == "decimal" else NUMBERS.get(fact.name, [None]))
