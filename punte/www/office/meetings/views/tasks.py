"""A task: given, done, put off, refused, given up or given to somebody else."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability
from punte.accounts.verbs import record_read
from punte.gatherings.actions import drop_task, finish_task, give_task, hand_task, move_task, refuse_task
from punte.gatherings.actions.tasks import may_keep_task, may_settle_task
from punte.gatherings.enums import TaskState
from punte.gatherings.models import Decision, Meeting, Task
from punte.gatherings.queries import colleagues_for, known_at, partners_near, readable_tasks
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.asked import identifier_in
from punte.www.frame.form_page import FormPage, show
from punte.www.office.meetings.forms.meeting import HandForm, PutOffForm, SettleForm, TaskForm
from punte.www.office.meetings.views.meeting_page import MeetingPage, colleagues_at, who
from punte.www.office.meetings.views.task_list import WHO


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.MEET)
def task_new(request: SignedIn) -> HttpResponse:
    """A task of no meeting and no case, in one's own institution."""
    keepers = request.user.standing.organizations(Capability.MEET)
    keeper = Organization.objects.filter(pk__in=keepers).order_by("name", "pk").first()
    if keeper is None:
        raise PermissionDenied
    form = FormPage(
        request,
        TaskForm,
        draft="task",
        colleagues=colleagues_at(keeper.pk),
        partners=partners_near(keeper),
        known=known_at(keeper, accounts=False),
    )
    if form.attempt(lambda _given: give_task(by=request.user, keeper=keeper, **form.form.said())):
        return form.done(_("The task is given."), "tasks")
    return form.ask(_("A task"), button=_("Give the task"), back=reverse("tasks"), back_to=_("Tasks"))


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_task(request: SignedIn, pk: UUID) -> HttpResponse:
    """A task of a meeting, of a decision where the address names one."""
    page = MeetingPage.open(request, pk, to_lead=True)
    asked = identifier_in(request.POST.get("h") or request.GET.get("h"))
    decision = Decision.objects.filter(meeting=page.meeting, pk=asked).first() if asked else None
    form = FormPage(
        request,
        TaskForm,
        draft=f"task-{pk}",
        colleagues=page.colleagues,
        partners=page.partners,
        known=page.known,
        initial={"words": decision.words if decision else ""},
    )
    if form.attempt(
        lambda _given: give_task(by=request.user, meeting=page.meeting, decision=decision, **form.form.said())
    ):
        return form.done(_("The task is given."), "meeting", pk)
    page.read("meeting_form")
    return form.ask(_("A task"), button=_("Give the task"), intro=page.line, **page.back())


_ACTS: dict[str, tuple[type[Any], Callable[..., Any]]] = {
    "done": (SettleForm, finish_task),
    "refuse": (SettleForm, refuse_task),
    "drop": (SettleForm, drop_task),
    "move": (PutOffForm, move_task),
    "hand": (HandForm, hand_task),
}


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: SignedIn, pk: UUID) -> HttpResponse:
    """One task; a POST says what becomes of it."""
    rows = Task.objects.visible_to(request.user).select_related(
        *WHO, "case__household", "case__keeper", "keeper", "meeting", "settled_by", "by"
    )
    found = fetch(rows, pk=pk)
    if not readable_tasks(request.user, [found]):
        raise Http404
    settles, keeps = may_settle_task(request.user, found), may_keep_task(request.user, found)
    act = request.POST.get("act", "")
    forms = {
        name: FormPage(request, form, sent=name == act, **_options(name, found, request))
        for name, (form, _f) in _ACTS.items()
    }
    if request.method == "POST":
        if act not in _ACTS:
            raise Http404
        if not (keeps if act in ("drop", "hand") else settles):
            raise PermissionDenied
        tried = forms[act]
        if tried.attempt(lambda given: _act(request, found, act, given)):
            return tried.done(_("It is noted."), "tasks")
    case = found.case
    record_read(
        by=request.user,
        what="task",
        keeper=found.keeper_id,
        household=case.household_id if case else None,
        subject=found.pk,
        case=case.pk if case else None,
        sealed=bool(case and case.sealed),
    )
    sees = case is not None and type(case).objects.visible_to(request.user).filter(pk=case.pk).exists()
    reads = found.meeting_id and Meeting.objects.visible_to(request.user).filter(pk=found.meeting_id).exists()
    return show(
        request,
        "office_meetings/task.html",
        task=found,
        whose=who(found),
        sees_case=sees,
        sees_meeting=bool(reads),
        settles=settles and found.state == TaskState.OPEN,
        keeps=keeps and found.state == TaskState.OPEN,
        act=act,
        sensitive=found.compartment in SEALED_COMPARTMENTS,
        done_form=forms["done"],
        refuse_form=forms["refuse"],
        drop_form=forms["drop"],
        move_form=forms["move"],
        hand_form=forms["hand"],
    )


def _act(request: SignedIn, found: Task, act: str, given: dict[str, Any]) -> Any:
    verb = _ACTS[act][1]
    said = {"to": given["user"]} if act == "hand" else given
    return verb(by=request.user, task=found, **said)


def _options(name: str, found: Task, request: SignedIn) -> dict[str, Any]:
    options: dict[str, Any] = {"auto_id": f"{name}_%s"}
    if name == "hand":
        case = found.case
        options["colleagues"] = colleagues_for(request.user, case) if case else colleagues_at(found.keeper_id)
    if name == "move":
        options["initial"] = {"due_on": found.due_on}
    return options
