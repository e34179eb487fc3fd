"""A plan agreed with the family comes into force."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.enums import AgreementWay, PlanStatus
from punte.cases.models import Plan
from punte.cases.permission import draft_for, not_in_future, speaks_for
from punte.cases.trail import trace
from punte.kernel.errors import DomainError
from punte.people.models import Person


@verb
def adopt_plan(*, by: User, plan: Plan, agreed_with: Person, agreed_on: dt.date, agreed_how: str) -> Plan:
    """Put a draft into force, as it was agreed: with whom, when and how. It takes the place of the former version.

    Raises:
        NotAllowed: the account does not manage the case.
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
    case.plans.filter(status=PlanStatus.ADOPTED).update(status=PlanStatus.SUPERSEDED)
    draft.status = PlanStatus.ADOPTED
    draft.agreed_with, draft.agreed_on, draft.agreed_how = agreed_with, agreed_on, AgreementWay(agreed_how)
    draft.adopted_on, draft.adopted_by = timezone.localdate(), by
    draft.save()
    refresh_deadlines(case)
    trace(by=by, verb="adopt_plan", case=case, subject=draft.pk, changes={"version": [None, draft.version]})
    return draft
