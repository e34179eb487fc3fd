"""What the directory brings to the day of those who check it."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import DayLine, Guest, Waiting, Work, who_may
from punte.accounts.models import User
from punte.directory.services.reminders import to_check


def checks(user: User, today: dt.date) -> Waiting:
    """How many proposals wait to be published, how many services of the territory are not up to date."""
    waiting, stale = to_check(user)
    lines = []
    if waiting:
        words = ngettext(
            "%(n)s proposal of a provider to check", "%(n)s proposals of providers to check", waiting
        )
        lines.append(DayLine(what=words % {"n": waiting}, url=reverse("service_checks")))
    if stale:
        words = ngettext(
            "%(n)s service of your territory is not up to date",
            "%(n)s services of your territory are not up to date",
            stale,
        )
        lines.append(DayLine(what=words % {"n": stale}, url=reverse("service_checks")))
    return Waiting(lines)


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
    ),
)
