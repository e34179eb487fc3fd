"""The plan of a case: the one in force, the one being written, and those before."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.actions import (
    bring_up,
    complete_step,
    discard_plan,
    draft_plan,
    offer_steps,
    reopen_step,
    report_progress,
)
from punte.cases.enums import PlanStatus, Progress
from punte.cases.models import Objective, Plan, PlannedService
from punte.cases.permission import may_write
from punte.cases.professions import profession
from punte.kernel.errors import DomainError
from punte.www.frame.access import SignedIn
from punte.www.frame.asked import identifier_in
from punte.www.frame.case_page import CasePage, sensitive
from punte.www.frame.form_page import Press
from punte.www.office.cases.views.approval_words import waiting_about
from punte.www.office.cases.views.plan_words import PlanWords, Said, offers_of

_FEW = 7
"""A plan of so few priorities is shown open; of a longer one only those under way are."""


@require_safe
def case_plan(request: SignedIn, pk: UUID) -> HttpResponse:
    """The plan in force and the draft, with what can be done next."""
    return plan_page(CasePage.open(request, pk))


@require_safe
def case_plan_version(request: SignedIn, pk: UUID, version: int) -> HttpResponse:
    """One version of the plan, as it was."""
    page = CasePage.open(request, pk)
    plan = plan_with_rows(page, version=version)
    if plan is None:
        raise Http404
    return page.show("plan_version", "case_plan", plan=plan, sensitive=sensitive(plan.shown), print=True)


@require_POST
def case_plan_draft(request: SignedIn, pk: UUID) -> HttpResponse:
    """Draft the plan, or its next version, from what was found."""
    page = CasePage.open(request, pk, to=Capability.WRITE_PLAN)
    findings = page.findings()
    press = Press(request)
    if press.attempt(
        lambda: draft_plan(
            by=request.user,
            case=page.case,
            finding_set=findings.finding_set if findings else None,
            reason=request.POST.get("reason", ""),
        )
    ):
        said = _("The plan was drafted. Go through it with the family and change what does not fit.")
        return press.done(said, "case_plan_edit", pk)
    return plan_page(page, refused=press)


@require_POST
def case_plan_discard(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give up the draft."""
    page = CasePage.open(request, pk, to=Capability.WRITE_PLAN)
    plan = draft_to_write(page)
    said = _("The draft was discarded. The plan in force stays as it was.")
    return Press(request).tell(lambda: discard_plan(by=request.user, plan=plan), said, "case_plan", pk)


@require_POST
def case_objective(request: SignedIn, pk: UUID, objective: UUID) -> HttpResponse:
    """How far an objective of the plan in force has come."""
    page = CasePage.open(request, pk, to=Capability.INTERVENE)
    row = _row_of(page, Objective.objects.select_related("plan__case__household"), "plan", objective)
    press = Press(request)
    if press.attempt(lambda: _report(request, row)):
        return press.done(_("The progress was noted."), "case_plan", pk)
    return plan_page(page, refused=press)


def _report(request: SignedIn, objective: Objective) -> None:
    progress = request.POST.get("progress", "")
    if progress not in Progress.values:
        raise DomainError(_("Choose how far the objective has come."))
    report_progress(by=request.user, objective=objective, progress=Progress(progress))


@require_POST
def case_step(request: SignedIn, pk: UUID, step: UUID) -> HttpResponse:
    """Mark a step as done today, or as not done after all."""
    page = CasePage.open(request, pk, to=Capability.INTERVENE)
    steps = PlannedService.objects.select_related("objective__plan__case__household")
    row = _row_of(page, steps, "objective__plan", step)
    onward = "case" if request.POST.get("back") == "case" else "case_plan"
    press = Press(request)
    if request.POST.get("act") == "reopen":
        if press.attempt(lambda: reopen_step(by=request.user, step=row)):
            return press.done(_("The step is open again."), onward, pk)
    elif press.attempt(lambda: complete_step(by=request.user, step=row, done_on=timezone.localdate())):
        return press.done(_("The step is done."), onward, pk)
    return plan_page(page, refused=press)


@require_POST
def case_plan_bring_up(request: SignedIn, pk: UUID, objective: UUID) -> HttpResponse:
    """Bring an objective that waits among the priorities."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    row = _row_of(page, Objective.objects.select_related("plan__case__household"), "plan", objective)
    press = Press(request)
    if press.attempt(lambda: bring_up(by=request.user, objective=row)):
        return press.done(_("It is among the priorities now, with terms from today."), "case_plan", pk)
    return plan_page(page, refused=press)


@require_POST
def case_plan_offer(request: SignedIn, pk: UUID) -> HttpResponse:
    """Offer what a profession does in the plan to a colleague who has it."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    asked, whom = (identifier_in(request.POST.get(name)) for name in ("plan", "to"))
    if asked is None or whom is None:
        raise Http404
    in_use = Plan.objects.filter(case=page.case).exclude(status=PlanStatus.SUPERSEDED)
    plan = in_use.filter(pk=asked).select_related("case__household").first()
    colleague = User.objects.filter(pk=whom).first()
    if plan is None or colleague is None:
        raise Http404
    press = Press(request)
    role = request.POST.get("role", "")
    if press.attempt(lambda: offer_steps(by=request.user, plan=plan, role=role, to=colleague)):
        said = _("%(name)s has the steps on the first page now, and works on this case.")
        return press.done(said % {"name": colleague}, "case_plan", pk)
    return plan_page(page, refused=press)


def plan_page(page: CasePage, *, refused: Press | None = None) -> HttpResponse:
    """The page of the plan; `refused` says why the last press did nothing."""
    plans: list[Any] = list(_rows(page))
    for plan in plans:
        read(page, plan)
    current = next((plan for plan in plans if plan.status == PlanStatus.ADOPTED), None)
    draft = next((plan for plan in plans if plan.status == PlanStatus.DRAFT), None)
    shown = [objective for plan in (current, draft) if plan for objective in plan.shown]
    asked = draft or current
    steps = [step for each in asked.first for step in each.steps.all() if not step.done_on] if asked else []
    return page.show(
        "plan",
        "case_plan",
        sensitive=sensitive(shown),
        plans=plans,
        current=current,
        draft=draft,
        writes=may_write(page.user, page.case, draft) if draft else page.allows(Capability.WRITE_PLAN),
        waits=waiting_about(page) if page.case.open else [],
        asked=asked,
        offers=offers_of(page, steps) if page.case.open else [],
        assessed=page.case.household.assessments.exists(),
        refused=refused,
        progresses=Progress.choices,
        today=timezone.localdate(),
        reason=page.request.POST.get("reason", ""),
    )


def draft_to_write(page: CasePage) -> Any:
    """As `draft_of`, for an account that may change it.

    Raises:
        Http404: there is none.
        PermissionDenied: somebody else began it, whose case this is.
    """
    plan = draft_of(page)
    if not may_write(page.user, page.case, plan):
        raise PermissionDenied
    return plan


def draft_of(page: CasePage) -> Any:
    """The draft of the case with the rows that the account reads.

    Raises:
        Http404: there is none.
    """
    plan = plan_with_rows(page, status=PlanStatus.DRAFT)
    if plan is None:
        raise Http404
    return plan


def plan_with_rows(page: CasePage, **lookup: Any) -> Any:
    """One plan of the case, with `shown` objectives."""
    plan = _rows(page).filter(**lookup).select_related("case__household", "case__keeper").first()
    return read(page, plan) if plan else None


def _rows(page: CasePage) -> Any:
    return (
        Plan.objects.filter(case=page.case)
        .select_related("by", "agreed_with", "adopted_by", "finding_set__pack")
        .defer("finding_set__pack__files")
        .prefetch_related("objectives__person", "objectives__steps__worker")
    )


def read(page: CasePage, plan: Any) -> Any:
    """Mark in the plan what the account reads.

    `shown` objectives are the `first` and those that wait for later (`waiting`); how many steps of the first are done.
    """
    plan.shown = page.readable(plan.objectives.all())
    words = PlanWords(page, plan)
    for objective in plan.shown:
        own = objective.steps.all()
        objective.total, objective.done = len(own), sum(1 for step in own if step.done_on)
        objective.people = [person for step in own for person in step.people]
        for step in own:
            names = "" if objective.person_id else words.people(step.people)
            step.words = f"{step.text}: {names}" if names else step.text
            step.who = str(step.worker or "") or profession(step.role)
    for objective, about in zip(plan.shown, words.about([_said(each) for each in plan.shown]), strict=True):
        objective.about = about
    plan.first = [objective for objective in plan.shown if not objective.later]
    plan.waiting = [objective for objective in plan.shown if objective.later]
    for objective in plan.first:
        objective.at_hand = len(plan.first) <= _FEW or objective.progress == Progress.UNDER_WAY
    plan.steps = sum(objective.total for objective in plan.first)
    plan.done = sum(objective.done for objective in plan.first)
    return plan


def _said(objective: Any) -> Said:
    return Said(objective.codes, objective.person_id, objective.people)


def _row_of(page: CasePage, rows: Any, to_plan: str, pk: UUID) -> Any:
    found = rows.filter(**{f"{to_plan}__case": page.case}, pk=pk).first()
    compartment = getattr(found, "compartment", None) or (found and found.objective.compartment)
    if found is None or compartment not in page.compartments:
        raise Http404
    return found
