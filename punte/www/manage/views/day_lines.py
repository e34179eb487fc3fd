"""What waits for those who look after accounts and for the data protection officer."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import DayLine, Guest, Press, Waiting, Work, who_may
from punte.accounts.models import User
from punte.accounts.queries import accounts_managed_by
from punte.accounts.second_person import to_be_answered_by
from punte.people.enums import SightReason
from punte.people.models import HouseholdSight

_SHOWN = 15


def requests(user: User, today: dt.date) -> Waiting:
    """What one person asked for and this one may agree to, what ends soonest first."""
    waiting = to_be_answered_by(user).select_related("subject", "asked_by")
    found = list(waiting[: _SHOWN + 1])
    lines = [
        DayLine(
            what=f"{asked.get_verb_display()}: {asked.subject.name}",
            url=reverse("answer_request", args=[asked.pk]),
            whose=asked.subject.name,
            why=_("%(name)s asks, and a second person has to agree") % {"name": asked.asked_by.name},
            when=timezone.localdate(asked.expires_at),
            deed=Press(_("Answer"), reverse("answer_request", args=[asked.pk])),
        )
        for asked in found[:_SHOWN]
    ]
    return Waiting(lines, len(found) - len(lines), reverse("to_approve"))


def openings(user: User, today: dt.date) -> Waiting:
    """How many emergency openings nobody of those who see the trail has looked at; whose they are stands there."""
    seen_by = user.standing.organizations(Can.SEE_AUDIT)
    unseen = HouseholdSight.objects.filter(
        why=SightReason.EMERGENCY, household__keeper__in=seen_by, seen_by_officer_at=None
    )
    count = unseen.count()
    if not count:
        return Waiting()
    words = ngettext("%(n)s emergency opening to look at", "%(n)s emergency openings to look at", count)
    line = DayLine(
        what=words % {"n": count},
        url=reverse("emergencies"),
        why=_("Who opened which record, and why"),
    )
    return Waiting([line])


def accounts(user: User, today: dt.date) -> Waiting:
    """How many accounts nobody has come into yet."""
    count = accounts_managed_by(user).filter(is_active=True, last_login=None).count()
    if not count:
        return Waiting()
    words = ngettext(
        "%(n)s account into which nobody came yet", "%(n)s accounts into which nobody came yet", count
    )
    line = DayLine(
        what=words % {"n": count},
        url=reverse("users"),
        why=_("Give its holder a link to set the password, or close it"),
    )
    return Waiting([line])


DAY = Guest(
    "manage",
    day=(
        Work(
            "requests",
            who_may(Can.MANAGE_ACCOUNTS, Can.SEE_AUDIT),
            requests,
            gettext_lazy("requests that wait for a second person"),
            "to_approve",
            gettext_lazy("To approve"),
        ),
        Work(
            "openings",
            who_may(Can.SEE_AUDIT),
            openings,
            gettext_lazy("emergency openings that nobody has looked at"),
            "trail",
            gettext_lazy("Who saw what"),
        ),
        Work(
            "accounts",
            who_may(Can.MANAGE_ACCOUNTS),
            accounts,
            gettext_lazy("accounts into which nobody came yet"),
            "users",
            gettext_lazy("Accounts"),
        ),
    ),
)
