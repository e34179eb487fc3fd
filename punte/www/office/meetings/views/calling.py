"""A conference or a session is called, moved or called off; the meetings of a case."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability, Compartment
from punte.cases.content import deed
from punte.cases.enums import PlanStatus, Progress
from punte.cases.models import CaseDeadline, Objective
from punte.gatherings.actions import Invitee, call_conference, call_session, cancel_meeting, move_meeting
from punte.gatherings.content import reason_in_words
from punte.gatherings.models import Body, Task
from punte.gatherings.queries import (
    children_to_ask,
    colleagues_for,
    known_at,
    meetings_of_case,
    partners_near,
    readable_tasks,
    silent,
    taken_hours,
)
from punte.kernel.days import is_meant
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.case_page import CasePage
from punte.www.frame.form_page import FormPage
from punte.www.office.meetings.forms.calling import ConferenceForm, MoveForm, SessionForm, WhyForm
from punte.www.office.meetings.views.meeting_page import MeetingPage, family_of
from punte.www.office.meetings.views.task_list import WHO, shown_tasks

_MOST_PROPOSED = 12
_ASKED = ("colleagues", "partners", "known", "must", "brings", "family", "agenda")


class CaseMeetingsPage(CasePage):
    """A case, open at its meetings."""

    folder = "office_meetings"


@dataclass(frozen=True)
class Free:
    """When a colleague is taken on a day, in hours alone; empty: free, as far as is known."""

    name: str
    hours: str


@require_safe
def case_meetings(request: SignedIn, pk: UUID) -> HttpResponse:
    """The conferences of a case, and its tasks."""
    page = CaseMeetingsPage.open(request, pk)
    rows: list[Any] = meetings_of_case(request.user, page.case)
    waits = silent(rows)
    for row in rows:
        row.called, row.waits_for = reason_in_words(row.reason), waits.get(row.pk, 0)
    tasks = Task.objects.filter(case=page.case).select_related(*WHO, "case__household")
    return page.show(
        "case_meetings",
        "case_meetings",
        rows=rows,
        tasks=shown_tasks(request.user, readable_tasks(request.user, list(tasks.order_by("due_on", "pk")))),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def conference_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Call a conference of a case: why, when, who; its agenda is proposed from the terms, the findings and the plan."""
    page = CasePage.open(request, pk, to=Capability.MEET)
    case, user = page.case, request.user
    colleagues = colleagues_for(user, case)
    day = _day_asked(request)
    proposed = [] if request.method == "POST" else _proposed(page)
    form = FormPage(
        request,
        ConferenceForm,
        draft=f"conference-{pk}",
        writes_in=page.writes_in,
        colleagues=colleagues,
        partners=partners_near(case.keeper),
        known=known_at(case.keeper),
        family=family_of(user, case),
        children=children_to_ask(user, case),
        sealed=case.sealed,
        initial={"agenda": "\n".join(words for _source, words in proposed), "day": day},
    )

    def call(given: dict[str, Any]) -> Any:
        known = {words: source for source, words in _proposed(page)}
        agenda = [(known.get(line.strip(), ""), line) for line in given["agenda"].splitlines()]
        invitees = [Invitee(**one) for one in form.form.invited()]
        said = {name: value for name, value in given.items() if name not in _ASKED}
        return call_conference(by=user, case=case, invite=invitees, agenda=agenda, **said)

    if form.attempt(call):
        return form.done(_("The conference is called. The invitations are ready."), "meeting", form.made.pk)
    page.read("conference_form")
    hours = taken_hours(user, [user, *colleagues], day) if day else []
    free = [
        Free(one.name, ", ".join(f"{row.start:%H:%M}–{row.end:%H:%M}" for row in hours if row.user == one.pk))
        for one in (user, *colleagues)
    ]
    return form.ask(
        _("Call a conference"),
        template="office_meetings/conference_form.html",
        button=_("Call the conference"),
        back=reverse("case", args=[pk]),
        back_to=_("Case %(number)s") % {"number": case},
        sensitive=page.is_of_sealed_facet,
        free=free if day else [],
        day=day,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Call a session of a body; all who sit in it are asked."""
    body = fetch(Body.objects.visible_to(request.user).select_related("keeper"), pk=pk)
    if not request.user.standing.may(Capability.MEET, body.keeper_id):
        raise PermissionDenied
    form = FormPage(request, SessionForm, draft=f"session-{pk}")

    def call(given: dict[str, Any]) -> Any:
        lines = [("", line) for line in given.pop("agenda").splitlines()]
        return call_session(by=request.user, body=body, agenda=lines, **given)

    if form.attempt(call):
        return form.done(_("The session is called. The invitations are ready."), "meeting", form.made.pk)
    return form.ask(
        _("Call a session"),
        button=_("Call the session"),
        back=reverse("body", args=[pk]),
        back_to=str(body),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_move(request: SignedIn, pk: UUID) -> HttpResponse:
    """Another day or hour; all who were asked are asked anew."""
    page = MeetingPage.open(request, pk, to_lead=True)
    row = page.meeting
    form = FormPage(
        request,
        MoveForm,
        draft=f"meeting-move-{pk}",
        initial={"day": row.day, "hour": row.hour, "length": row.length},
    )
    if form.attempt(lambda given: move_meeting(by=request.user, meeting=row, **given)):
        return form.done(_("The meeting is moved; everybody is asked anew."), "meeting", form.made.pk)
    page.read("meeting_form")
    return form.ask(_("Move the meeting"), button=_("Move the meeting"), intro=page.line, **page.back())


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: SignedIn, pk: UUID) -> HttpResponse:
    """Call a meeting off, and say why."""
    page = MeetingPage.open(request, pk, to_lead=True)
    form = FormPage(request, WhyForm, draft=f"meeting-cancel-{pk}")
    if form.attempt(lambda given: cancel_meeting(by=request.user, meeting=page.meeting, **given)):
        return form.done(_("The meeting is called off."), "meeting", pk)
    page.read("meeting_form")
    return form.ask(_("Call the meeting off"), button=_("Call it off"), intro=page.line, **page.back())


def _day_asked(request: SignedIn) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(request.POST.get("day") or request.GET.get("zi", ""))
    except ValueError:
        return None
    return day if is_meant(day) else None


def _proposed(page: CasePage) -> list[tuple[str, str]]:
    """What the clock, the findings and the plan bring to the agenda, of the general part alone: others hear it."""
    terms = CaseDeadline.objects.filter(case=page.case, met_on=None).order_by("due_on", "pk")
    items = [("term", deed(one.rule, one.since)) for one in terms]
    findings = page.findings()
    shown = findings.shown if findings else []
    items += [("finding", str(one.name)) for one in shown if one.compartment == Compartment.GENERAL]
    aims = Objective.objects.filter(
        plan__case=page.case, plan__status=PlanStatus.ADOPTED, compartment=Compartment.GENERAL, later=False
    ).exclude(progress=Progress.ACHIEVED)
    items += [("plan", one.text) for one in aims.order_by("position", "pk")]
    once = {words: source for source, words in reversed(items)}
    return [(source, words) for source, words in items if once.pop(words, None) is not None][:_MOST_PROPOSED]
