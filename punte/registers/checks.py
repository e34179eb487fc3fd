"""The checks of a register over one entry, run by DuckDB as the conditions of questionnaires are."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from punte.methodology.columns import quoted
from punte.methodology.database import cursor_of_process
from punte.methodology.expressions import Expression
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


_FROM_ABOVE: list[Callable[[str], Sequence[Check]]] = []


def hand_over_checks(of_register: Callable[[str], Sequence[Check]]) -> None:
    """A room above says what else looks wrong in the entries of a register, by its key."""
    _FROM_ABOVE.append(of_register)


def found_wrong(
    definition: Definition, said: Values, *, state: str, start: dt.date, end: dt.date | None
) -> list[Check]:
    """The checks whose condition is true of an entry; one that cannot be known, as an answer lacks, is not.

    Args:
        end: the first day on which it holds no more, as the entry keeps it.
    """
    known = set(symbols_of(definition.fields, definition.states))
    # An older version may lack a field that a rule of today reads.
    others = [
        check for told in _FROM_ABOVE for check in told(definition.key) if known.issuperset(check.when.reads)
    ]
    checks = [*definition.checks, *others]
    wrong = _which_hold(definition, [check.when for check in checks], said, state=state, start=start, end=end)
    return [check for check, holds in zip(checks, wrong, strict=True) if holds]


def may_be_printed(
    definition: Definition, said: Values, *, state: str, start: dt.date, end: dt.date | None
) -> bool:
    """Whether the door of its paper is open for an entry: only where its condition is known to be true."""
    door = definition.on_paper
    return door is not None and all(
        _which_hold(definition, [door.when], said, state=state, start=start, end=end)
    )


def _which_hold(
    definition: Definition,
    conditions: Sequence[Expression],
    said: Values,
    *,
    state: str,
    start: dt.date,
    end: dt.date | None,
) -> list[bool]:
    if not conditions:
        return []
    symbols = symbols_of(definition.fields, definition.states)
    values = {**said, "start": start, "end": end, "state": state}
    columns = ", ".join(
        f"CAST(? AS {SQL_TYPES[symbol.kind]}) AS {quoted(name)}" for name, symbol in symbols.items()
    )
    asked = ", ".join(f"coalesce(({one.sql}), false)" for one in conditions)
    with cursor_of_process() as cursor:
        row = cursor.execute(
            f"SELECT {asked} FROM (SELECT {columns})", [given(values.get(name)) for name in symbols]
        ).fetchone()
    return list(row or ())


def given(value: Any) -> Any:
    """A value as DuckDB takes it."""
    return float(value) if isinstance(value, Decimal) else value
