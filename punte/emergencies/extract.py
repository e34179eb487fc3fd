"""The table of an extract about fast lists: who was on which, how old, with which needs, and where they went."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.utils import timezone

from punte.emergencies.models import Listed
from punte.kernel.extracts import PORTION, Pseudonyms, Table, month_of

_COLUMNS = {
    "person": "VARCHAR",
    "listed": "VARCHAR",
    "emergency": "VARCHAR",
    "kind": "VARCHAR",
    "keeper": "VARCHAR",
    "uat": "INTEGER",
    "age": "SMALLINT",
    "language": "VARCHAR",
    "needs": "VARCHAR",
    "came": "VARCHAR",
    "left_to": "VARCHAR",
    "went": "VARCHAR",
}


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """Each of them once; of a day those who were there on it."""
    return [Table("emergency_people", _COLUMNS, partial(_rows, as_of))]


def _rows(as_of: dt.date | None, pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    rows = Listed.objects.distinct_people()
    if as_of:
        rows = rows.filter(created_at__date__lte=as_of).exclude(left_on__lte=as_of)
    told = rows.order_by().values_list(
        *("person", "pk", "emergency", "emergency__kind", "emergency__keeper", "emergency__uat", "age"),
        *("language", "needs", "created_at", "left_to", "left_on"),
    )
    for person, key, emergency, kind, keeper, uat, age, language, needs, came, left_to, went in told.iterator(
        PORTION
    ):
        yield (
            pseudonyms.of("person", person),
            pseudonyms.of("listed", key),
            emergency,
            kind,
            keeper,
            uat,
            age,
            language,
            "|".join(needs),
            month_of(timezone.localdate(came)),
            left_to,
            month_of(went),
        )
