"""What it does with every question and every value, done in fewer steps."""

import datetime as dt
from functools import lru_cache
from typing import Any
from uuid import UUID, SafeUUID

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations as Usual

_set = object.__setattr__


class _Cursor(base.SQLiteCursorWrapper):
    """One that reads a text with its places once: most that are asked were asked before."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """The text as SQLite takes it."""
        if param_names is None:
            return _with_marks(query)
        named: str = super().convert_query(query, param_names=param_names)
        return named


@lru_cache(maxsize=1000)
def _with_marks(query: str) -> str:
    converted: str = base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
    return converted


class DatabaseOperations(Usual):
    """How values are read."""

    def convert_uuidfield_value(self, value: str | None, expression: Any, connection: Any) -> UUID | None:
        """An identifier of 32 digits, as they are kept, without looking for another way to write one."""
        if value is None:
            return None
        if len(value) != 32:
            return UUID(value)
        read = object.__new__(UUID)
        _set(read, "int", int(value, 16))
        _set(read, "is_safe", SafeUUID.unknown)
        return read

    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> dt.datetime | None:
        """A moment; what SQLite keeps names no zone."""
        if isinstance(value, dt.datetime) and value.tzinfo is None:
            return value.replace(tzinfo=self.connection.timezone)
        found: dt.datetime | None = super().convert_datetimefield_value(value, expression, connection)
        return found


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection."""

    ops_class = DatabaseOperations

    def create_cursor(self, name: str | None = None) -> Any:
        """One of ours."""
        return self.connection.cursor(factory=_Cursor)
