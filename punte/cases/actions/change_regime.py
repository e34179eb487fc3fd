"""The regime of a case changes, in any direction."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.assessments.models import Assessment
from punte.cases.actions.open_case import known_regime
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.models import Case, RegimePeriod
from punte.cases.permission import of_household, open_case_for, required_reason
from punte.cases.trail import trace
from punte.kernel.errors import DomainError


@verb
def change_regime(*, by: User, case: Case, regime: str, assessment: Assessment, reason: str) -> RegimePeriod:
    """Put a case into another regime by professional judgement: never by itself, never in a set order (R1-R3).

    Changed twice in a day, the first change stays on record as a period without days.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: the case is closed or in that regime, the reason is missing, or the assessment is not its own.
    """
    case = open_case_for(by, case, Capability.MANAGE_CASE)
    later = known_regime(regime)
    if assessment is None:
        raise DomainError(_("Choose the assessment that the change rests on."), field="assessment")
    of_household(assessment, case.household)
    reason = required_reason(reason)
    if later == case.regime:
        raise DomainError(_("The case is already in this regime."), field="regime")
    former, case.regime = case.regime, later
    case.save(update_fields=["regime"])
    today = timezone.localdate()
    case.regimes.filter(end=None).update(end=today)
    period = RegimePeriod.objects.create(
        case=case, regime=later, assessment=assessment, by=by, reason=reason, start=today
    )
    refresh_deadlines(case)
    trace(by=by, verb="change_regime", case=case, reason=reason, changes={"regime": [former, str(later)]})
    return period
