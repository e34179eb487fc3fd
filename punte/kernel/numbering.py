"""Registers that number what they hold, without a gap."""

from typing import Any

from django.db import IntegrityError, models, transaction


def next_number(register: type[models.Model], **of: Any) -> int:
    """The next number of a register: 1, 2, 3 and so on, no gap and no number twice.

    The register's row stays locked until the transaction ends; what is rolled back gives its number back.

    Args:
        register: a model with a `last` number and one row for each `of` (an organisation and a year, say).
    """
    rows = register._default_manager
    row: Any = rows.select_for_update(no_key=True).filter(**of).first()
    if row is None:
        try:
            with transaction.atomic():
                rows.create(**of)
        except IntegrityError:
            pass  # Somebody else opened the register at this very moment.
        row = rows.select_for_update(no_key=True).get(**of)
    row.last += 1
    row.save(update_fields=["last"])
    return int(row.last)
