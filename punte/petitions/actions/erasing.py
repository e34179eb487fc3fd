"""What names anybody leaves a petition once its time to be kept is over."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from punte.petitions.enums import OPEN, EventKind
from punte.petitions.models import Petition

_ENDS = (EventKind.ANSWERED, EventKind.REDIRECTED, EventKind.CLOSED)
_NAMING = ("name", "email", "phone", "address", "text", "about_words", "answer")


def over(today: dt.date) -> Iterator[Petition]:
    """The petitions whose time is over: as many whole calendar years as `PUNTE_PETITION_YEARS` since they ended.

    No law that is read here sets the years: each institution has them in its archives' nomenclature. Where the
    setting is 0, as it is at first, everything is kept.
    """
    years = settings.PETITION_YEARS
    if years <= 0:
        return
    before = timezone.make_aware(dt.datetime(today.year - years, 1, 1))
    ended = Petition.objects.filter(erased_on=None).exclude(status__in=OPEN)
    last = Max("events__created_at", filter=Q(events__kind__in=_ENDS))
    yield from ended.annotate(ended_at=last).filter(ended_at__lt=before).order_by("received_at")


def erase_over(today: dt.date) -> int:
    """Remove from the petitions whose time is over all that names anybody; how many they were.

    Number, dates, kind, way, service and how it ended stay: the register has no gap and the figures stand.
    Not a verb: no account does it, the rule of the institution does.
    """
    return sum(_erase(petition) for petition in list(over(today)))


def _erase(petition: Petition) -> int:
    with transaction.atomic():
        found = Petition.objects.select_for_update(of=("self",), no_key=True).get(pk=petition.pk)
        for field in _NAMING:
            setattr(found, field, "")
        # Nothing is left to be read with the code, so it opens nothing.
        found.code_digest, found.once = "", None
        found.erased_on = timezone.localdate()
        found.save(update_fields=[*_NAMING, "code_digest", "once", "erased_on"])
        found.about.clear()
        found.events.update(text="")
        paths = list(found.attachments.values_list("path", flat=True))
        found.attachments.all().delete()
        for path in paths:
            transaction.on_commit(lambda path=path: default_storage.delete(path))  # type: ignore[misc]
    return 1
