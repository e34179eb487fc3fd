"""What programmes bring to a day: actions whose report is due, needs that a round asks for."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import DayLine, Guest, Waiting, Work, cut, who_may
from punte.accounts.models import User
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.programmes.models import NeedsRound, Programme, UatNeed
from punte.programmes.queries import owed
from punte.www.frame.addresses import reverse

_SHOWN = 5


def reports(user: User, today: dt.date) -> Waiting:
    """Programmes of which the account's institutions have not reported all that is due; rounds that wait for a need."""
    planning = user.standing.organizations(Can.PLAN)
    halls = Organization.objects.filter(pk__in=planning, uat__isnull=False).exclude(
        kind=OrganizationKind.COUNTY_DIRECTORATE
    )
    counties = set(halls.values_list("uat__county", flat=True))
    lines = []
    running = Programme.objects.visible_to(user).filter(
        start__lte=today, end__gte=today - dt.timedelta(days=120)
    )
    for programme in running:
        if programme.organization_id not in planning and programme.county_id not in counties:
            continue
        missing = len(owed(programme, planning, today))
        if missing:
            words = ngettext("%(n)s action to report", "%(n)s actions to report", missing) % {"n": missing}
            lines.append(DayLine(words, reverse("programme", args=[programme.pk]), why=programme.short))
    open_ = NeedsRound.objects.filter(county__in=counties, until__gte=today)
    answered = UatNeed.objects.filter(organization__in=halls).values("round")
    lines += [
        DayLine(_("Say what your UAT needs"), reverse("needs_round", args=[one.pk]), when=one.until)
        for one in open_.exclude(pk__in=answered)
    ]
    return cut(lines, at=_SHOWN, all_at=reverse("programmes"))


DAY = Guest(
    "programmes_on_screen",
    day=(
        Work(
            "programme_reports",
            who_may(Can.PLAN),
            reports,
            gettext_lazy("actions to report"),
            "programmes",
            gettext_lazy("Programmes"),
        ),
    ),
)
