"""Tables of an extract: notifications and what became of them, abuse by its forms, and calls to hot lines."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import Min
from django.utils import timezone

from punte.kernel.extracts import PORTION, Pseudonyms, Table, month_of
from punte.notifications.models import HotlineCall, Notification, NotifiedAbuse, NotifiedPerson

_NOTIFICATIONS = {
    "notification": "VARCHAR",
    "keeper": "VARCHAR",
    "uat": "INTEGER",
    "received": "VARCHAR",
    "channel": "VARCHAR",
    "partner": "VARCHAR",
    "kind": "VARCHAR",
    "urgency": "SMALLINT",
    "state": "VARCHAR",
    "result": "VARCHAR",
    "decision": "VARCHAR",
    "hours_to_check": "INTEGER",
}
_ABUSE = {
    "notification": "VARCHAR",
    "keeper": "VARCHAR",
    "received": "VARCHAR",
    "abuse": "VARCHAR",
    "certainty": "VARCHAR",
    "youngest": "SMALLINT",
}
_CALLS = {
    "keeper": "VARCHAR",
    "month": "VARCHAR",
    "line": "VARCHAR",
    "kind": "VARCHAR",
    "outcome": "VARCHAR",
    "minutes": "SMALLINT",
}


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """All of them; of a day those that had come by then."""
    return [
        Table("notifications", _NOTIFICATIONS, partial(_notifications, as_of)),
        Table("notified_abuse", _ABUSE, partial(_abuse, as_of)),
        Table("hotline_calls", _CALLS, partial(_calls, as_of)),
    ]


def _until(as_of: dt.date | None, name: str) -> dict[str, dt.datetime]:
    if as_of is None:
        return {}
    return {
        f"{name}__lt": timezone.make_aware(dt.datetime.combine(as_of + dt.timedelta(days=1), dt.time.min))
    }


def _notifications(
    as_of: dt.date | None, pseudonyms: Pseudonyms, _moment: dt.datetime
) -> Iterator[tuple[Any, ...]]:
    rows = Notification.objects.filter(**_until(as_of, "received_at")).order_by()
    told = rows.values_list(
        *("pk", "keeper", "uat__siruta", "received_at", "channel", "from_organization", "kind", "urgency"),
        *("state", "result", "decision", "checked_at"),
    )
    for pk, keeper, uat, received, *middle, checked in told.iterator(PORTION):
        hours = int((checked - received).total_seconds() // 3600) if checked else None
        month = month_of(timezone.localdate(received))
        yield pseudonyms.of("notification", pk), keeper, uat, month, *middle, hours


def _abuse(as_of: dt.date | None, pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    rows = NotifiedAbuse.objects.filter(**_until(as_of, "notification__received_at")).order_by()
    told = rows.values_list(
        *("notification", "notification__keeper", "notification__received_at", "kind", "certainty")
    )
    ages = dict(
        NotifiedPerson.objects.filter(notification__in=rows.values("notification"), role="child")
        .order_by()
        .values("notification")
        .annotate(youngest=Min("age"))
        .values_list("notification", "youngest")
    )
    for pk, keeper, received, kind, certainty in told.iterator(PORTION):
        month = month_of(timezone.localdate(received))
        yield pseudonyms.of("notification", pk), keeper, month, kind, certainty, ages.get(pk)


def _calls(as_of: dt.date | None, _pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    rows = HotlineCall.objects.filter(**_until(as_of, "at")).order_by()
    for keeper, at, *rest in rows.values_list(
        *("keeper", "at", "line", "kind", "outcome", "minutes")
    ).iterator(PORTION):
        yield keeper, month_of(timezone.localdate(at)), *rest
