"""What an emergency means for who works with the household: they are told at once, and find it on their day."""

from typing import Any
from uuid import uuid4

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.cases.models import Case
from punte.kernel.prepared import moment_of_asking
from punte.people.enums import SightReason
from punte.people.mail import write_to
from punte.people.models import EmergencyRequest, Household, HouseholdSight
from punte.people.rules import EMERGENCY_LASTS


def tell_who_answers(*, household: Household | None, by: User, **_named: Any) -> None:
    """Write to the responsible workers and the case team; where nobody was found the same is asked, of no household."""
    key = household.pk if household else uuid4()
    cases = Case.objects.filter(Q(open=True) | Q(sealed=True), household=key)
    team = HouseholdSight.objects.current().filter(household=key, why=SightReason.CASE_TEAM)
    told = Q(pk__in=cases.values("responsible")) | Q(pk__in=team.values("user"))
    write_to(User.objects.filter(told, is_active=True).exclude(pk=by.pk).order_by("pk"), _asked)


def requests_for(user: User) -> QuerySet[EmergencyRequest]:
    """What the account may answer now, the oldest first; `named` says whether it may know of which household."""
    team = user.household_sights.current().filter(why=SightReason.CASE_TEAM, household=OuterRef("household"))
    waiting = EmergencyRequest.objects.answerable_by(user).annotate(named=Exists(team))
    return waiting.select_related("household", "by").order_by("created_at", "pk")


def openings_told_to(user: User) -> QuerySet[EmergencyRequest]:
    """Records of the worker's own cases that somebody opened in an emergency during the last day."""
    own = Case.objects.of_worker(user).values("household")
    opened = EmergencyRequest.objects.filter(
        household__in=own, granted=True, answered_by=None, created_at__gt=moment_of_asking() - EMERGENCY_LASTS
    )
    return opened.exclude(by=user).select_related("household", "by")


def _asked() -> tuple[str, str]:
    return (
        _("Punte: an emergency"),
        _(
            "Somebody asked, in an emergency, for a record for which you answer. Sign in to Punte: it is on your day."
        ),
    )
