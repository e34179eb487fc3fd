"""Many rows read and written without making an object of each: what is made anew for whole institutions."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.functions import Cast

from punte.kernel.prepared import as_kept


def key_of(identifier: UUID) -> str:
    """An identifier as the text that the database makes of it."""
    return key_writer()(identifier)


def key_writer() -> Callable[[UUID], str]:
    """How the database writes identifiers; looking for it takes longer than to write one."""
    return str if connection.features.has_native_uuid_field else attrgetter("hex")


def moment_writer() -> Callable[[dt.datetime], str]:
    """How the database writes moments as text; days it writes as Python does."""
    return _moment_on_postgresql if connection.vendor == "postgresql" else _moment


def _moment(moment: dt.datetime) -> str:
    return str(moment.astimezone(dt.UTC))[: -len("+00:00")]


def _moment_on_postgresql(moment: dt.datetime) -> str:
    text = _moment(moment)
    return f"{text.rstrip('0') if moment.microsecond else text}+00"


def text_of(name: str) -> Cast:
    """A column as the text that the database makes of it, which costs next to nothing to read."""
    return Cast(name, models.TextField())


def add(*rows: models.Model) -> None:
    """Write new rows of one model, as `bulk_create` does; put together once, and nothing is read back.

    A row that the database numbers does not know its number afterwards.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = _given(model)
    values = [
        [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
        for row in rows
    ]
    text = _insertion(model, connection.vendor)
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(text, values[0])
        else:
            cursor.executemany(text, values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def change(model: type[models.Model], pk: Any, **values: Any) -> None:
    """Write some columns of one row, as `update` does; put together once."""
    fields = [model._meta.pk, *map(model._meta.get_field, values)]
    text = _alteration(model, tuple(values), connection.vendor)
    kept = [
        one.get_db_prep_save(value, connection)  # type: ignore[union-attr]
        for one, value in zip(fields, (pk, *values.values()), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(text, [*kept[1:], kept[0]])


@cache
def _alteration(model: type[models.Model], names: tuple[str, ...], _vendor: str) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(_column(model, name)))} = %s" for name in names)
    return f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {quote(_column(model, 'pk'))} = %s"  # noqa: S608


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return str(field.column)


@cache
def _given(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The fields of which a row has a value before the database gives it one."""
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


@cache
def _insertion(model: type[models.Model], _vendor: str) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in _given(model))
    places = ", ".join("%s" for _field in _given(model))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"


def change_each(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write some columns of many rows; only the database checks them.

    Args:
        names: of the fields, in the order of the values of each row; its key comes last.
        rows: values as the database writes them.
    """
    with connection.cursor() as cursor:
        cursor.executemany(_alteration(model, tuple(names), connection.vendor), rows)


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of a model; only the database checks them, no default is filled in and no signal is sent.

    Args:
        names: of the fields, in the order of the values of each row.
        rows: identifiers and moments as they are, or as the database writes them.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(_column(model, name)) for name in names)
    table = quote(model._meta.db_table)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    places = ", ".join("%s" for _name in names)
    of_days = cache(as_kept)

    def kept(value: Any) -> Any:
        if isinstance(value, UUID):
            return value.hex
        return of_days(value) if isinstance(value, dt.date) else value

    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({places})",
            [[kept(value) for value in row] for row in rows],
        )
