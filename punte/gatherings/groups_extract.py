"""The tables of an extract about groups: series, their meetings, who was there."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from punte.gatherings.models import Meeting, Presence, Series
from punte.kernel.extracts import PORTION, Pseudonyms, Table, key, month_of

_SERIES = {
    "series": "VARCHAR",
    "organization": "VARCHAR",
    "service": "VARCHAR",
    "kind": "VARCHAR",
    "list_kind": "VARCHAR",
    "planned": "SMALLINT",
    "least": "SMALLINT",
    "edition": "SMALLINT",
    "since": "VARCHAR",
    "ended": "VARCHAR",
}
_MEETINGS = {
    "meeting": "VARCHAR",
    "series": "VARCHAR",
    "kind": "VARCHAR",
    "state": "VARCHAR",
    "month": "VARCHAR",
    "counted": "INTEGER",
    "reached": "INTEGER",
    "themes": "VARCHAR",
    "methods": "VARCHAR",
}
_PRESENCES = {"meeting": "VARCHAR", "person": "VARCHAR", "who": "VARCHAR", "state": "VARCHAR"}


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """All series; of a day what had begun, and the meetings up to it."""
    return [
        Table("series", _SERIES, partial(_series, as_of)),
        Table("group_meetings", _MEETINGS, partial(_meetings, as_of)),
        Table("presences", _PRESENCES, partial(_presences, as_of)),
    ]


def _series(as_of: dt.date | None, _hide: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    rows = Series.objects.filter(start__lte=as_of) if as_of else Series.objects.all()
    fields = ("pk", "keeper", "service", "kind", "list_kind", "planned", "least", "edition", "start", "end")
    for *told, start, end in rows.order_by().values_list(*fields).iterator(PORTION):
        yield (*told, month_of(start), month_of(end))


def _meetings(as_of: dt.date | None, _hide: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    rows = Meeting.objects.filter(series__isnull=False)
    rows = rows.filter(day__lte=as_of) if as_of else rows
    fields = ("pk", "series", "kind", "state", "day", "counted", "reached", "themes", "methods")
    told = rows.order_by().values_list(*fields)
    for meeting, series, kind, state, day, counted, reached, themes, methods in told.iterator(PORTION):
        yield (
            meeting,
            series,
            kind,
            state,
            month_of(day),
            counted,
            reached,
            "|".join(themes),
            "|".join(methods),
        )


def _presences(as_of: dt.date | None, hide: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    """Colleagues and who is known by a name alone are told as such and no further."""
    rows = Presence.objects.filter(meeting__series__isnull=False)
    rows = rows.filter(meeting__day__lte=as_of) if as_of else rows
    told = rows.order_by().values_list(key("meeting"), key("person"), key("user"), "state")
    meetings: dict[str, str] = {}
    for meeting, person, user, state in told.iterator(PORTION):
        who = "person" if person else "colleague" if user else "named"
        name = meetings.get(meeting) or meetings.setdefault(meeting, str(UUID(meeting)))
        yield name, hide.of("person", person) if person else None, who, state
