"""What a page asks the database is kept beside its test, line by line; another question shows as a changed line.

A line holds what both databases are asked in the same words: verb, tables, the columns of the conditions and of the
order. A page that asks more where there is more to show has more lines than were kept. After a change that is meant,
`pytest --snapshot-update PATH` writes them anew, and the review reads the difference.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from django.db import connection
from syrupy.assertion import SnapshotAssertion

Answer = TypeVar("Answer")

# PostgreSQL writes many rows from an `UNNEST` of their values.
_TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+(?!UNNEST\b)"?(\w+)\b(?!"?\.)', re.IGNORECASE)
_COLUMN = re.compile(r'"\w+"\."(\w+)"')
_ORDERED_BY = re.compile(r'(?:"\w+"\.)?"?(\w+)"? (?:ASC|DESC)\b')
_CONDITIONS = re.compile(r"\bWHERE\b(.*?)(?:\bGROUP BY\b|$)", re.IGNORECASE | re.DOTALL)
_ORDER = re.compile(r"\bORDER BY\b(?!.*\bORDER BY\b)", re.IGNORECASE | re.DOTALL)


def shape_of(statement: str) -> str:
    """A statement without what differs between databases and between two runs."""
    verb = statement.split(maxsplit=1)[0].upper()
    before, *after = _ORDER.split(statement, maxsplit=1)
    conditions = " ".join(_CONDITIONS.findall(before))
    return (
        verb
        + _listed("", _TABLE.findall(statement))
        + _listed(" WHERE", _COLUMN.findall(conditions))
        + _listed(" ORDER BY", _ORDERED_BY.findall(" ".join(after)))
    )


def _listed(word: str, names: list[str]) -> str:
    return f"{word} {', '.join(dict.fromkeys(names))}" if names else ""


def queries_of(ask: Callable[..., Answer], *given: Any, **named: Any) -> tuple[list[str], Answer]:
    """Ask twice, and give the shapes of the second time: by then the process holds what it keeps of the first."""
    ask(*given, **named)
    shapes: list[str] = []

    def note(execute: Any, sql: str, *further: Any) -> Any:
        shapes.append(shape_of(sql))
        return execute(sql, *further)

    with connection.execute_wrapper(note):
        answer = ask(*given, **named)
    return shapes, answer


@pytest.fixture
def pinned(snapshot: SnapshotAssertion) -> Callable[..., Any]:
    """Give what a page answers, having seen that it asks the database what is kept: `pinned(client.get, url)`."""

    def ask_as_before(ask: Callable[..., Answer], *given: Any, **named: Any) -> Answer:
        shapes, answer = queries_of(ask, *given, **named)
        assert "\n".join(shapes) == snapshot
        return answer

    return ask_as_before
