"""The tables of an extract about meetings that are of no series, and about tasks: counted, never what was said."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from punte.gatherings.enums import WAS_THERE
from punte.gatherings.models import Meeting, Task
from punte.kernel.extracts import PORTION, Pseudonyms, Table, month_of

_MEETINGS = {
    "meeting": "VARCHAR",
    "kept_by": "VARCHAR",
    "kind": "VARCHAR",
    "body": "VARCHAR",
    "body_kind": "VARCHAR",
    "case": "VARCHAR",
    "reason": "VARCHAR",
    "mode": "VARCHAR",
    "state": "VARCHAR",
    "month": "VARCHAR",
    "invited": "INTEGER",
    "present": "INTEGER",
    "decisions": "INTEGER",
}
_TASKS = {
    "kept_by": "VARCHAR",
    "case": "VARCHAR",
    "meeting": "VARCHAR",
    "of_partner": "BOOLEAN",
    "state": "VARCHAR",
    "due": "VARCHAR",
    "settled": "VARCHAR",
    "moved": "BOOLEAN",
}


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """All meetings and tasks; of a day, what was called or given by then."""

    def known(rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(created_at__date__lte=as_of) if as_of else rows

    def meetings(pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
        return _meetings(known(Meeting.objects.filter(series=None)), pseudonyms)

    def tasks(pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
        return _tasks(known(Task.objects.all()), pseudonyms)

    return [Table("meetings", _MEETINGS, meetings), Table("tasks", _TASKS, tasks)]


def _meetings(rows: QuerySet[Meeting], pseudonyms: Pseudonyms) -> Iterator[tuple[Any, ...]]:
    counted = rows.annotate(
        asked=Count("invitations", distinct=True),
        there=Count("presences", filter=Q(presences__state__in=WAS_THERE), distinct=True),
        decided=Count("decisions", distinct=True),
    )
    read = ("pk", "keeper", "kind", "body", "body__kind", "case", "reason", "mode", "state", "day")
    told = counted.order_by("pk").values_list(*read, "asked", "there", "counted", "decided")
    for pk, keeper, kind, body, body_kind, case, reason, mode, state, day, *numbers in told.iterator(PORTION):
        asked, there, others, decided = numbers
        yield (
            pseudonyms.of("meeting", pk),
            pseudonyms.of("organization", keeper),
            kind,
            pseudonyms.of("body", body),
            body_kind or "",
            pseudonyms.of("case", case),
            reason,
            mode,
            state,
            month_of(day),
            asked,
            there + others,
            decided,
        )


def _tasks(rows: QuerySet[Task], pseudonyms: Pseudonyms) -> Iterator[tuple[Any, ...]]:
    read = (
        "keeper",
        "case",
        "meeting",
        "user",
        "organization",
        "state",
        "due_on",
        "first_due_on",
        "settled_at",
    )
    for row in rows.order_by("pk").values_list(*read).iterator(PORTION):
        keeper, case, meeting, user, organization, state, due, first, settled = row
        yield (
            pseudonyms.of("organization", keeper),
            pseudonyms.of("case", case),
            pseudonyms.of("meeting", meeting),
            user is None and organization is not None,
            state,
            month_of(due),
            month_of(timezone.localdate(settled) if settled else None),
            due != first,
        )
