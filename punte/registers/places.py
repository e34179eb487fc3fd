"""An entry that names a service takes a place there while it holds, and gives it back when it ends."""

import datetime as dt

from django.utils import timezone

from punte.accounts.models import User
from punte.directory.actions import release_place, take_free_place
from punte.directory.models import Service, TakenPlace
from punte.kernel.errors import DomainError
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.models import Entry
from punte.registers.values import Values

_A_DAY = dt.timedelta(days=1)


def hold_place(entry: Entry, definition: Definition, said: Values, *, by: User) -> None:
    """Let the place that an entry holds follow what it says now: taken, given back, or in another service.

    Raises:
        DomainError: on the field that names the service, where none is free there.
    """
    name = definition.place
    if not name:
        return
    wanted: Service | None = said.get(name) if _holds(entry, definition) else None
    held = TakenPlace.objects.filter(holder=entry.pk, given_back_at=None).select_related("service").first()
    if held is not None and (wanted is None or held.service_id != wanted.pk):
        # What was never true was in no count either: it is given back at the moment at which it was taken.
        last = _last(entry) if wanted is None and entry.state != WITHDRAWN else None
        left = _moment(last) if last else held.taken_at
        release_place(service=held.service, at=left, by=by, holder=entry.pk)
        held = None
    if wanted is None or held is not None:
        return
    at = _moment(entry.start)
    try:
        take_free_place(service=wanted, at=at, by=by, holder=entry.pk, held_for=entry.person_id)
    except DomainError as refused:
        raise DomainError(refused.message, field=name) from refused


def give_back_places(today: dt.date) -> int:
    """Give the places back of entries whose last day has come; a job of the night.

    Returns:
        How many.
    """
    held = TakenPlace.objects.filter(given_back_at=None)
    over = Entry.objects.filter(pk__in=held.values("holder"), end__lte=today).order_by("pk")
    for entry in over:
        for one in held.filter(holder=entry.pk).select_related("service"):
            last = _last(entry)
            assert last is not None
            release_place(service=one.service, at=_moment(last), by=None, holder=entry.pk)
    return len(over)


def _holds(entry: Entry, definition: Definition) -> bool:
    """Whether it is true today, or will be; who leaves today has left."""
    stands = entry.state != WITHDRAWN and entry.state in definition.holds
    last = _last(entry)
    return stands and (last is None or last > timezone.localdate())


def _last(entry: Entry) -> dt.date | None:
    return entry.end - _A_DAY if entry.end else None


def _moment(day: dt.date) -> dt.datetime:
    """When what happened on a day is counted: now where it is today or to come, else at the end of that day."""
    if day >= timezone.localdate():
        return timezone.now()
    return timezone.make_aware(dt.datetime.combine(day + _A_DAY, dt.time.min)) - dt.timedelta(seconds=1)
