"""What applications keep of somebody, and how it is erased."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

from punte.accounts.guests import Erasing, Kept, Told
from punte.accounts.models import User
from punte.benefits.models import Application
from punte.people.keeps import day
from punte.people.models import Person

_NAMING = ("name", "phone", "email", "address", "text", "ended_why")


def _began(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    """The applications that were finished in the register for the person, as far as the account sees them."""
    found = Application.objects.visible_to(user).filter(entry__person=person)
    return [
        {
            pgettext("own file", "Application begun on"): day(timezone.localdate(one.created_at)),
            pgettext("own file", "State"): str(one.get_state_display()),
        }
        for one in found
    ]


def _over(before: dt.date) -> QuerySet[Application]:
    start = timezone.make_aware(dt.datetime.combine(before, dt.time.min))
    return Application.objects.filter(ended_at__lt=start, erased_on=None).order_by()


def over(before: dt.date) -> dict[UUID, int]:
    """How many ended before a day, by institution."""
    counted = _over(before).values("organization").annotate(rows=Count("pk"))
    return dict(counted.values_list("organization", "rows"))


def erase(keeper: UUID, before: dt.date) -> int:
    """Erase what names anybody in those of one institution; how many they were. Days, right and state stay."""
    return (
        _over(before)
        .filter(organization=keeper)
        .update(
            **dict.fromkeys(_NAMING, ""),
            code_digest="",
            once=None,
            people=None,
            household=None,
            entry=None,
            erased_on=timezone.localdate(),
        )
    )


KEEPS = (
    Kept(
        ("benefits.Application",),
        pgettext_lazy("own file", "Applications begun on the site"),
        pgettext_lazy(
            "own file",
            "as many whole years after it ended as the institution has set; until it has, it is kept",
        ),
        pgettext_lazy("own file", "what names anybody is erased; days, right and state stay"),
        _began,
        erasing=Erasing("applications", over, erase),
        plain=True,
    ),
    Kept(
        ("benefits.Seeming",),
        pgettext_lazy("own file", "What seems not to be had"),
        pgettext_lazy("own file", "until the next night"),
        pgettext_lazy("own file", "made anew every night from the record"),
        why_not=pgettext_lazy("own file", "it repeats what is told of the visits and the registers"),
    ),
)
