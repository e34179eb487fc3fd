"""The meetings that an account reads: of its cases, of bodies and others."""

from collections.abc import Hashable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.gatherings.content import reason_in_words
from punte.gatherings.enums import MeetingState
from punte.gatherings.models import Meeting
from punte.gatherings.queries import is_discreet, readable, silent
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.listing import Column, Listing, View
from punte.www.frame.listing_deeds import list_page


class MeetingFilter(forms.Form):
    """Which meetings to show."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("planned", gettext_lazy("To come")),
            ("unsaid", gettext_lazy("Without minutes")),
            ("held", gettext_lazy("Held")),
            ("all", gettext_lazy("All")),
        ],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Of what"),
        required=False,
        choices=[
            ("", gettext_lazy("Any")),
            ("case", gettext_lazy("Of a case")),
            ("body", gettext_lazy("Of a body")),
        ],
    )


class MeetingList(Listing):
    """The meetings that an account reads, those to come first."""

    name = "meetings"
    title = gettext_lazy("Meetings")
    template = "office_meetings/meetings.html"
    row_template = "office_meetings/meeting_row.html"
    form_class = MeetingFilter
    usual_sort = "day"
    searched = ""
    none_yet = gettext_lazy("No meeting is to come. A conference is called from the page of its case.")
    columns = (
        Column("day", gettext_lazy("Day"), lambda one: one.day, ("day", "hour"), style="when"),
        Column("what", gettext_lazy("What it is"), lambda one: one.called),
        Column("about", gettext_lazy("What it is about"), lambda one: one.about, names=True),
        Column("state", gettext_lazy("State"), lambda one: one.get_state_display()),
    )

    @property
    def views(self) -> tuple[View, ...]:  # type: ignore[override]
        """Ways of looking that everybody needs."""
        return (
            View(_("To come"), counted=False),
            View(_("Without minutes"), {"state": "unsaid"}),
            View(_("Held"), {"state": "held"}, counted=False),
        )

    def usual(self) -> Mapping[str, str]:
        return {"state": "planned"}

    def alike(self) -> Hashable:
        return ()

    def all(self) -> QuerySet[Meeting]:
        rows = Meeting.objects.visible_to(self.user).filter(series=None)
        return rows.select_related("case__household", "body", "keeper").defer("minutes", "state_why")

    def narrowed(self, rows: QuerySet[Meeting], asked: Mapping[str, Any]) -> QuerySet[Meeting]:
        today = timezone.localdate()
        if asked.get("kind"):
            rows = rows.filter(**{f"{asked['kind']}__isnull": False})
        match asked.get("state"):
            case "unsaid":
                return rows.filter(state=MeetingState.PLANNED, day__lt=today)
            case "held":
                return rows.filter(state=MeetingState.HELD)
            case "all":
                return rows
        return rows.filter(state=MeetingState.PLANNED, day__gte=today)

    def prepared(self, rows: list[Meeting]) -> list[Meeting]:
        reads = {one.pk for one in readable(self.user, rows)}
        waits = silent(rows)
        for row in rows:
            one: Any = row
            one.waits_for = waits.get(row.pk, 0)
            one.called = _("Case conference") if row.case else str(row.body or _("Meeting"))
            one.about, one.more = _about(row, row.pk in reads)
            one.opens = row.pk in reads
        return rows


def _about(row: Meeting, reads: bool) -> tuple[str, str]:
    if row.case is None:
        return row.subject, str(row.keeper)
    if not reads or is_discreet(row):
        return "", str(row.case)
    return row.case.household.name, f"{row.case} · {reason_in_words(row.reason)}"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.MEET)
def meetings(request: SignedIn) -> HttpResponse:
    """A page of meetings, the soonest first."""
    return list_page(MeetingList(request))
