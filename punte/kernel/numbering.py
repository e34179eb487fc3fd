"""Registers that number what they hold, without a gap."""

from typing import Any

from django.db import IntegrityError, connection, models, transaction


def next_number(register: type[models.Model], **of: Any) -> int:
    """The next number of a register: 1, 2, 3 and so on, no gap and no number twice.

    The register's row stays locked until the transaction ends; what is rolled back gives its number back.

    Args:
        register: a model with a `last` number and one row for each `of` (an organisation and a year, say).

    Raises:
        LookupError: the register cannot be opened.
    """
    number = _taken(register, of)
    if number is None:
        try:
            with transaction.atomic():
                register._default_manager.create(**of)
        except IntegrityError:
            pass  # Somebody else opened the register at this very moment.
        number = _taken(register, of)
    if number is None:
        raise LookupError(register)
    return number


def _taken(register: type[models.Model], of: dict[str, Any]) -> int | None:
    """The number that was taken, where the register was opened before; the row is locked by being changed."""
    quote = connection.ops.quote_name
    whose: list[str] = []
    values: list[Any] = []
    for name, value in of.items():
        field: Any = register._meta.get_field(name)
        whose.append(f"{quote(field.column)} = %s")
        values.append(field.get_db_prep_save(getattr(value, "pk", value), connection))
    table, last = quote(register._meta.db_table), quote("last")
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {last} = {last} + 1 WHERE {' AND '.join(whose)} RETURNING {last}", values
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None
