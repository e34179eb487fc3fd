"""What a table of an extract is: its columns, and its rows from the database. Nobody's name, address or number."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

PORTION = 5000
"""How many rows are read at once."""
_LONG = len("2026-11")


class Pseudonyms:
    """Names without meaning for the rows of one extract."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, kind: str, pk: UUID | None) -> str:
        """The pseudonym of a row; empty where there is none."""
        if pk is None:
            return ""
        return hashlib.blake2b(f"{kind}:{pk}".encode(), key=self._key, digest_size=12).hexdigest()


Rows = Callable[[Pseudonyms, dt.datetime], Iterator[tuple[Any, ...]]]


@dataclass(frozen=True)
class Table:
    """One file of an extract."""

    name: str
    columns: dict[str, str]
    rows: Rows


def month_of(day: dt.date | None) -> str:
    """A day as an extract tells it of people: by its month alone; empty where there is none."""
    return day.isoformat()[:_LONG] if day else ""
