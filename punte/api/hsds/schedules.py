"""When a service receives people, as recurring times (RFC 5545)."""

import datetime as dt

from django.utils import timezone

from punte.api.hsds.ids import derived
from punte.api.hsds.reading import Read
from punte.api.hsds.writing import Item, item
from punte.directory.models import Service

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MIDNIGHT, _LAST_MINUTE = dt.time(0), dt.time(23, 59)
_SECONDS_OF_AN_HOUR = 3600


def schedules(read: Read) -> list[Item]:
    """One schedule for all days with the same hours; the offset from UTC is that of today in Romania.

    What closes earlier than it opens closes on the next day.
    """
    service = read.service
    if service.always_open:
        return [_weekly(service, _MIDNIGHT, _LAST_MINUTE, list(_DAYS), "Deschis zi și noapte.")]
    days: dict[tuple[dt.time, dt.time], list[str]] = {}
    for hours in read.hours:
        whole_day = hours.opens == hours.closes == _MIDNIGHT
        closes = _LAST_MINUTE if whole_day else hours.closes
        days.setdefault((hours.opens, closes), []).append(_DAYS[hours.weekday - 1])
    told = [_weekly(service, *times, on, "") for times, on in days.items()]
    if not told and service.hours_note:
        return [item(id=derived("schedule", service.pk, "note"), description=service.hours_note)]
    return told


def _weekly(service: Service, opens: dt.time, closes: dt.time, days: list[str], told: str) -> Item:
    from_utc = _hours_from_utc()
    return item(
        id=derived("schedule", service.pk, opens, closes),
        freq="WEEKLY",
        wkst="MO",
        byday=",".join(days),
        opens_at=f"{opens:%H:%M}{from_utc:+03d}:00",
        closes_at=f"{closes:%H:%M}{from_utc:+03d}:00",
        timezone=from_utc,
        description=told,
        notes=service.hours_note,
    )


def _hours_from_utc() -> int:
    return round(timezone.localtime().utcoffset().total_seconds() / _SECONDS_OF_AN_HOUR)  # type: ignore[union-attr]
