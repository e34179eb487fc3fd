"""Abuse, neglect and violence by their forms, a column a year: totals of an institution, of nobody."""

from collections import defaultdict

from django.conf import settings
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.notifications.content import content
from punte.notifications.enums import Certainty
from punte.notifications.models import Notification, NotifiedAbuse
from punte.www.frame.access import SignedIn, needs

_YEARS = 5


@require_safe
@needs(Capability.SEE_TOTALS)
def abuse_totals(request: SignedIn) -> HttpResponse:
    """Confirmed and suspected forms, of institutions whose totals the account sees; who does not lead sees no few."""
    standing = request.user.standing
    keepers = standing.organizations(Capability.SEE_TOTALS)
    leads = keepers <= standing.organizations(Capability.ASSIGN)
    counts = Notification.objects.countable_by(request.user).filter(keeper__in=keepers)
    rows = NotifiedAbuse.objects.filter(notification__in=counts.values("pk")).order_by()
    counted: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    told = rows.values_list("certainty", "kind", "notification__year").annotate(number=Count("pk"))
    for certainty, kind, year, number in told:
        counted[certainty, kind][year] = number
    years = sorted({year for by_year in counted.values() for year in by_year})[-_YEARS:]
    return render(
        request,
        "office_notifications/abuse.html",
        {
            "years": years,
            "few": settings.PUBLICATION_THRESHOLD,
            "leads": leads,
            "tables": [
                {
                    "title": title,
                    "rows": [
                        (str(one), [_shown(counted[certainty, key].get(year, 0), leads) for year in years])
                        for key, one in content().section("abuse").items()
                        if (certainty, key) in counted
                    ],
                }
                for certainty, title in (
                    (Certainty.CONFIRMED, _("Confirmed")),
                    (Certainty.SUSPECTED, _("Suspected")),
                )
            ],
        },
    )


def _shown(number: int, leads: bool) -> str:
    few = settings.PUBLICATION_THRESHOLD
    return str(number) if leads or number == 0 or number >= few else f"< {few}"
