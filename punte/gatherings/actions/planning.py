"""What a conference decided goes into the plan, by the plan's own verbs and with the meeting as the reason."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions import draft_plan, edit_plan
from punte.cases.enums import PlanStatus
from punte.cases.models import Objective, Plan, PlannedService
from punte.cases.permission import open_case_for
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.gatherings.models import Decision
from punte.gatherings.permission import not_yours, note
from punte.gatherings.queries import reads_meeting
from punte.kernel.errors import DomainError
from punte.people.compartments import compartments_of

_LONGEST = 300


@verb
def put_in_plan(
    *,
    by: User,
    decision: Decision,
    words: str,
    objective: UUID | None = None,
    aim: str = "",
    worker: User | None = None,
    due_on: dt.date | None = None,
) -> PlannedService:
    """Make a decision of a conference a step of the plan: of its draft, else of a new version that is drafted for it.

    Args:
        objective: of the draft or of the plan in force, towards which the step is; without one `aim` makes a new one.
        worker: who does it.

    Returns:
        The step. The family agrees to the new version as to any other.

    Raises:
        NotAllowed: the account does not write plans of the case.
        DomainError: the decision is in the plan already, or is of no case; what `edit_plan` refuses.
    """
    meeting = decision.meeting
    if meeting.case is None:
        raise DomainError(_("This meeting is of no case: what it decided becomes a task."))
    case = open_case_for(by, meeting.case, Capability.WRITE_PLAN)
    if not reads_meeting(by, meeting):
        raise not_yours()
    row = Decision.objects.select_for_update(of=("self",), no_key=True).get(pk=decision.pk)
    if row.step_id is not None:
        raise DomainError(_("This decision is in the plan already."))
    draft = case.plans.filter(status=PlanStatus.DRAFT).first()
    text = objective and _aim(case.pk, objective)
    if draft is None:
        reason = _("Case conference of %(day)s") % {"day": f"{meeting.day:%d.%m.%Y}"}
        draft = draft_plan(by=by, case=case, reason=reason)
    step = StepInput(text=words.strip(), worker_id=worker.pk if worker else None, due_on=due_on)
    aims = _as_they_are(draft, by)
    place = next((number for number, one in enumerate(aims) if objective and one.id == objective), None)
    if place is None and text:
        # The objective of the plan in force goes on in the draft as a row of its own.
        place = next((number for number, one in enumerate(aims) if one.text == text), None)
    if place is None:
        named = aim.strip() or text or words.strip()
        aims.append(ObjectiveInput(text=named[:_LONGEST], compartment=meeting.compartment))
        place = len(aims) - 1
    aims[place].steps.append(step)
    saved = edit_plan(by=by, plan=draft, revision=draft.revision, objectives=aims)
    made = _newest(saved, place)
    row.step = made
    row.save(update_fields=["step"])
    note(by, "put_in_plan", meeting, subject=made.pk)
    return made


def objectives_of(case: UUID, compartments: frozenset[str]) -> list[Objective]:
    """Of the draft, else of the plan in force, the objectives that an account may add a step to."""
    rows = Objective.objects.filter(
        plan__case=case, plan__status__in=[PlanStatus.DRAFT, PlanStatus.ADOPTED], compartment__in=compartments
    ).select_related("plan", "person")
    found = list(rows.order_by("position", "pk"))
    drafted = [one for one in found if one.plan.is_draft]
    return drafted or found


def _aim(case: UUID, objective: UUID) -> str:
    row = Objective.objects.filter(pk=objective, plan__case=case).first()
    return row.text if row else ""


def _as_they_are(plan: Plan, by: User) -> list[ObjectiveInput]:
    readable = compartments_of(by, plan.case.household)
    rows = (
        plan.objectives.filter(compartment__in=readable).order_by("position", "id").prefetch_related("steps")
    )
    return [
        ObjectiveInput(
            id=one.pk,
            person_id=one.person_id,
            text=one.text,
            codes=one.codes,
            compartment=one.compartment,
            due_on=one.due_on,
            progress=one.progress,
            later=one.later,
            steps=[
                StepInput(
                    id=step.pk,
                    text=step.text,
                    service=step.service,
                    interventions=step.interventions,
                    refer_to=step.refer_to,
                    worker_id=step.worker_id,
                    due_on=step.due_on,
                    done_on=step.done_on,
                    findings=step.findings,
                    role=step.role,
                )
                for step in sorted(one.steps.all(), key=lambda row: (row.position, row.pk))
            ],
        )
        for one in rows
    ]


def _newest(plan: Plan, place: int) -> PlannedService:
    step = (
        PlannedService.objects.filter(objective__plan=plan, objective__position=place)
        .order_by("-position", "-pk")
        .first()
    )
    assert step is not None
    return step
