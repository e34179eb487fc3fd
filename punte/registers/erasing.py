"""What entries say is erased when their time is over; that there was one, of which register, state and years, stays."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from punte.accounts.guests import Erasing
from punte.cases.models import Case
from punte.kernel.append_only import lifted
from punte.people.enums import RequestState
from punte.people.models import Membership, SubjectRequest
from punte.registers.models import Entry, EntryMark, EntryRevision, EntryValue

_PORTION = 500
_EMPTY: dict[str, Any] = {"values": {}, "texts": "", "expires_on": None}


def _over(before: dt.date) -> QuerySet[Entry]:
    """The entries that had ended by a day, of nobody on whose case somebody works, or who waits for an answer."""
    worked_on = Case.objects.filter(open=True)
    living = Membership.objects.current().filter(household__in=worked_on.values("household"))
    busy = (
        Q(person__in=worked_on.filter(person__isnull=False).values("person"))
        | Q(person__in=living.values("person"))
        | Q(household__in=worked_on.values("household"))
        | Q(case__in=worked_on)
    )
    asks = SubjectRequest.objects.filter(state=RequestState.OPEN).values("person")
    homes = Membership.objects.filter(person__in=asks).values("household")
    asked = Q(person__in=asks) | Q(household__in=homes) | Q(case__household__in=homes)
    return Entry.objects.filter(end__lte=before, erased_on=None).exclude(busy | asked).order_by()


def over(before: dt.date) -> dict[UUID, int]:
    """How many they are, by the institution that keeps them."""
    return dict(_over(before).values("keeper").annotate(rows=Count("pk")).values_list("keeper", "rows"))


def erase(keeper: UUID, before: dt.date) -> int:
    """Erase those of one institution, with all that they ever said; how many they were."""
    keys = list(_over(before).filter(keeper=keeper).order_by("pk").values_list("pk", flat=True))
    if keys:
        with lifted(EntryRevision):
            for start in range(0, len(keys), _PORTION):
                _erase(keys[start : start + _PORTION])
    return len(keys)


def _erase(keys: list[UUID]) -> None:
    EntryValue.objects.filter(entry__in=keys).delete()
    EntryMark.objects.filter(entry__in=keys).delete()
    today = timezone.localdate()
    entries = list(Entry.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys))
    for entry in entries:
        entry.start, entry.end = _years(entry.start, entry.end)
    # Without its key an entry overlaps nothing, however long its years are.
    Entry.objects.filter(pk__in=keys).update(**_EMPTY, overlap_key=None, erased_on=today)
    Entry.objects.bulk_update(entries, ["start", "end"], batch_size=200)
    revisions = list(EntryRevision.objects.filter(entry__in=keys).only("pk", "start", "end"))
    for revision in revisions:
        revision.start, revision.end = _years(revision.start, revision.end)
    EntryRevision.objects.filter(entry__in=keys).update(**_EMPTY, why="")
    EntryRevision.objects.bulk_update(revisions, ["start", "end"], batch_size=200)


def _years(start: dt.date, end: dt.date | None) -> tuple[dt.date, dt.date | None]:
    """The whole years in which days `[start, end)` lie."""
    last = end - dt.timedelta(days=1) if end else None
    return dt.date(start.year, 1, 1), dt.date(last.year + 1, 1, 1) if last else None


ERASING = Erasing("register_entries", over, erase)
