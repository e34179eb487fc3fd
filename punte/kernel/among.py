"""A row whose foreign key leads to one of some others."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet


def among(rows: "QuerySet[Any, Any]", field: str) -> Exists:
    """The condition that a row's field leads to one of the rows, looked at for that row alone.

    `field__in=rows` says the same, but SQLite writes out all of the rows before it looks at the first: of what an
    account sees that grows with the register. Where they are few and the rows that ask many, `__in` is the quicker.

    Args:
        rows: of the model that the field leads to.
        field: the name of the foreign key; one that is empty leads to none.
    """
    return Exists(rows.order_by().filter(pk=OuterRef(field)))
