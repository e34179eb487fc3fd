"""What is drawn for who looks after accounts, and for the data protection officer."""

import datetime as dt
from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import who_may
from punte.accounts.models import User
from punte.accounts.pictures import Drawn, Picture
from punte.accounts.queries import accounts_managed_by
from punte.people.enums import SightReason
from punte.people.models import HouseholdSight
from punte.www.frame.addresses import reverse
from punte.www.frame.pictures import by_week, one_each, since

_WEEK, _MONTH = dt.timedelta(days=7), dt.timedelta(days=30)


def openings(user: User, today: dt.date) -> Drawn:
    """Records opened in an emergency, by week, as the page of openings lists them; whose they are stands there."""
    rows = HouseholdSight.objects.filter(
        why=SightReason.EMERGENCY,
        household__keeper__in=user.standing.organizations(Can.SEE_AUDIT),
        created_at__gte=since(today),
    )
    told = rows.order_by().values_list("created_at", "seen_by_officer_at")
    return by_week(
        today,
        [(at, "seen" if seen else "unseen") for at, seen in told],
        [
            ("seen", pgettext("picture", "looked at"), "done"),
            ("unseen", pgettext("picture", "not looked at yet"), "late"),
        ],
        url=reverse("emergencies"),
        leads=_("Emergency openings"),
    )


def sign_ins(user: User, today: dt.date) -> Drawn:
    """Open accounts by when somebody last came in."""
    now, found = timezone.now(), Counter[str]()
    for at in (
        accounts_managed_by(user).filter(is_active=True).order_by().values_list("last_login", flat=True)
    ):
        found[_how_long_ago(at, now)] += 1
    here = reverse("users")
    return one_each(
        [
            (pgettext("picture", "in the last week"), here, "done", found["week"]),
            (pgettext("picture", "in the last month"), here, "second", found["month"]),
            (pgettext("picture", "longer ago"), here, "moderate", found["longer"]),
            (pgettext("picture", "never"), here, "open", found["never"]),
        ]
    )


def _how_long_ago(at: dt.datetime | None, now: dt.datetime) -> str:
    if at is None:
        return "never"
    return "week" if at > now - _WEEK else "month" if at > now - _MONTH else "longer"


PICTURES = (
    Picture(
        "openings", gettext_lazy("Emergency openings, by week"), who_may(Can.SEE_AUDIT), openings, "weeks"
    ),
    Picture(
        "sign_ins",
        gettext_lazy("Accounts, by when they were last used"),
        who_may(Can.MANAGE_ACCOUNTS),
        sign_ins,
    ),
)
