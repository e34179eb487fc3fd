"""The register of a day centre: a child's day, hand-overs on the way, and the sheet of a month."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.gatherings.actions.daybook import hand_child_over, note_day
from punte.gatherings.enums import MeetingState
from punte.gatherings.models import DayNote
from punte.gatherings.roll import days_known, enrolments_known, presences_known, roll_of, ways_known
from punte.people.models import Person
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.form_page import FormPage
from punte.www.office.groups.forms.attendance import DayNoteForm, HandoverForm
from punte.www.office.groups.views.group_pages import GroupPage, MeetingPage

_SIGNS = {"present": "●", "late": "◐", "left_early": "◑", "excused": "m", "absent": "–"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MEET)
def child_deed(request: SignedIn, pk: UUID, deed: str, person: UUID) -> HttpResponse:
    """A child's day in the centre, or a hand-over on the way."""
    page = MeetingPage.open(request, pk)
    children = {line.person.pk: line.person for line in roll_of(request.user, page.meeting) if line.person}
    if not page.has("register") or person not in children or deed not in ("ziua", "predare"):
        raise Http404
    child = children[person]
    page.read("attendance", person=child.pk)
    return _day(page, child) if deed == "ziua" else _handover(page, child)


def _day(page: MeetingPage, child: Person) -> HttpResponse:
    known = days_known(page.user).filter(meeting=page.meeting, person=child).first()
    form = FormPage(page.request, DayNoteForm, draft=f"day-{page.meeting.pk}-{child.pk}", initial=_now(known))
    said: dict[str, Any] = {"by": page.user, "meeting": page.meeting, "person": child}
    if form.attempt(lambda given: note_day(**said, **given)):
        return form.done(_("The day is noted."), page.url)
    return form.ask(
        _("The child's day"), back=page.url, back_to=_("Attendance"), button=_("Save"), intro=str(child)
    )


def _now(note: DayNote | None) -> dict[str, Any]:
    names = ("arrived", "left", "meals", "spoke_how", "spoke_with", "spoke_of")
    return {name: getattr(note, name) for name in names} if note else {}


def _handover(page: MeetingPage, child: Person) -> HttpResponse:
    form = FormPage(page.request, HandoverForm, draft=f"handover-{page.meeting.pk}-{child.pk}")
    said: dict[str, Any] = {"by": page.user, "meeting": page.meeting, "person": child}
    if form.attempt(lambda given: hand_child_over(**said, **given)):
        return form.done(_("The hand-over is noted."), page.url)
    ways = list(ways_known(page.user).filter(meeting=page.meeting, person=child))
    return form.ask(
        _("Hand-over on the way"),
        back=page.url,
        back_to=_("Attendance"),
        button=_("Note the hand-over"),
        intro=str(child),
        template="office_groups/handover.html",
        ways=ways,
    )


@dataclass(frozen=True)
class Sheet:
    """A child in a month: a sign for each day of the register, how many days, how many meals."""

    name: str
    signs: list[tuple[str, str]]
    days: int
    meals: int


@require_safe
@needs(Can.MEET)
def group_month(request: SignedIn, pk: UUID) -> HttpResponse:
    """The sheet of a month: who was there on which day, and the meals."""
    page = GroupPage.open(request, pk)
    first = _month(request.GET.get("luna", ""))
    after = (first + dt.timedelta(days=32)).replace(day=1)
    meetings = list(
        page.series.meetings.filter(day__gte=first, day__lt=after, state=MeetingState.HELD).in_order()
    )
    page.read("group_month")
    return page.show(
        "month",
        first=first,
        before=(first - dt.timedelta(days=1)).replace(day=1),
        after=after,
        meetings=meetings,
        sheets=_sheets(page, meetings) if page.names_people else [],
    )


def _month(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007
    except ValueError:
        return timezone.localdate().replace(day=1)


def _sheets(page: GroupPage, meetings: list[Any]) -> list[Sheet]:
    keys = [one.pk for one in meetings]
    states = {
        (meeting, person): state
        for meeting, person, state in presences_known(page.user)
        .filter(meeting__in=keys, person__isnull=False)
        .order_by()
        .values_list("meeting", "person", "state")
    }
    ate: dict[UUID, int] = {}
    for note in days_known(page.user).filter(meeting__in=keys):
        ate[note.person_id] = ate.get(note.person_id, 0) + len(note.meals)
    people = {row.person_id: row.person for row in enrolments_known(page.user, page.series)}
    sheets = []
    for key, person in people.items():
        said = [states.get((meeting.pk, key), "") for meeting in meetings]
        if not any(said):
            continue
        there = sum(one in ("present", "late", "left_early") for one in said)
        signs = [(_SIGNS.get(one, ""), one) for one in said]
        sheets.append(Sheet(str(person), signs, there, ate.get(key, 0)))
    return sheets
