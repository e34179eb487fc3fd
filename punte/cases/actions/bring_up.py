"""An objective that waited is brought among the priorities."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.ask_approval import plan_changed
from punte.cases.models import Objective, Plan
from punte.cases.permission import of_plan_in_use, reads
from punte.cases.trail import trace
from punte.kernel.errors import DomainError


@verb
def bring_up(*, by: User, objective: Objective) -> Objective:
    """Put an objective that waits after the other priorities; its terms run from today.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: the plan is no longer in use, or the objective does not wait.
    """
    case = of_plan_in_use(by, objective.plan, Capability.MANAGE_CASE)
    reads(by, case, objective.compartment)
    plan = Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=objective.plan_id)
    row = plan.objectives.filter(pk=objective.pk, later=True).first()
    if row is None:
        raise DomainError(_("It is among the priorities already."))
    waited = timezone.localdate() - timezone.localdate(plan.created_at)
    for step in row.steps.filter(done_on=None):
        step.due_on = step.due_on and step.due_on + waited
        step.save(update_fields=["due_on"])
    row.due_on = row.due_on and row.due_on + waited
    last = plan.objectives.filter(later=False).order_by("position").last()
    row.later, row.position = False, last.position + 1 if last else 0
    row.save(update_fields=["later", "position", "due_on"])
    plan.revision += 1
    plan.save(update_fields=["revision"])
    if plan.is_draft:
        plan_changed(by=by, plan=plan)
    trace(by=by, verb="bring_up", case=case, subject=row.pk, changes={"later": [True, False]})
    return row
