"""What was said and decided at a meeting, and its minutes as a paper."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.documents.actions.minutes import issue_minutes
from punte.documents.meeting_minutes import draft_of, named_on_paper, paper_of
from punte.gatherings.actions import decide, put_in_plan, write_minutes
from punte.gatherings.actions.planning import objectives_of
from punte.gatherings.enums import InvitationState
from punte.gatherings.models import Decision, IssuedMinutes
from punte.www.frame.access import SignedIn
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.meetings.forms.meeting import DecisionForm, IntoPlanForm, MinutesForm
from punte.www.office.meetings.views.meeting_page import MeetingPage, who
from punte.www.office.meetings.views.task_list import WHO


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_minutes(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write what was said, and who was there."""
    page = MeetingPage.open(request, pk, to_lead=True)
    row = page.meeting
    form = FormPage(
        request,
        MinutesForm,
        draft=f"minutes-{pk}",
        invited=_invited(page),
        initial={
            "revision": row.revision,
            "minutes": row.minutes,
            "counted": row.counted,
            "next_on": row.next_on,
        },
    )

    def act(given: dict[str, Any]) -> Any:
        said = {name: given[name] for name in ("revision", "minutes", "counted", "next_on")}
        return write_minutes(by=request.user, meeting=row, present=form.form.present(), **said)

    if form.attempt(act):
        return form.done(
            _("The minutes are written. They can be changed until they are issued."), "meeting", pk
        )
    page.read("meeting_form")
    return form.ask(_("The minutes"), intro=page.line, **page.back())


def _invited(page: MeetingPage) -> list[tuple[Any, str, str]]:
    left_out = (InvitationState.WITHDRAWN, InvitationState.NOT_ASKED)
    there = {
        (one.user_id, one.person_id, one.contact_id, one.organization_id, one.name): one.state
        for one in page.meeting.presences.all()
    }
    rows = page.meeting.invitations.exclude(state__in=left_out).select_related(*WHO)
    return [
        (
            one,
            who(one),
            there.get((one.user_id, one.person_id, one.contact_id, one.organization_id, one.name), ""),
        )
        for one in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write down what was decided."""
    page = MeetingPage.open(request, pk, to_lead=True)
    form = FormPage(request, DecisionForm, draft=f"decision-{pk}")
    if form.attempt(lambda given: decide(by=request.user, meeting=page.meeting, **given)):
        return form.done(
            _("The decision is written. Give it to somebody, or put it into the plan."), "meeting", pk
        )
    page.read("meeting_form")
    return form.ask(_("A decision"), intro=page.line, **page.back())


@require_http_methods(["GET", "HEAD", "POST"])
def decision_plan(request: SignedIn, pk: UUID) -> HttpResponse:
    """Make a decision a step of the plan, with who does it and until when."""
    row = get_object_or_404(Decision.objects.select_related("meeting"), pk=pk)
    page = MeetingPage.open(request, row.meeting_id)
    case = page.meeting.case
    if case is None:
        raise Http404
    if not request.user.standing.may(Capability.WRITE_PLAN, case.keeper_id):
        raise PermissionDenied
    row.meeting = page.meeting
    parts = frozenset({page.meeting.compartment})
    form = FormPage(
        request,
        IntoPlanForm,
        draft=f"into-plan-{pk}",
        objectives=objectives_of(case.pk, parts),
        workers=page.colleagues,
        initial={"words": row.words[:300]},
    )
    if form.attempt(lambda _given: put_in_plan(by=request.user, decision=row, **form.form.said())):
        said = _("It is a step of the draft of the plan. Go through it with the family.")
        return form.done(said, "case_plan", case.pk)
    page.read("meeting_form", subject=row.pk)
    return form.ask(
        _("Into the plan"),
        button=_("Make it a step"),
        intro=_("The meeting is the reason of the new version. It is in force once the family agrees."),
        **page.back(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_issue(request: SignedIn, pk: UUID) -> HttpResponse:
    """Look at the minutes as a paper, then issue them: they get their number and never change."""
    page = MeetingPage.open(request, pk, to_lead=True)
    row = page.meeting
    if IssuedMinutes.objects.filter(meeting=row).exists():
        return Press(request).done("", "meeting", pk)
    press = Press(request)
    if "preview" in request.POST:
        if press.attempt(lambda: draft_of(request.user, row)):
            page.read("minutes_draft")
            return file_response(press.made, "application/pdf", "ciorna-proces-verbal.pdf", inline=True)
    elif request.method == "POST" and press.attempt(lambda: issue_minutes(by=request.user, meeting=row)):
        said = _("The minutes were issued with number %(number)s.") % {"number": press.made.number}
        return press.done(said, "meeting", pk)
    page.read("minutes_draft")
    return page.show(
        "minutes_issue",
        press=press,
        named=named_on_paper(row),
        decisions=row.decisions.all(),
        back=reverse("meeting", args=[pk]),
    )


@require_safe
def minutes_file(request: SignedIn, pk: UUID) -> HttpResponse:
    """The minutes as they were issued, as PDF."""
    page = MeetingPage.open(request, pk)
    paper = get_object_or_404(IssuedMinutes.objects.select_related("organization"), meeting=page.meeting)
    if not paper.content:
        raise Http404
    page.read("minutes_pdf")
    name = f"proces-verbal-{paper.year}-{paper.number:04d}.pdf"
    return file_response(paper_of(paper), "application/pdf", name)
