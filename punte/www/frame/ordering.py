"""In which order rows stand, in words that an index understands, and under which headings."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, OrderBy, QuerySet
from django.utils.translation import gettext as _

from punte.kernel.today import today

_WEEK = dt.timedelta(days=7)


def in_order(model: type[Model], paths: Iterable[str], *, turned: bool) -> list[OrderBy]:
    """By these fields, each descending where a minus stands before it; what is empty comes last, either way round.

    That it comes last is said only where something may be empty: said of any other field it makes a database sort what
    an index holds in order.

    Args:
        turned: whether each goes the other way.
    """
    return [
        OrderBy(
            F(path.removeprefix("-")),
            descending=path.startswith("-") != turned,
            nulls_last=_may_be_empty(model, path.removeprefix("-")) or None,
        )
        for path in paths
    ]


def first_by_keys(rows: QuerySet[Any], many: int) -> QuerySet[Any]:
    """The first of the rows in their order, looked for by their keys alone.

    A database would else sort, and join, all that is shown of each. What is to be shown is said of what comes back.
    """
    keys = rows.values("pk")[:many]
    return rows.model._default_manager.filter(pk__in=keys).order_by(*rows.query.order_by)


def _may_be_empty(model: type[Model], path: str) -> bool:
    name, _between, rest = path.partition("__")
    try:
        field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    except FieldDoesNotExist:
        return True
    return bool(field.null) or bool(rest and _may_be_empty(field.related_model, rest))


def heading_of_term(day: dt.date | None) -> str:
    """Under which heading a row stands by its term."""
    now = today()
    if day is None:
        return _("No term")
    if day < now:
        return _("Late")
    return _("Next seven days") if day <= now + _WEEK else _("Later")
