"""What notifications keep of somebody, what a file for their own request tells of it, and how it is erased."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

from punte.accounts.guests import Erasing, Kept, Told
from punte.accounts.models import User
from punte.kernel.append_only import lifted
from punte.notifications.enums import PersonRole
from punte.notifications.models import (
    Dispatch,
    Notification,
    NotificationEvent,
    NotifiedMark,
    NotifiedPerson,
    SoughtCase,
)
from punte.people.keeps import day
from punte.people.models import Person
from punte.people.sight import hidden_from

_PORTION = 500
_NAMING = (
    *("notifier_name", "notifier_phone", "notifier_quality", "what", "where_found"),
    *("judged_why", "decided_why", "sent_to"),
)


def _notified(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    """When and how somebody told of the person; never who, nor of whom besides, nor what they said.

    Nothing to whom it was told of as the aggressor, who might ask for the file to learn of it, and nothing of what is
    about a sealed case or may be.
    """
    told = NotifiedPerson.objects.filter(person=person).exclude(role=PersonRole.ALLEGED_AGGRESSOR)
    behind = SoughtCase.objects.filter(case__isnull=False).exclude(ours=False)
    seen = Notification.objects.filter(
        pk__in=told.values("notification"), compartment__in=list(compartments)
    ).exclude(Q(case__sealed=True) | Q(pk__in=behind.values("notification")))
    shown = hidden_from(user).people.get(person.pk)
    if shown is not None:
        seen = seen.filter(received_at__lt=shown.sealed_at)
    return [
        {
            pgettext("own file", "Notification"): str(one),
            pgettext("own file", "Received on"): day(timezone.localdate(one.received_at)),
            pgettext("own file", "What it is about"): one.kind_named,
            pgettext("own file", "State"): str(one.get_state_display()),
        }
        for one in seen.order_by("received_at", "pk")
    ]


def _over(before: dt.date) -> QuerySet[Notification]:
    """Those decided before a day, but for what hangs on a case on which somebody works."""
    start = timezone.make_aware(dt.datetime.combine(before, dt.time.min))
    ended = Notification.objects.filter(decided_at__lt=start, erased_on=None)
    return ended.exclude(case__open=True).order_by()


def over(before: dt.date) -> dict[UUID, int]:
    """How many they are, by the institution that keeps them."""
    return dict(_over(before).values("keeper").annotate(rows=Count("pk")).values_list("keeper", "rows"))


def erase(keeper: UUID, before: dt.date) -> int:
    """Erase what names anybody in those of one institution; how many they were.

    Number, days, way, kind, urgency, result and decision stay: the register has no gap and the figures stand.
    """
    keys = list(_over(before).filter(keeper=keeper).order_by("pk").values_list("pk", flat=True))
    if keys:
        with lifted(NotificationEvent):
            for start in range(0, len(keys), _PORTION):
                _erase(keys[start : start + _PORTION])
    return len(keys)


def _erase(keys: list[UUID]) -> None:
    NotificationEvent.objects.filter(notification__in=keys).update(text="")
    NotifiedPerson.objects.filter(notification__in=keys).update(name="", age=None, person=None)
    NotifiedMark.objects.filter(notification__in=keys).delete()
    Dispatch.objects.filter(notification__in=keys).update(found="")
    Notification.objects.filter(pk__in=keys).update(
        **dict.fromkeys(_NAMING, ""),
        household=None,
        code_digest="",
        once=None,
        erased_on=timezone.localdate(),
    )


KEEPS = (
    Kept(
        (
            "notifications.Notification",
            "notifications.NotifiedPerson",
            "notifications.NotificationEvent",
            "notifications.Dispatch",
            "notifications.NotifiedMark",
            "notifications.NotifiedAbuse",
            "notifications.SoughtCase",
        ),
        pgettext_lazy("own file", "Notifications"),
        pgettext_lazy(
            "own file",
            "as many whole years after the decision as the institution has set; until it has, it is kept",
        ),
        pgettext_lazy("own file", "what names anybody is erased; number, days, kind and decision stay"),
        _notified,
        erasing=Erasing("notifications", over, erase),
        plain=True,
    ),
)
