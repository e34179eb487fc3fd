"""A row whose foreign key leads to one of some others."""

from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet


class _RowByRow(Exists):
    def as_postgresql(self, compiler: Any, connection: Any, **given: Any) -> Any:
        # With an offset, even of none, it is no join to all of the rows and no list of them.
        return self.as_sql(compiler, connection, template="EXISTS(%(subquery)s OFFSET 0)", **given)


def among(rows: "QuerySet[Any, Any]", field: str, *, by: str = "pk") -> Exists:
    """The condition that a row's field leads to one of the rows, looked at for that row alone.

    `field__in=rows` says the same, but databases write out all of the rows before they look at the first: of what an
    account sees that grows with the register. Where they are few and the rows that ask many, `__in` is the quicker.

    Args:
        rows: of the model that the field leads to.
        field: the name of the foreign key; one that is empty leads to none.
        by: what of the rows it leads to, where that is not their key.
    """
    return _RowByRow(rows.order_by().filter(**{by: OuterRef(field)}))


def among_few(rows: "QuerySet[Any, Any]", field: str, *, by: str = "pk") -> Exists | Q:
    """The same of rows that are few, for lists of which the first are asked for as well as all.

    SQLite writes the few out once and looks each row up. PostgreSQL would do so too, but reckons that it writes them
    out for each row, and reads all that is listed rather than an index in the order of the list; asked so, it joins.
    """
    if connection.vendor == "postgresql":
        return Exists(rows.order_by().filter(**{by: OuterRef(field)}))
    return Q(**{f"{field}__in": rows.order_by().values(by)})
