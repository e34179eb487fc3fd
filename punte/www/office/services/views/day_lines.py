"""What the directory brings to the day of those who check it."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import DayLine, Guest, Waiting, Work, counts, cut, who_may
from punte.accounts.models import User
from punte.directory.services.reminders import to_check
from punte.waiting.queue import services_with_turns
from punte.www.frame.addresses import reverse


def checks(user: User, today: dt.date) -> Waiting:
    """How many proposals wait to be published, how many services of the territory are not up to date."""
    waiting, stale = to_check(user)
    here = reverse("service_checks")
    return counts(
        (
            waiting,
            ngettext(
                "%(n)s proposal of a provider to check", "%(n)s proposals of providers to check", waiting
            ),
            here,
        ),
        (
            stale,
            ngettext(
                "%(n)s service of your territory is not up to date",
                "%(n)s services of your territory are not up to date",
                stale,
            ),
            here,
        ),
    )


_SHOWN = 15


def turns(user: User, today: dt.date) -> Waiting:
    """Places that are free while somebody waits: no name, for not everybody who offers one reads of the person."""
    found = services_with_turns(user, _SHOWN + 1)
    lines = [
        DayLine(
            what=_("Offer the free place to who is next"),
            url=reverse("service_waiting", args=[key]),
            whose=name,
            why=name,
        )
        for key, name in found
    ]
    return cut(lines, at=_SHOWN, all_at=reverse("services"))


DAY = Guest(
    "services",
    day=(
        Work(
            "checks",
            who_may(Can.KEEP_DIRECTORY),
            checks,
            gettext_lazy(
                "proposals of providers to check, and services of the place that are not up to date"
            ),
            "service_checks",
            gettext_lazy("Checking the directory"),
        ),
        Work(
            "turns",
            who_may(Can.ANSWER_REFERRALS, Can.ASSIGN),
            turns,
            gettext_lazy("free places for which somebody waits"),
            "services",
            gettext_lazy("Register of services"),
        ),
    ),
)
