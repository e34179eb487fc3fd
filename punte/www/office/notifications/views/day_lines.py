"""What notifications bring to a day: those given to the account, those nobody has, what a sealed case must hear of."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import DayLine, Guest, Waiting, Work, who_may
from punte.accounts.models import User
from punte.cases.models import Case
from punte.kernel.prepared import moment_of_asking
from punte.notifications.models import Notification, SoughtCase
from punte.notifications.queries import MOST_URGENT_FIRST
from punte.people.asked import Asked
from punte.www.frame.addresses import reverse
from punte.www.frame.ordering import first_by_keys, in_order

_SHOWN = 15


def notifications(user: User, _today: dt.date) -> Waiting:
    """Those that wait for the account, the most urgent first; what they say stands on their pages alone."""
    rows = _first_of_them(user)
    more = _found_by.count(user) - _SHOWN if len(rows) > _SHOWN else 0
    return Waiting(
        [*_sought(user), *(_line(user, one) for one in rows[:_SHOWN])], more, reverse("notifications")
    )


def _found(user: User) -> QuerySet[Notification]:
    leads = user.standing.organizations(Can.ASSIGN)
    nobodys = Q(assigned_to=None, keeper__in=user.standing.organizations(Can.TRIAGE))
    # What is late is everybody's who leads, whoever has it.
    late = Q(keeper__in=leads, pk__in=Notification.objects.late(moment_of_asking()).values("pk"))
    return Notification.objects.visible_to(user).waiting().filter(Q(assigned_to=user) | nobodys | late)


_found_by = Asked(lambda user: _found(user).order_by())
_first_of_them = Asked(
    lambda user: first_by_keys(
        _found(user).order_by(*in_order(Notification, [*MOST_URGENT_FIRST, "pk"], turned=False)), _SHOWN + 1
    ).select_related("assigned_to")
)


def _line(user: User, notification: Notification) -> DayLine:
    if notification.assigned_to_id == user.pk:
        what = _("Check notification %(number)s")
    elif notification.assigned_to_id is None:
        what = _("Notification %(number)s, nobody's yet")
    else:
        what = _("Notification %(number)s is late")
    due = timezone.localtime(notification.due_at) if notification.due_at and notification.runs else None
    with_whom = str(notification.assigned_to or "")
    return DayLine(
        what=what % {"number": notification},
        url=reverse("notification", args=[notification.pk]),
        whose=str(notification),
        why=" · ".join(part for part in (notification.get_urgency_display(), with_whom) if part),
        when=due.date() if due else None,
        hour=due.time() if due else None,
    )


def _sought(user: User) -> list[DayLine]:
    """What seems to be about a sealed case of the account; its team alone reads this."""
    return [
        DayLine(
            what=_("Notification %(number)s may be about case %(case)s")
            % {"number": one.notification, "case": one.case},
            url=reverse("notification", args=[one.notification_id]),
            whose=str(one.notification),
            why=_("only the team of the case reads this line"),
            when=timezone.localdate(one.created_at),
        )
        for one in _of_teams_of(user)
    ]


_of_teams_of = Asked(
    lambda user: (
        SoughtCase.objects.filter(case__in=Case.objects.worked_on_by(user).values("pk"), ours=None)
        .select_related("notification", "case")
        .order_by("created_at", "pk")[:_SHOWN]
    )
)


DAY = Guest(
    "notifications",
    day=(
        Work(
            "notifications",
            who_may(Can.TRIAGE),
            notifications,
            gettext_lazy("notifications given to you, and those that are nobody's yet"),
            "notifications",
            gettext_lazy("Notifications"),
        ),
    ),
)
