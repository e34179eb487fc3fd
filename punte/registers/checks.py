"""The checks of a register over one entry, run by DuckDB as the conditions of questionnaires are."""

import datetime as dt
from decimal import Decimal
from typing import Any

from punte.methodology.columns import quoted
from punte.methodology.database import cursor_of_process
from punte.registers.definition import Check, Definition
from punte.registers.reading import symbols_of
from punte.registers.values import Values

SQL_TYPES = {
    "boolean": "BOOLEAN",
    "number": "DOUBLE",
    "date": "DATE",
    "choice": "VARCHAR",
    "null": "VARCHAR",
}
"""By the kind of what a condition reads its type in DuckDB."""


def found_wrong(
    definition: Definition, said: Values, *, state: str, start: dt.date, end: dt.date | None
) -> list[Check]:
    """The checks whose condition is true of an entry; one that cannot be known, as an answer lacks, is not.

    Args:
        end: the first day on which it holds no more, as the entry keeps it.
    """
    if not definition.checks:
        return []
    symbols = symbols_of(definition.fields, definition.states)
    values = {**said, "start": start, "end": end, "state": state}
    columns = ", ".join(
        f"CAST(? AS {SQL_TYPES[symbol.kind]}) AS {quoted(name)}" for name, symbol in symbols.items()
    )
    asked = ", ".join(f"coalesce(({check.when.sql}), false)" for check in definition.checks)
    with cursor_of_process() as cursor:
        row = cursor.execute(
            f"SELECT {asked} FROM (SELECT {columns})", [given(values.get(name)) for name in symbols]
        ).fetchone()
    return [check for check, wrong in zip(definition.checks, row or (), strict=True) if wrong]


def given(value: Any) -> Any:
    """A value as DuckDB takes it."""
    return float(value) if isinstance(value, Decimal) else value
