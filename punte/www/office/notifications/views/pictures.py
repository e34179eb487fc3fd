"""What of notifications is drawn on first pages: what came each week, and whether somebody was there in time."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import who_may
from punte.accounts.models import User
from punte.accounts.pictures import Drawn, Picture
from punte.notifications.enums import UNCHECKED
from punte.notifications.models import Notification
from punte.www.frame.addresses import reverse
from punte.www.frame.pictures import by_week, first_monday, since


def came(user: User, today: dt.date) -> Drawn:
    """Notifications by the week in which they came."""
    # The year narrows by the index of numbers; the day alone would read all that ever came.
    recent = Notification.objects.visible_to(user).filter(year__gte=first_monday(today).year)
    rows = recent.filter(received_at__gte=since(today)).order_by()
    now = timezone.now()
    told = rows.values_list("received_at", "state", "due_at", "checked_at")
    return by_week(
        today,
        [(at, _stands(state, due, checked, now)) for at, state, due, checked in told],
        [
            ("in_time", _("checked in time, or decided"), "done"),
            ("late", _("checked late"), "second"),
            ("waiting", _("within the term, not checked yet"), "open"),
            ("overdue", _("late, not checked yet"), "late"),
        ],
        url=f"{reverse('notifications')}?state=late",
        leads=_("Notifications that are late"),
    )


def _stands(state: str, due: dt.datetime | None, checked: dt.datetime | None, now: dt.datetime) -> str:
    if checked is not None:
        return "late" if due and checked > due else "in_time"
    if state not in UNCHECKED:
        return "in_time"
    return "overdue" if due and due < now else "waiting"


PICTURES = (
    Picture(
        "notifications", gettext_lazy("Notifications received, by week"), who_may(Can.TRIAGE), came, "weeks"
    ),
)
