"""The county, UAT by UAT: who is late, what is missing, what gets better (R148)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability as Can
from punte.kernel.office_rules import looking
from punte.programmes.models import NeedsRound, Programme
from punte.programmes.queries import by_uat
from punte.returns.models import Sheet
from punte.returns.queries import SENT, county_of, directorates
from punte.territory.models import County, Uat
from punte.www.frame.access import SignedIn, needs
from punte.www.office.needs.views.needs import home_county
from punte.www.office.needs.views.shading import Told, Words, shaded
from punte.www.office.needs.views.sheets import Sheet as Rows
from punte.www.office.needs.views.sheets import as_file, links, wanted


@dataclass(frozen=True)
class Followed:
    """What one UAT owes the county.

    Attributes:
        href: where what it reports is read.
        works_here: whether a sheet of an institution of it is made here; the others send paper.
        late: its sheets that are late; `days` the longest of them.
        missing: the reports of actions that are due.
        silent: whether it has not answered this year's round of needs; None where there is none.
        before: how many sheets and reports it owed a quarter of a year ago.
    """

    uat: Uat
    href: str
    works_here: bool
    late: int
    days: int
    missing: int
    silent: bool | None
    before: int

    @property
    def owes(self) -> int:
        """How many sheets and reports it owes."""
        return self.late + self.missing

    @property
    def settled(self) -> int:
        """How many fewer it owes than a quarter of a year ago; below zero it owes more."""
        return self.before - self.owes


@require_safe
@needs(Can.SEE_TOTALS)
def county_board(request: SignedIn) -> HttpResponse:
    """Each UAT of the county with what it owes; `?arata=` says what the colour shows."""
    county, today = home_county(request), timezone.localdate()
    asked = county.pk if county_of(request.user) == county.pk else None
    round_ = NeedsRound.objects.filter(county=asked).first()
    rows = _followed(request, county, today, round_)
    views = _views()
    chosen = request.GET.get("arata", "")
    chosen = chosen if chosen in views else "lipsesc"
    words, told = views[chosen]
    if wanted(request):
        return as_file(request, f"judet-{county.pk.lower()}", {_("UATs"): _table(rows)})
    context = {
        "county": county,
        "rows": sorted(rows, key=lambda one: (-one.owes, -one.days, one.uat.name)),
        "shading": shaded(county, [told(one) for one in rows], words),
        "choices": [(key, view[0].title, key == chosen) for key, view in views.items()],
        "supply": chosen == "mai-bine",
        "round": round_,
        "receives": bool(directorates(request.user)),
        "links": links(request),
        "sums": {
            "clear": sum(not one.owes for one in rows),
            "late": sum(one.late for one in rows),
            "missing": sum(one.missing for one in rows),
            "better": sum(one.settled > 0 for one in rows),
            "silent": sum(bool(one.silent) for one in rows),
        },
    }
    return render(request, "office_needs/county_board.html", context)


def _followed(request: SignedIn, county: County, today: dt.date, round_: NeedsRound | None) -> list[Followed]:
    then = today - looking("owed")
    asking = [
        one
        for one in Programme.objects.visible_to(request.user).filter(county=county)
        if any(node.of_uats for node in one.tree.work)
    ]
    missing, before = _reports_due(asking, today), _reports_due(asking, then, written_by=then)
    sheets: dict[int, list[Sheet]] = defaultdict(list)
    received = Sheet.objects.filter(receiver__in=directorates(request.user)).select_related("organization")
    for sheet in received.only("due_on", "state", "sent_at", "organization__uat"):
        if siruta := sheet.organization.uat_id:
            sheets[siruta].append(sheet)
    answered = set(round_.needs.values_list("uat", flat=True)) if round_ else set()
    found = []
    for uat in Uat.objects.filter(county=county).order_by("name"):
        late = [days for one in sheets[uat.pk] if (days := _days_late(one, today))]
        found.append(
            Followed(
                uat,
                f"{reverse('programme_county', args=[asking[0].pk])}?uat={uat.pk}" if asking else "",
                bool(sheets[uat.pk]),
                len(late),
                max(late, default=0),
                missing[uat.pk],
                uat.pk not in answered if round_ else None,
                before[uat.pk] + sum(bool(_days_late(one, then)) for one in sheets[uat.pk]),
            )
        )
    return found


def _reports_due(
    asking: Sequence[Programme], day: dt.date, *, written_by: dt.date | None = None
) -> Counter[int]:
    """By UAT how many reports of actions were due on a day; two queries for each programme."""
    found: Counter[int] = Counter()
    for programme in asking:
        for line in by_uat(programme, day, written_by=written_by):
            found[line.uat.pk] += len(line.missing)
    return found


def _days_late(sheet: Sheet, day: dt.date) -> int:
    """By how many days a sheet was late on a day; 0 where it was sent by then, or not due."""
    sent = timezone.localdate(sheet.sent_at) if sheet.sent_at and sheet.state in SENT else None
    if sheet.due_on is None or (sent is not None and sent <= day):
        return 0
    return max(0, (day - sheet.due_on).days)


def _views() -> Mapping[str, tuple[Words, Callable[[Followed], Told]]]:
    """What the colour may show, by its word in the address."""

    def missing(one: Followed) -> Told:
        return Told(one.uat, one.owes, str(one.owes), one.href)

    def late(one: Followed) -> Told:
        known = one.works_here
        return Told(one.uat, one.days if known else None, str(one.days) if known else _("on paper"), one.href)

    def better(one: Followed) -> Told:
        return Told(one.uat, max(0, one.settled), str(max(0, one.settled)), one.href)

    return {
        "lipsesc": (Words(_("What is missing"), _("sheets and reports owed"), _("nothing")), missing),
        "intarzie": (Words(_("What is late"), _("days, the sheet that is latest"), _("on time")), late),
        "mai-bine": (
            Words(_("What gets better"), _("settled in three months"), _("nothing settled")),
            better,
        ),
    }


def _table(rows: Sequence[Followed]) -> Rows:
    head: list[object] = [
        _("SIRUTA"),
        pgettext("needs", "UAT"),
        _("Sheets late"),
        _("Days late"),
        _("Reports missing"),
        _("Three months ago"),
        _("Round of needs"),
    ]
    return [
        head,
        *(
            [
                one.uat.pk, one.uat.name, one.late if one.works_here else None, one.days if one.works_here else None,
                one.missing, one.before, "" if one.silent is None else _("silent") if one.silent else _("answered"),
            ]
            for one in rows
        ),
    ]  # fmt: skip
