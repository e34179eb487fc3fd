"""What a profession is to do in a case is offered to somebody who has it."""

from django.db.models import F
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability, Role
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.ask_approval import plan_changed
from punte.cases.actions.team_members import add_team_member
from punte.cases.models import Case, Plan, PlannedService
from punte.cases.permission import of_plan_in_use
from punte.cases.professions import colleagues_by_role
from punte.cases.trail import trace
from punte.kernel.errors import DomainError


@verb
def offer_steps(*, by: User, plan: Plan, role: str, to: User) -> int:
    """Put the steps of a plan that a profession does, and nobody is named for, on a colleague who has it.

    Who does not work on the case yet is taken into its team.

    Returns:
        How many steps.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: the plan is no longer in use, or the colleague has no such role here.
    """
    case = of_plan_in_use(by, plan, Capability.MANAGE_CASE)
    if to not in colleagues_by_role(case).get(role, []):
        raise DomainError(_("This person does not have that profession here. Choose another."), field="to")
    if not Case.objects.visible_to(User.objects.get(pk=to.pk)).filter(pk=case.pk).exists():
        add_team_member(by=by, case=case, user=to, part=str(Role(role).label))
    waiting = PlannedService.objects.filter(objective__plan=plan, role=role, worker=None, done_on=None)
    given = waiting.update(worker=to)
    Plan.objects.filter(pk=plan.pk).update(revision=F("revision") + 1)
    if plan.is_draft:
        plan_changed(by=by, plan=plan)
    trace(by=by, verb="offer_steps", case=case, subject=plan.pk, changes={"worker": [None, str(to.pk)]})
    return given
