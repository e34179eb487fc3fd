"""An entry that names a service takes a place there while it holds, and gives it back when it ends."""

import datetime as dt
from contextlib import suppress

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.directory.actions import NoFreePlace, counted_at, release_place, take_free_place
from punte.directory.models import Service, TakenPlace
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.models import Entry
from punte.registers.values import Values

_A_DAY = dt.timedelta(days=1)


def hold_place(entry: Entry, definition: Definition, said: Values, *, by: User) -> None:
    """Let the place that an entry holds follow what it says now: taken, given back, or in another service.

    Raises:
        NoFreePlace: on the field that names the service, where none is free there.
    """
    name = definition.place
    if not name:
        return
    wanted: Service | None = said.get(name) if _holds(entry, definition) else None
    held = TakenPlace.objects.filter(holder=entry.pk, given_back_at=None).select_related("service").first()
    if held is not None and (wanted is None or held.service_id != wanted.pk):
        # What was never true was in no count either: it is given back at the moment at which it was taken.
        last = _last(entry) if wanted is None and entry.state != WITHDRAWN else None
        left = counted_at(last) if last else held.taken_at
        release_place(service=held.service, at=left, by=by, holder=entry.pk)
        held = None
    if wanted is None or held is not None:
        return
    try:
        take_free_place(
            service=wanted, at=_taken_at(entry, wanted), by=by, holder=entry.pk, held_for=entry.person_id
        )
    except NoFreePlace as refused:
        raise NoFreePlace(refused.message, field=name) from refused


def hold_place_if_free(entry: Entry, definition: Definition, said: Values, *, by: User) -> None:
    """As `hold_place`, where somebody else may have the place by now: the entry then stands without one."""
    with suppress(NoFreePlace):
        hold_place(entry, definition, said, by=by)


def without_place(entry: Entry, definition: Definition, said: Values) -> str:
    """That an entry names a service in which it should hold a place and holds none, in words; else empty."""
    wanted: Service | None = said.get(definition.place) if definition.place else None
    if wanted is None or not _holds(entry, definition):
        return ""
    if TakenPlace.objects.filter(holder=entry.pk, given_back_at=None).exists():
        return ""
    told = _(
        "No place is held in %(service)s: the one that was given back went to somebody else. Ask the provider whether"
        " they take the person, or correct the entry once a place is free."
    )
    return told % {"service": wanted}


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
            release_place(service=one.service, at=counted_at(last), by=None, holder=entry.pk)
    return len(over)


def _holds(entry: Entry, definition: Definition) -> bool:
    """Whether it is true today, or will be; who leaves today has left."""
    stands = entry.state != WITHDRAWN and entry.state in definition.holds
    last = _last(entry)
    return stands and (last is None or last > timezone.localdate())


def _taken_at(entry: Entry, service: Service) -> dt.datetime:
    """Of a place that is taken again the moment at which it was given back: who counted before that counted it."""
    held = TakenPlace.objects.filter(holder=entry.pk, service=service)
    left = held.aggregate(last=Max("given_back_at"))["last"]
    begins = counted_at(entry.start)
    return max(left, begins) if left else begins


def _last(entry: Entry) -> dt.date | None:
    return entry.end - _A_DAY if entry.end else None
