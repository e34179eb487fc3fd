"""What a table of an extract is: its columns, and its rows from the database. Nobody's name, address or number."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

PORTION = 5000
"""How many rows are read at once."""
_BEGIN = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
_LONG = len("2026-11")
_A_DAY = dt.timedelta(days=1)


class Pseudonyms:
    """Names without meaning for the rows of one extract."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._known: dict[str, dict[UUID | str, str]] = defaultdict(dict)

    def of(self, kind: str, pk: UUID | str | None) -> str:
        """The pseudonym of a row, by its identifier or its `key`; empty where there is none."""
        if pk is None:
            return ""
        known = self._known[kind]
        found = known.get(pk)
        if found is None:
            plain = f"{kind}:{str(pk).replace('-', '')}"
            found = known[pk] = hashlib.blake2b(plain.encode(), key=self._key, digest_size=12).hexdigest()
        return found


@contextmanager
def of_one_moment() -> Iterator[None]:
    """All that is read within is as it was at one moment, and nobody waits to write until it is read."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def key(name: str) -> Cast:
    """The identifier, or the day, in a column as the database writes it: an object of each would cost as much again."""
    return Cast(name, TextField())


Rows = Callable[[Pseudonyms, dt.datetime], Iterator[tuple[Any, ...]]]


@dataclass(frozen=True)
class Table:
    """One file of an extract."""

    name: str
    columns: dict[str, str]
    rows: Rows


def month_of(day: dt.date | str | None) -> str:
    """A day, or its `key`, as an extract tells it of people: by its month alone; empty where there is none."""
    if not day:
        return ""
    return (day if isinstance(day, str) else day.isoformat())[:_LONG]


@lru_cache(maxsize=10_000)
def month_until(end: str | None) -> str:
    """The month of the last day before the `key` of an end; empty where there is none."""
    return month_of(dt.date.fromisoformat(end) - _A_DAY) if end else ""
