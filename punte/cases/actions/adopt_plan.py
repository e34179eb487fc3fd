"""A plan agreed with the family comes into force."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.ask_approval import ask_first, end_asked
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.enums import AgreementWay, CaseDeed, PlanStatus
from punte.cases.models import Plan
from punte.cases.permission import draft_for, not_in_future, speaks_for
from punte.cases.trail import trace
from punte.kernel.errors import DomainError
from punte.people.models import Person


@verb
def adopt_plan(*, by: User, plan: Plan, agreed_with: Person, agreed_on: dt.date, agreed_how: str) -> Plan:
    """Put a draft into force, as it was agreed: with whom, when and how. It takes the place of the former version.

    Returns:
        The plan; still a draft where a second person must agree first.

    Raises:
        NotAllowed: the account does not manage the case, nor is there anybody whom it could ask to agree.
        DomainError: it is not a draft, has no objective, or the agreement is not of this family or has no past day.
    """
    draft = draft_for(by, plan)
    case = draft.case
    if agreed_with is None or not speaks_for(agreed_with, case.household):
        raise DomainError(
            _("Choose a member of the household, or a parent or guardian of one."), field="agreed_with"
        )
    if agreed_on is None:
        raise DomainError(_("Say when the family agreed."), field="agreed_on")
    not_in_future(agreed_on, field="agreed_on")
    if agreed_how not in AgreementWay.values:
        raise DomainError(_("Say how the family agreed."), field="agreed_how")
    if not draft.objectives.exists():
        raise DomainError(_("The plan has no objective yet. Add at least one."))
    draft.agreed_with, draft.agreed_on, draft.agreed_how = agreed_with, agreed_on, AgreementWay(agreed_how)
    draft.save(update_fields=["agreed_with", "agreed_on", "agreed_how"])
    if ask_first(by=by, case=case, deed=CaseDeed.ADOPT_PLAN, plan=draft):
        return draft
    by.standing.require(Capability.MANAGE_CASE, case.keeper_id)
    end_asked(by=by, case=case, deed=CaseDeed.ADOPT_PLAN, reason=_("The plan was put in force meanwhile."))
    put_in_force(draft, by=by)
    return draft


def put_in_force(draft: Plan, *, by: User) -> None:
    """A draft that the family agreed to takes the place of the former version; `draft.case` is locked."""
    case = draft.case
    case.plans.filter(status=PlanStatus.ADOPTED).update(status=PlanStatus.SUPERSEDED)
    draft.status = PlanStatus.ADOPTED
    draft.adopted_on, draft.adopted_by = timezone.localdate(), by
    draft.save()
    refresh_deadlines(case)
    trace(by=by, verb="adopt_plan", case=case, subject=draft.pk, changes={"version": [None, draft.version]})
