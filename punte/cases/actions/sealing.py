"""A case is sealed for the safety of the people in it, and opened to its colleagues again."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.handing_over import end_behind_seal
from punte.cases.models import Case, CaseSeal
from punte.cases.permission import case_for, required_reason
from punte.cases.refresh import refresh_seals, refresh_sights
from punte.cases.signals import case_unsealed
from punte.cases.trail import trace
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.models import Household
from punte.people.sight import sealed_in


@verb
def seal_case(*, by: User, case: Case, reason: str) -> Case:
    """Seal a case and its household: from now only the responsible worker and the case team see the case.

    Raises:
        NotAllowed: the account neither answers for the case nor sees all cases of the keeper.
        DomainError: the case is sealed already, has nobody to see it, or the reason is missing.
    """
    case = case_for(by, case, Capability.MANAGE_CASE)
    _may_seal(by, case)
    reason = required_reason(reason)
    if case.sealed:
        raise DomainError(_("The case is sealed already."))
    _seal(case, by=by, reason=reason)
    return case


def keep_case_sealed(*, by: User, case: Case, reason: str) -> None:
    """Seal a case for what was written of it, unless it is sealed; who may is for the verb to settle.

    Raises:
        DomainError: the case has nobody to see it.
    """
    if not case.sealed:
        _seal(case, by=by, reason=reason)


def _seal(case: Case, *, by: User, reason: str) -> None:
    if case.responsible_id is None and not case.members.filter(end=None).exists():
        raise DomainError(_("Nobody answers for this case. Assign it before sealing it."))
    begin_seal(case, by=by, reason=reason)
    refresh_sights(case.household, by=by)
    trace(by=by, verb="seal_case", case=case, reason=reason)


@verb
def unseal_case(*, by: User, case: Case, reason: str) -> Case:
    """Take the seal off a case, and off its household unless another case of it is sealed.

    Raises:
        NotAllowed: the account does not see the case or does not answer for it.
        DomainError: the case is not sealed, or the reason is missing.
    """
    case = case_for(by, case, Capability.MANAGE_CASE)
    _may_seal(by, case)
    reason = required_reason(reason)
    if not case.sealed:
        raise DomainError(_("The case is not sealed."))
    today = timezone.localdate()
    CaseSeal.objects.filter(case=case, end=None).update(end=today, ended_by=by, ended_reason=reason)
    _follow_rows(case)
    refresh_sights(case.household, by=by)
    case_unsealed.send(Case, case=case)
    # The line itself stays with the team: it says why there was a seal.
    case.sealed = True
    trace(by=by, verb="unseal_case", case=case, reason=reason)
    case.sealed = False
    return case


def _may_seal(by: User, case: Case) -> None:
    if case.responsible_id != by.pk and not by.standing.may(Capability.SEE_ALL_CASES, case.keeper_id):
        raise NotAllowed(_("Only the responsible worker or the coordinator may do this."))


def begin_seal(case: Case, *, by: User, reason: str) -> None:
    """Seal a case from today on; who may, and who then sees the household, is for the verb to settle."""
    CaseSeal.objects.create(case=case, by=by, reason=reason, start=timezone.localdate())
    _follow_rows(case)
    end_behind_seal([case.household_id], by=by)


def seal_around(household: Household, *, by: User) -> None:
    """Seal the open cases of a household to which a sealed person came: each would tell where the person lives.

    Where others see the person anyway, as on the day of the seal, nothing is sealed.
    """
    if not sealed_in(household).exclude(stood__household=household).exists():
        return
    reason = _("A sealed person came to live in the household.")
    for case in Case.objects.filter(household=household, open=True, sealed=False):
        begin_seal(case, by=by, reason=reason)
        trace(by=by, verb="seal_case", case=case, reason=reason)


def _follow_rows(case: Case) -> None:
    refresh_seals(case.household)
    case.refresh_from_db(fields=["sealed"])
