"""A draft of a plan is edited as a whole, without losing what another hand wrote."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, User
from punte.accounts.verbs import verb
from punte.cases.actions.ask_approval import plan_changed
from punte.cases.enums import Progress
from punte.cases.models import Case, CaseTeamMember, Objective, Plan, PlannedService
from punte.cases.permission import draft_for
from punte.cases.plan_input import Called, ObjectiveInput, PlanEditedMeanwhile, StepInput
from punte.cases.professions import FAMILY
from punte.cases.trail import trace
from punte.kernel.days import is_meant
from punte.kernel.errors import DomainError
from punte.people.compartments import compartments_of
from punte.people.models import Membership

_LONGEST = 300
_LONGEST_CODE = 30
_MOST = 100
_OBJECTIVE_FIELDS = ["person_id", "text", "codes", "compartment", "due_on", "progress", "later"]
_STEP_FIELDS = [
    *("text", "service", "interventions", "refer_to", "findings", "role"),
    *("worker_id", "due_on", "done_on"),
]


@verb
def edit_plan(*, by: User, plan: Plan, revision: int, objectives: Sequence[ObjectiveInput]) -> Plan:
    """Make the draft say what was sent: objectives and steps that are missing from it are taken out.

    Objectives of compartments that the account does not read stay as they are, after the others.

    Args:
        revision: that of the plan as the account read it.

    Raises:
        NotAllowed: the account does not write plans of the case, or not this one.
        DomainError: the plan is not a draft, or something sent cannot be.
        PlanEditedMeanwhile: somebody else saved it since; carries both.
    """
    draft = draft_for(by, plan)
    if draft.revision != revision:
        raise PlanEditedMeanwhile(
            _("Somebody else changed the plan meanwhile. Compare the two and save again."),
            theirs=draft,
            yours=objectives,
        )
    readable = compartments_of(by, draft.case.household)
    known = {objective.pk: objective for objective in _objectives(draft)}
    mine = {key: objective for key, objective in known.items() if objective.compartment in readable}
    _check(draft.case, objectives, mine, readable)
    for position, sent in enumerate(objectives):
        _put(draft, sent, position, mine.get(sent.id) if sent.id else None)
    kept = {sent.id for sent in objectives}
    Objective.objects.filter(pk__in=[key for key in mine if key not in kept]).delete()
    for position, key in enumerate((key for key in known if key not in mine), start=len(objectives)):
        Objective.objects.filter(pk=key).update(position=position)
    draft.revision += 1
    draft.save(update_fields=["revision"])
    plan_changed(by=by, plan=draft)
    trace(
        by=by,
        verb="edit_plan",
        case=draft.case,
        subject=draft.pk,
        changes={"revision": [revision, draft.revision]},
    )
    return draft


def _objectives(plan: Plan) -> Iterable[Objective]:
    steps = Prefetch("steps", queryset=PlannedService.objects.order_by("position", "id"))
    return plan.objectives.order_by("position", "id").prefetch_related(steps)


def _put(plan: Plan, sent: ObjectiveInput, position: int, known: Objective | None) -> None:
    objective = known or Objective(plan=plan)
    for name in _OBJECTIVE_FIELDS:
        setattr(objective, name, getattr(sent, name))
    objective.text, objective.position = sent.text.strip(), position
    objective.save()
    steps = {step.pk: step for step in known.steps.all()} if known else {}
    for place, step_sent in enumerate(sent.steps):
        step = steps.pop(step_sent.id, None) if step_sent.id else None
        _put_step(objective, step_sent, place, step)
    PlannedService.objects.filter(pk__in=list(steps)).delete()


def _put_step(objective: Objective, sent: StepInput, position: int, known: PlannedService | None) -> None:
    step = known or PlannedService(objective=objective)
    for name in _STEP_FIELDS:
        setattr(step, name, getattr(sent, name))
    step.text, step.position = sent.text.strip(), position
    step.save()


def _check(
    case: Case,
    objectives: Sequence[ObjectiveInput],
    mine: dict[UUID, Objective],
    readable: Iterable[str],
) -> None:
    steps = [step for sent in objectives for step in sent.steps]
    if len(objectives) > _MOST or any(len(sent.steps) > _MOST for sent in objectives):
        raise DomainError(_("A plan has at most 100 objectives, each with at most 100 steps."))
    for sent in objectives:
        _check_objective(sent, mine, set(readable))
    _check_ids(objectives, mine)
    _check_people(case, objectives)
    for step in steps:
        _check_step(step)
    _check_workers(case, steps)


def _check_objective(sent: ObjectiveInput, mine: dict[UUID, Objective], readable: set[str]) -> None:
    if not 0 < len(sent.text.strip()) <= _LONGEST:
        raise DomainError(_("An objective is a sentence of at most 300 characters."), field="text")
    if sent.compartment not in readable:
        raise DomainError(_("Your role does not read this part of the record."), field="compartment")
    if sent.progress not in Progress.values:
        raise DomainError(_("Choose how far the objective has come."), field="progress")
    _check_day(sent.due_on, "due_on")
    if sent.id is not None and sent.id not in mine:
        raise DomainError(_("One of the objectives is not of this plan. Load the page again."))


def _check_ids(objectives: Sequence[ObjectiveInput], mine: dict[UUID, Objective]) -> None:
    named = [sent.id for sent in objectives if sent.id]
    step_names = [step.id for sent in objectives for step in sent.steps if step.id]
    if len(set(named)) != len(named) or len(set(step_names)) != len(step_names):
        raise DomainError(_("An objective or a step was sent twice. Load the page again."))
    for sent in objectives:
        of_objective = {step.pk for step in mine[sent.id].steps.all()} if sent.id else set()
        if any(step.id and step.id not in of_objective for step in sent.steps):
            raise DomainError(_("One of the steps is not of this plan. Load the page again."))


def _check_people(case: Case, objectives: Sequence[ObjectiveInput]) -> None:
    named = {sent.person_id for sent in objectives if sent.person_id}
    members = Membership.objects.filter(household=case.household_id, person__in=named)
    if named - set(members.values_list("person_id", flat=True)):
        raise DomainError(_("This person is not a member of the household."), field="person")


def _check_step(step: StepInput) -> None:
    if not 0 < len(step.text.strip()) <= _LONGEST:
        raise DomainError(_("A step is a sentence of at most 300 characters."), field="text")
    if len(step.service) > _LONGEST_CODE:
        raise DomainError(_("There is no such service. Choose one of the list."), field="service")
    if step.role not in {"", FAMILY, *Role.values}:
        raise DomainError(_("There is no such profession. Choose one of the list."), field="worker")
    if not all(_is_finding(each) for each in step.findings):
        raise DomainError(_("One of the steps is not of this plan. Load the page again."))
    _check_day(step.due_on, "due_on")
    _check_day(step.done_on, "done_on")
    if step.done_on is not None and step.done_on > timezone.localdate():
        raise DomainError(_("This date is in the future."), field="done_on")


def _is_finding(called: Called) -> bool:
    """Whether it is a person, or nobody, and a code."""
    try:
        person, code = called
        return isinstance(code, str) and len(code) <= _LONGEST_CODE and (person is None or bool(UUID(person)))
    except (TypeError, ValueError, AttributeError):
        return False


def _check_day(day: dt.date | None, field: str) -> None:
    if day is not None and not is_meant(day):
        raise DomainError(_("There is something wrong with the year."), field=field)


def _check_workers(case: Case, steps: Sequence[StepInput]) -> None:
    named = {step.worker_id for step in steps if step.worker_id}
    if not named:
        return
    here = Appointment.objects.current().filter(
        organization=case.keeper_id, user__in=named, user__is_active=True
    )
    team = CaseTeamMember.objects.current().filter(case=case, user__in=named)
    if named - set(here.values_list("user_id", flat=True)) - set(team.values_list("user_id", flat=True)):
        raise DomainError(_("A step is done by somebody who works here or on the case."), field="worker")
