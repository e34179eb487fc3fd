"""Two cases that belong together are tied to each other by a person, and untied."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.handing_over import refuse_sealed
from punte.cases.enums import TieKind
from punte.cases.models import Case, CaseTie
from punte.cases.permission import case_for, required_reason, seen_case
from punte.cases.signals import tying_cases
from punte.cases.trail import trace
from punte.kernel.errors import DomainError


@verb
def tie_cases(*, by: User, case: Case, other: Case, kind: str, reason: str, sure: bool = False) -> CaseTie:
    """Say that two cases belong together; each is then shown on the page of the other to who sees both.

    Args:
        kind: a `TieKind`.
        sure: the account knows that nobody of one is in danger from somebody of the other. It is asked of every tie:
            were it asked where violence is on record alone, the question would tell that it is.

    Raises:
        NotAllowed: the account does not manage the first case, or does not see the other.
        DomainError: on `other`, where a seal or an order stands between them, or they are tied; on `sure`, where nobody
            said that the tie is safe.
    """
    case, other = case_for(by, case, Capability.MANAGE_CASE), seen_case(by, other)
    reason = required_reason(reason)
    if kind not in TieKind.values:
        raise DomainError(_("Choose why they belong together."), field="kind")
    if case.pk == other.pk:
        raise DomainError(_("Choose another case."), field="other")
    for one in (case, other):
        refuse_sealed(one.household)
    tying_cases.send(CaseTie, cases=(case, other))
    if not sure:
        raise DomainError(
            _("Tie them only if nobody of one is in danger from somebody of the other, and say so."),
            field="sure",
        )
    first, second = sorted((case, other), key=lambda one: one.pk)
    try:
        with transaction.atomic():
            tie = CaseTie.objects.create(first=first, second=second, kind=kind, reason=reason, by=by)
    except IntegrityError:
        raise DomainError(_("These cases are tied already."), field="other") from None
    _trace(by, "tie_cases", tie, reason)
    return tie


@verb
def untie_cases(*, by: User, case: Case, tie: CaseTie, reason: str) -> CaseTie:
    """Say that two cases belong together no more.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: the tie is of other cases, or they are untied already, or no reason is given.
    """
    case = case_for(by, case, Capability.MANAGE_CASE)
    reason = required_reason(reason)
    rows = CaseTie.objects.select_for_update(of=("self",), no_key=True).select_related("first", "second")
    locked = rows.get(pk=tie.pk)
    if case.pk not in (locked.first_id, locked.second_id) or locked.untied_at is not None:
        raise DomainError(_("These cases are not tied."))
    locked.untied_at, locked.untied_by, locked.untied_why = timezone.now(), by, reason
    locked.save(update_fields=["untied_at", "untied_by", "untied_why"])
    _trace(by, "untie_cases", locked, reason)
    return locked


def _trace(by: User, verb: str, tie: CaseTie, reason: str) -> None:
    for case in (tie.first, tie.second):
        trace(by=by, verb=verb, case=case, subject=tie.pk, reason=reason)
