"""What returns bring to a day: sheets in which something does not fit, and sheets that wait to be received."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import DayLine, Guest, Waiting, Work, cut, who_may
from punte.accounts.models import User
from punte.returns.enums import SheetState
from punte.returns.grids import spoken
from punte.returns.models import Sheet
from punte.returns.queries import SENT
from punte.returns.reading import sheet_forms
from punte.www.frame.addresses import reverse

_SHOWN = 5


def sheets(user: User, today: dt.date) -> Waiting:
    """Drafts of the account's institutions with something to put right, and what was sent to its directorate."""
    planning, forms = user.standing.organizations(Can.PLAN), sheet_forms()
    rows = Sheet.objects.filter(form__in=forms).select_related("organization")
    rows = rows.defer("counted", "values", "before_values")
    drafts = rows.filter(organization__in=planning, state=SheetState.DRAFT).exclude(faults={})
    lines = [
        DayLine(
            _("Something does not fit in a quarterly sheet"),
            reverse("sheet", args=[one.pk]),
            whose=f"{spoken(forms[one.form].title)} {one.period}",
            why=f"{spoken(forms[one.form].title)}, {one.period} · {one.organization}",
            when=one.due_on,
        )
        for one in drafts
        if one.unanswered
    ]
    late = Q(due_on__lt=today) & ~Q(state__in=SENT)
    to_us = list(rows.filter(late | Q(state=SheetState.SENT), receiver__in=planning))
    lines += [
        DayLine(
            _("A quarterly sheet to receive"),
            reverse("sheet", args=[one.pk]),
            whose=str(one.organization),
            why=f"{one.organization} · {one.period}",
        )
        for one in to_us
        if one.state == SheetState.SENT
    ]
    behind = len({one.organization_id for one in to_us if one.state != SheetState.SENT})
    if behind and user.standing.may(Can.SEE_TOTALS):
        lines.append(_behind(behind))
    return cut(lines, at=_SHOWN, all_at=reverse("sheets"))


def _behind(count: int) -> DayLine:
    """How many institutions of the county are late, on one line that leads to the map."""
    words = ngettext(
        "%(n)s institution of the county is late with a sheet",
        "%(n)s institutions of the county are late with a sheet",
        count,
    )
    return DayLine(words % {"n": count}, f"{reverse('county_board')}?arata=intarzie")


DAY = Guest(
    "returns_on_screen",
    day=(
        Work(
            "quarterly_sheets",
            who_may(Can.PLAN),
            sheets,
            gettext_lazy("quarterly sheets"),
            "sheets",
            gettext_lazy("Quarterly sheets"),
        ),
    ),
)
