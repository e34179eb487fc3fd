"""What of quarterly sheets is drawn on first pages: what was sent to the directorate, in time or not."""

import datetime as dt
from collections import Counter, defaultdict

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import who_may
from punte.accounts.models import User
from punte.accounts.pictures import Drawn, Picture, Place
from punte.returns.models import Sheet
from punte.returns.queries import SENT
from punte.returns.reading import sheet_forms
from punte.www.frame.addresses import reverse
from punte.www.frame.pictures import of_kinds

_QUARTERS = 4


def sheets(user: User, today: dt.date) -> Drawn:
    """Sheets of the last quarters that are to be sent, by the account's institutions or to its directorate."""
    planning = user.standing.organizations(Can.PLAN)
    rows = Sheet.objects.filter(
        Q(organization__in=planning) | Q(receiver__in=planning),
        form__in=sheet_forms(),
        due_on__isnull=False,
        start__lte=today,
    ).order_by()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for period, state, due, sent in rows.values_list("period", "state", "due_on", "sent_at"):
        if due is not None:
            on = timezone.localdate(sent) if sent and state in SENT else None
            found[period][_stands(on, due, today)] += 1
    return of_kinds(
        [
            (Place(_quarter(one), f"{reverse('sheets')}?trimestru={one}"), found[one])
            for one in sorted(found)[-_QUARTERS:]
        ],
        [
            ("in_time", _("sent in time"), "done"),
            ("late", _("sent late"), "second"),
            ("missing", _("late, not sent"), "late"),
            ("waits", _("not due yet"), "open"),
        ],
        url=reverse("county_board") + "?arata=intarzie" if user.standing.may(Can.SEE_TOTALS) else "",
        leads=_("On the map of the county"),
    )


def _stands(sent: dt.date | None, due: dt.date, today: dt.date) -> str:
    if sent is not None:
        return "in_time" if sent <= due else "late"
    return "missing" if due < today else "waits"


def _quarter(period: str) -> str:
    """`2026-T3` as it is said."""
    year, _dash, number = period.partition("-")
    return f"{number} {year}"


PICTURES = (Picture("sheets", gettext_lazy("Quarterly sheets, by quarter"), who_may(Can.PLAN), sheets),)
