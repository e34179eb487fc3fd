"""What SQLite gives is read in less, and as Django reads it."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.backends.sqlite3.operations import DatabaseOperations as UsualOperations

from punte.kernel.sqlite import base

_CONNECTION: Any = SimpleNamespace(timezone=dt.UTC)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        *(("uuidfield", one) for one in ("0" * 31 + "f", "12345678-1234-5678-1234-567812345678", None)),
        *(("datetimefield", one) for one in (dt.datetime(2026, 3, 29, 3, 30), "2026-03-29 03:30:00", None)),
    ],
)
def test_a_value_is_read_as_django_reads_it(read: str, value: object) -> None:
    ours, usual = (
        getattr(kind(_CONNECTION), f"convert_{read}_value")(value, None, None)
        for kind in (base.DatabaseOperations, UsualOperations)
    )
    assert (ours, repr(ours)) == (usual, repr(usual))


def test_a_statement_is_written_as_django_writes_it() -> None:
    for words in ("SELECT 1", "SELECT %s, '%%s', 5 %% 2 WHERE a = %s"):
        usual = SQLiteCursorWrapper.convert_query(None, words)  # type: ignore[arg-type]
        assert base._converted(words) == usual
