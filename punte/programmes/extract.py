"""The table of an extract about programmes: who is enrolled in what, from which month to which."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from punte.kernel.extracts import PORTION, Pseudonyms, Table, month_of
from punte.programmes.models import Participation

_COLUMNS = {
    "programme": "VARCHAR",
    "part": "VARCHAR",
    "household": "VARCHAR",
    "person": "VARCHAR",
    "since": "VARCHAR",
    "until": "VARCHAR",
    "members": "INTEGER",
}


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """All enrolments, of a household with how many lived there; of a day those that held on it.

    Ended on their first day they never were.
    """
    return [Table("programme_participations", _COLUMNS, partial(_rows, as_of))]


def _rows(as_of: dt.date | None, hide: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    rows = Participation.objects.on(as_of) if as_of else Participation.objects.all()
    lived = Q(household__memberships__start__lt=Coalesce("end", timezone.localdate()))
    lived &= Q(household__memberships__end=None) | Q(household__memberships__end__gt=F("start"))
    rows = rows.annotate(members=Count("household__memberships__person", filter=lived, distinct=True))
    fields = ("programme__key", "part", "household", "person", "start", "end", "members")
    for key, part, household, person, start, end, members in (
        rows.order_by().values_list(*fields).iterator(PORTION)
    ):
        if start != end:
            yield (
                key,
                part,
                hide.of("household", household),
                hide.of("person", person) if person else None,
                month_of(start),
                month_of(end),
                None if person else members,
            )
