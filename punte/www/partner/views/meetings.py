"""The partner's side of a meeting: what they are asked to, in words meant for them, and their tasks."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.accounts.verbs import record_read
from punte.gatherings.actions import answer_invitation, finish_task, refuse_task
from punte.gatherings.enums import InvitationState, MeetingState, TaskState
from punte.gatherings.models import Invitation, Task
from punte.gatherings.saying import said_of
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, show
from punte.www.partner.forms.meetings import AnswerForm, WhyForm

_MOST = 100


@require_safe
@needs(Capability.ANSWER_REFERRALS)
def partner_meetings(request: SignedIn) -> HttpResponse:
    """What one's institutions are asked to come to, and to do."""
    asked = Invitation.objects.of_partner(request.user).exclude(state=InvitationState.WITHDRAWN)
    rows = asked.exclude(meeting__state=MeetingState.MOVED).select_related("meeting__keeper", "meeting__case")
    tasks = Task.objects.of_partner(request.user).select_related("keeper", "organization")
    return render(
        request,
        "partner/meetings.html",
        {
            "rows": rows.order_by("-meeting__day", "-pk")[:_MOST],
            "tasks": tasks.order_by("settled_at", "due_on", "pk")[:_MOST],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ANSWER_REFERRALS)
def partner_invitation(request: SignedIn, pk: UUID) -> HttpResponse:
    """One invitation, in the words of a partner; a POST answers it."""
    rows = Invitation.objects.of_partner(request.user).select_related(
        "meeting__case", "meeting__keeper", "meeting__body", "by"
    )
    row = fetch(rows, pk=pk)
    form = FormPage(request, AnswerForm, initial={"state": row.state, "statement": row.statement})
    if form.attempt(lambda given: answer_invitation(by=request.user, invitation=row, **given)):
        return form.done(_("Your answer reached who called the meeting."), "partner_meetings")
    case = row.meeting.case
    record_read(
        by=request.user,
        what="invitation",
        keeper=row.meeting.keeper_id,
        household=case.household_id if case else None,
        subject=row.pk,
        case=case.pk if case else None,
    )
    return form.ask(
        _("Invitation"),
        template="partner/invitation.html",
        button=_("Send the answer"),
        back=reverse("partner_meetings"),
        back_to=_("Meetings and tasks"),
        row=row,
        said=said_of(row),
        answers=row.meeting.is_planned and row.state != InvitationState.WITHDRAWN,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ANSWER_REFERRALS)
def partner_task(request: SignedIn, pk: UUID) -> HttpResponse:
    """One task; a POST says that it is done, or refuses it."""
    found = fetch(Task.objects.of_partner(request.user).select_related("keeper", "by", "settled_by"), pk=pk)
    act = request.POST.get("act", "")
    if request.method == "POST" and act not in ("done", "refuse"):
        raise Http404
    verb = finish_task if act == "done" else refuse_task
    forms: dict[str, Any] = {
        name: FormPage(request, WhyForm, sent=act == name, auto_id=f"{name}_%s")
        for name in ("done", "refuse")
    }
    if act and forms[act].attempt(lambda given: verb(by=request.user, task=found, **given)):
        return forms[act].done(_("It is noted; who gave the task sees it."), "partner_meetings")
    record_read(by=request.user, what="task", keeper=found.keeper_id, subject=found.pk, case=found.case_id)
    return show(
        request,
        "partner/task.html",
        task=found,
        act=act,
        open=found.state == TaskState.OPEN,
        own_words=_own_words(found),
        done_form=forms["done"],
        refuse_form=forms["refuse"],
    )


def _own_words(task: Task) -> str:
    """Why a task was done or refused, as the partner wrote it; what the office writes tells of the family."""
    by = task.settled_by
    is_own = by is not None and by.appointments.filter(organization=task.organization_id).exists()
    return task.why if is_own else ""
