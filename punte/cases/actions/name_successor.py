"""A sealed case whose whole team has gone gets a worker again, from somebody who does not see it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.assign_case import hand_over, require_responsible, take_over
from punte.cases.models import Case
from punte.cases.refresh import refresh_sights
from punte.cases.trail import trace
from punte.kernel.errors import DomainError, NotAllowed


@verb
def name_successor(*, by: User, case: Case, responsible: User, reason: str) -> Case:
    """Give a sealed case that nobody can see any more to a worker; who names them learns nothing of it.

    Nobody takes such a case for themselves: what one may not open alone, a second person opens for one.

    Raises:
        NotAllowed: the account does not assign the keeper's cases, or somebody of the case's team still works on it.
        DomainError: no reason, oneself, or a worker who cannot answer for it.
    """
    case = (
        Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("household", "keeper")
        .get(pk=case.pk)
    )
    by.standing.require(Capability.ASSIGN, case.keeper_id)
    if not Case.objects.without_team(by).filter(pk=case.pk).exists():
        raise NotAllowed(_("Somebody still works on this case. Ask them."))
    if not reason.strip():
        raise DomainError(_("Write the reason."), field="reason")
    if responsible.pk == by.pk:
        raise DomainError(
            _("Choose somebody else: nobody gives a sealed case to themselves."), field="responsible"
        )
    require_responsible(responsible, case.keeper)
    former = case.responsible_id
    hand_over(case, responsible, start=timezone.localdate())
    take_over(case, responsible)
    refresh_sights(case.household, by=by)
    trace(
        by=by,
        verb="name_successor",
        case=case,
        reason=reason.strip(),
        changes={"responsible": [former and str(former), str(responsible.pk)]},
    )
    return case
