"""How far a plan has come: objectives and steps."""

import datetime as dt

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.enums import Progress
from punte.cases.models import Objective, PlannedService
from punte.cases.permission import not_in_future, of_plan_in_use, reads
from punte.cases.trail import trace
from punte.kernel.errors import DomainError


@verb
def report_progress(*, by: User, objective: Objective, progress: str) -> Objective:
    """Say how far an objective has come.

    Raises:
        NotAllowed: the account does not work on the case.
        DomainError: the plan is no longer in use, or there is no such progress.
    """
    case = of_plan_in_use(by, objective.plan, Capability.INTERVENE)
    reads(by, case, objective.compartment)
    if progress not in Progress.values:
        raise DomainError(_("Choose how far the objective has come."), field="progress")
    former, objective.progress = objective.progress, Progress(progress)
    objective.save(update_fields=["progress"])
    trace(
        by=by,
        verb="report_progress",
        case=case,
        subject=objective.pk,
        changes={"progress": [former, progress]},
    )
    return objective


@verb
def complete_step(*, by: User, step: PlannedService, done_on: dt.date) -> PlannedService:
    """Say that a step was done, and when; the objective is then under way.

    Raises:
        NotAllowed: the account does not work on the case.
        DomainError: the plan is no longer in use, or the day has not come.
    """
    case = of_plan_in_use(by, step.objective.plan, Capability.INTERVENE)
    reads(by, case, step.objective.compartment)
    if done_on is None:
        raise DomainError(_("Say when the step was done."), field="done_on")
    not_in_future(done_on, field="done_on")
    mark_done(step, done_on)
    trace(by=by, verb="complete_step", case=case, subject=step.pk, changes={"done_on": [None, str(done_on)]})
    return step


@verb
def reopen_step(*, by: User, step: PlannedService) -> PlannedService:
    """Say that a step is not done after all.

    Raises:
        NotAllowed: the account does not work on the case.
        DomainError: the plan is no longer in use.
    """
    case = of_plan_in_use(by, step.objective.plan, Capability.INTERVENE)
    reads(by, case, step.objective.compartment)
    former, step.done_on = step.done_on, None
    step.save(update_fields=["done_on"])
    trace(
        by=by,
        verb="reopen_step",
        case=case,
        subject=step.pk,
        changes={"done_on": [former and str(former), None]},
    )
    return step


def mark_done(step: PlannedService, day: dt.date) -> None:
    """Write the day on which a step was done; an objective not begun is thereby under way."""
    step.done_on = day
    step.save(update_fields=["done_on"])
    Objective.objects.filter(pk=step.objective_id, progress=Progress.NOT_STARTED).update(
        progress=Progress.UNDER_WAY
    )
