"""The table of an extract about waiting lists: who waited for which service, since when, and how it ended."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import Q

from punte.kernel.extracts import PORTION, Pseudonyms, Table, month_of
from punte.waiting.models import WaitingEntry

_COLUMNS = {
    "person": "VARCHAR",
    "service": "VARCHAR",
    "points": "SMALLINT",
    "reasons": "VARCHAR",
    "state": "VARCHAR",
    "since": "VARCHAR",
    "ended": "VARCHAR",
}


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """All that waited; of a day those who waited on it, or had a place by the list."""
    return [Table("waiting", _COLUMNS, partial(_rows, as_of))]


def _rows(as_of: dt.date | None, pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    rows = WaitingEntry.objects.all()
    if as_of:
        rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=as_of), since__lte=as_of)
    told = rows.order_by().values_list("person", "service", "points", "reasons", "state", "since", "ended_on")
    for person, service, points, reasons, state, since, ended in told.iterator(PORTION):
        yield (
            pseudonyms.of("person", person),
            service,
            points,
            "|".join(reasons),
            state,
            month_of(since),
            month_of(ended),
        )
