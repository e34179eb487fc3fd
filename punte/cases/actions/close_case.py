"""A case is closed, with its outcome."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.ask_approval import ask_first, end_asked
from punte.cases.actions.handing_over import end_offers
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.enums import CaseDeed, Outcome
from punte.cases.models import Case, SevereChild
from punte.cases.permission import open_case_for, required_reason
from punte.cases.refresh import end_periods, refresh_sights
from punte.cases.trail import trace
from punte.cases.visits import call_off
from punte.kernel.errors import DomainError


@verb
def close_case(*, by: User, case: Case, outcome: str, reason: str) -> Case:
    """Close a case: regime, responsibility and team end today, and the visits still planned in it fall away; what else
    was planned and what was done stays on record.

    Returns:
        The case; still open where a second person must agree first.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: the case is closed already, or the outcome or the reason is missing.
    """
    case = open_case_for(by, case, Capability.MANAGE_CASE)
    reason = required_reason(reason)
    if outcome not in Outcome.values:
        raise DomainError(_("Choose how the case ended."), field="outcome")
    if ask_first(by=by, case=case, deed=CaseDeed.CLOSE_CASE, outcome=outcome, reason=reason):
        return case
    end_case(case, by=by, outcome=outcome, reason=reason)
    return case


def end_case(case: Case, *, by: User, outcome: str, reason: str) -> None:
    """What closing does, where it may be done; the case is locked."""
    case.episodes.filter(end=None).update(
        end=timezone.localdate(), closed_by=by, closing_reason=reason, outcome=outcome
    )
    end_periods(case)
    case.open = False
    case.save(update_fields=["open"])
    still_covered = Case.objects.filter(household=case.household_id, open=True).exists()
    SevereChild.objects.filter(household=case.household_id).update(covered=still_covered)
    refresh_sights(case.household, by=by)
    refresh_deadlines(case)
    end_asked(by=by, case=case, reason=_("The case was closed."))
    end_offers(case.transfers.all(), by=by)
    call_off(case, by=by, reason=_("The case was closed."))
    trace(by=by, verb="close_case", case=case, reason=reason, changes={"outcome": [None, outcome]})
