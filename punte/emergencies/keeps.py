"""What fast lists keep of somebody, what a file for their own request tells of it, and how it is erased."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

from punte.accounts.enums import Compartment
from punte.accounts.guests import Erasing, Kept, Told
from punte.accounts.models import User
from punte.directory.actions import release_place
from punte.emergencies.models import Emergency, Listed, LookedFor, as_seen
from punte.people.keeps import day
from punte.people.models import Person


def _listed(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    """When and how they were on a list; not who looked for them: whoever asks may be the one they fled from."""
    if Compartment.GENERAL not in compartments:
        return []
    rows = (
        Listed.objects.filter(person=person)
        .select_related("emergency", "shelter")
        .order_by("created_at", "pk")
    )
    return [
        {
            pgettext("own file", "Emergency"): str(one.emergency),
            pgettext("own file", "On the list since"): day(timezone.localdate(one.created_at)),
            pgettext("own file", "Name"): one.name,
            pgettext("own file", "Needs"): ", ".join(one.needs_named),
            pgettext("own file", "Went to"): one.left_named,
        }
        for one in as_seen(user, rows)
    ]


def _over(before: dt.date) -> QuerySet[Emergency]:
    return Emergency.objects.filter(ended_on__lt=before, erased_on=None).order_by()


def over(before: dt.date) -> dict[UUID, int]:
    """How many emergencies ended before a day, by the institution that keeps them."""
    return dict(_over(before).values("keeper").annotate(rows=Count("pk")).values_list("keeper", "rows"))


def erase(keeper: UUID, before: dt.date) -> int:
    """Erase what names anybody on the lists of one institution; how many lists they were.

    Numbers, groups, ages, needs, days and where people went stay: the figures stand.
    """
    keys = list(_over(before).filter(keeper=keeper).values_list("pk", flat=True))
    rows = Listed.objects.filter(emergency__in=keys)
    for row in rows.filter(shelter__isnull=False, left_to="").select_related("shelter").order_by("pk"):
        assert row.shelter is not None
        release_place(service=row.shelter, at=timezone.now(), by=None, holder=row.pk)
    LookedFor.objects.filter(listed__in=rows).delete()
    rows.update(name="", phone="", note="", person=None, household=None, case=None, shelter=None)
    Emergency.objects.filter(pk__in=keys).update(erased_on=timezone.localdate())
    return len(keys)


KEEPS = (
    Kept(
        (
            "emergencies.Emergency",
            "emergencies.EmergencyWorker",
            "emergencies.Listed",
            "emergencies.LookedFor",
        ),
        pgettext_lazy("own file", "Fast lists of emergencies"),
        pgettext_lazy(
            "own file",
            "as many whole years after the emergency as the institution has set; until it has, it is kept",
        ),
        pgettext_lazy("own file", "what names anybody is erased; numbers, ages, needs and days stay"),
        _listed,
        erasing=Erasing("emergencies", over, erase),
        tells_where=True,
    ),
)
