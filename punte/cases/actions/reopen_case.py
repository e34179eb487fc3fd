"""A closed case is opened again, under its number."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.assessments.models import Assessment
from punte.cases.actions.open_case import begin, known_regime, refuse_second, require_circle
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.models import Case
from punte.cases.permission import case_for, of_household, required_reason
from punte.cases.refresh import refresh_severity, refresh_sights
from punte.cases.trail import trace
from punte.kernel.errors import DomainError


@verb
def reopen_case(
    *, by: User, case: Case, regime: str, reason: str, assessment: Assessment | None = None
) -> Case:
    """Open a closed case again: a new episode, with its regime; its last worker answers for it, or else `by`.

    Raises:
        NotAllowed: the account does not manage the case, or would get behind a seal by answering for it.
        DomainError: the case is open, another one is, or the reason is missing.
    """
    case = case_for(by, case, Capability.MANAGE_CASE)
    if case.open:
        raise DomainError(_("The case is open already."))
    of_household(assessment, case.household)
    reason = required_reason(reason)
    refuse_second(case.household, case.person)
    last = case.responsible
    stays = last is not None and last.read_standing().may(Capability.MANAGE_CASE, case.keeper_id)
    if not stays:
        require_circle(by, case.household)
    case.regime, case.open = known_regime(regime), True
    case.responsible = last if stays else by
    case.save(update_fields=["regime", "open", "responsible"])
    begin(case, by=by, assessment=assessment, reason=reason, start=timezone.localdate())
    refresh_severity(case.household, [case])
    refresh_sights(case.household, by=by)
    refresh_deadlines(case)
    trace(by=by, verb="reopen_case", case=case, reason=reason, changes={"regime": [None, regime]})
    return case
