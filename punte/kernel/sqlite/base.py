"""Django's SQLite, with what it does anew for each statement and each value done in less."""

import datetime as dt
from collections.abc import Collection
from functools import lru_cache
from typing import Any
from uuid import UUID, SafeUUID

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations as UsualOperations

_put: Any = object.__setattr__
_UNKNOWN = SafeUUID.unknown
_DIGITS = 32
# Longer ones write many rows, and are seldom the same.
_LONGEST_KEPT = 20_000


class _Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Collection[str] | None = None) -> str:
        """A statement as SQLite writes its places; looked through once, as long as it is asked again and again."""
        if param_names is None and len(query) <= _LONGEST_KEPT:
            return _converted(query)
        converted: str = super().convert_query(query, param_names=param_names)
        return converted


@lru_cache(maxsize=1000)
def _converted(query: str) -> str:
    converted: str = base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
    return converted


class DatabaseOperations(UsualOperations):
    """How values are read."""

    def convert_uuidfield_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """An identifier of 32 digits, as all are kept, made without looking at how else it might be written."""
        if value is None or len(value) != _DIGITS:
            return super().convert_uuidfield_value(value, expression, connection)
        one = object.__new__(UUID)
        _put(one, "int", int(value, 16))
        _put(one, "is_safe", _UNKNOWN)
        return one

    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """A moment; most come from the driver without a zone."""
        if isinstance(value, dt.datetime) and value.tzinfo is None:
            return value.replace(tzinfo=self.connection.timezone)
        return super().convert_datetimefield_value(value, expression, connection)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection."""

    ops_class = DatabaseOperations

    def create_cursor(self, name: Any = None) -> Any:
        """A cursor of ours."""
        return self.connection.cursor(factory=_Cursor)
