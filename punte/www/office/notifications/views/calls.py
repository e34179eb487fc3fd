"""The log of the hot lines: each call counted without a name, and what they come to in a month."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.notifications.actions import log_call
from punte.notifications.content import content
from punte.notifications.models import HotlineCall
from punte.www.frame.access import SignedIn
from punte.www.frame.asked import number_in
from punte.www.frame.form_page import FormPage
from punte.www.office.notifications.forms.calls import CallForm
from punte.www.office.notifications.views.office import in_office, keepers_of

_MONTHS = 12


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def hotline(request: SignedIn) -> HttpResponse:
    """Count a call; below, those of the month, by line, kind and outcome."""
    keepers = keepers_of(request.user)
    form = FormPage(request, CallForm, organizations=keepers)
    if form.attempt(
        lambda given: log_call(
            by=request.user, keeper=given["organization"], **{name: given[name] for name in _ASKED}
        )
    ):
        return form.done(_("The call was counted."), "hotline")
    month, after = _month(request)
    rows = HotlineCall.objects.filter(keeper__in=keepers.values("pk"), at__gte=month, at__lt=after)
    return form.show("office_notifications/calls.html", month=month, months=_months(), **_counted(rows))


_ASKED = ("line", "kind", "minutes", "outcome", "at")


def _counted(rows: QuerySet[HotlineCall]) -> dict[str, Any]:
    found = list(rows.order_by().values_list("line", "kind", "outcome", "minutes"))
    lines, kinds, outcomes = ([row[at] for row in found] for at in range(3))
    return {
        "total": len(found),
        "minutes": sum(minutes for *_words, minutes in found),
        "tables": [
            _table(_("Line"), "lines", lines),
            _table(_("What about"), "call_kinds", kinds),
            _table(_("What came of it"), "call_outcomes", outcomes),
        ],
    }


def _table(title: str, section: str, keys: Iterable[object]) -> dict[str, Any]:
    words = content()
    counted = Counter(str(key) for key in keys).most_common()
    return {"title": title, "rows": [(words.said(section, key), number) for key, number in counted]}


def _month(request: SignedIn) -> tuple[dt.datetime, dt.datetime]:
    """The month asked for, counted back from this one, as the two moments that it lies between."""
    back = min(number_in(request.GET.get("inapoi")), _MONTHS)
    first = _first(back)
    following = _first(back - 1)
    return first, following


def _first(back: int) -> dt.datetime:
    today = timezone.localdate()
    years, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return timezone.make_aware(dt.datetime(years, month + 1, 1))


def _months() -> list[tuple[int, dt.datetime]]:
    return [(back, _first(back)) for back in range(_MONTHS + 1)]
