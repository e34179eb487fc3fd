"""A meeting: who is asked and comes, what it speaks of, what was said and decided, who does what."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.cases.models import Case
from punte.gatherings.actions import bring_case, write_agenda
from punte.gatherings.models import IssuedMinutes
from punte.gatherings.queries import readable_tasks, shown_agenda, silent
from punte.www.frame.access import SignedIn
from punte.www.frame.form_page import FormPage
from punte.www.office.meetings.forms.meeting import AgendaForm, BringCaseForm
from punte.www.office.meetings.views.meeting_page import MeetingPage, who
from punte.www.office.meetings.views.task_list import WHO, shown_tasks

_MOST_CASES = 200


@require_safe
def meeting(request: SignedIn, pk: UUID) -> HttpResponse:
    """One meeting, whole."""
    page = MeetingPage.open(request, pk)
    row = page.meeting
    invitations: list[Any] = list(row.invitations.select_related(*WHO))
    there = {_key(one): one for one in row.presences.select_related(*WHO)}
    for one in invitations:
        one.called = who(one)
        one.presence = there.get(_key(one))
    tasks = readable_tasks(
        request.user, list(row.tasks.select_related(*WHO, "case__household").order_by("due_on", "pk"))
    )
    paper = IssuedMinutes.objects.filter(meeting=row).first()
    return page.show(
        "meeting",
        "meeting",
        agenda=shown_agenda(request.user, row),
        invitations=invitations,
        waits_for=silent([row]).get(row.pk, 0),
        decisions=row.decisions.select_related("step__objective__plan"),
        tasks=shown_tasks(request.user, tasks),
        paper=paper,
        came_from=getattr(row, "moved_from", None),
        today=timezone.localdate(),
        plans=page.is_conference and bool(row.case and row.case.open) and _plans(page),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_agenda(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write what the meeting speaks of."""
    page = MeetingPage.open(request, pk, to_lead=True)
    own = page.meeting.agenda.filter(case=None)
    form = FormPage(
        request, AgendaForm, draft=f"agenda-{pk}", initial={"items": "\n".join(one.words for one in own)}
    )
    if form.attempt(
        lambda given: write_agenda(by=request.user, meeting=page.meeting, items=given["items"].splitlines())
    ):
        return form.done(_("The agenda is written."), "meeting", pk)
    page.read("meeting_form")
    return form.ask(_("Agenda"), intro=page.line, **page.back())


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_case(request: SignedIn, pk: UUID) -> HttpResponse:
    """Bring a case before a body, without a name."""
    page = MeetingPage.open(request, pk, to_lead=True)
    seen = Case.objects.visible_to(request.user).filter(open=True, sealed=False).select_related("household")
    form = FormPage(
        request,
        BringCaseForm,
        draft=f"bring-{pk}",
        cases=list(seen.order_by("household__folded_name", "pk")[:_MOST_CASES]),
    )
    if form.attempt(lambda given: bring_case(by=request.user, meeting=page.meeting, **given)):
        return form.done(_("The case is on the agenda, without a name."), "meeting", pk)
    page.read("meeting_form")
    return form.ask(_("Bring a case"), intro=page.line, **page.back())


def _plans(page: MeetingPage) -> bool:
    return page.meeting.case is not None and page.user.standing.may(
        Capability.WRITE_PLAN, page.meeting.case.keeper_id
    )


def _key(row: Any) -> tuple[Any, ...]:
    return row.user_id, row.person_id, row.contact_id, row.organization_id, row.name
