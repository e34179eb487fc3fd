"""Many rows written at once without making an object of each: what is made anew for whole institutions."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models

_FIELDS: dict[type, "models.Field[Any, Any]"] = {
    UUID: models.UUIDField(),
    dt.date: models.DateField(),
    dt.datetime: models.DateTimeField(),
}


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of a model; only the database checks them, no default is filled in and no signal is sent.

    Args:
        names: of the fields, in the order of the values of each row.
        rows: identifiers and moments as they are, or as the database writes them.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in names)
    places = ", ".join("%s" for _name in names)
    known: dict[Any, Any] = {}

    def kept(value: Any) -> Any:
        field = _FIELDS.get(type(value))
        if field is None:
            return value
        if value not in known:
            known[value] = field.get_db_prep_value(value, connection)
        return known[value]

    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})",
            [[kept(value) for value in row] for row in rows],
        )
