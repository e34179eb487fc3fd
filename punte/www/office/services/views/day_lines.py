"""What the directory brings to the day of those who check it."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import Guest, Waiting, Work, counts, who_may
from punte.accounts.models import User
from punte.directory.services.reminders import to_check


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
