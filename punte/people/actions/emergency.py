"""Opening a record in an emergency: for a day, with a reason, under the eyes of the data protection officer."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.encryption import blind_index
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.text import plain_number
from punte.people.actions.checks import LONGEST_NOTE
from punte.people.enums import SightReason
from punte.people.identity import checked_cnp
from punte.people.models import Household, HouseholdSight, Membership
from punte.people.sight import forget_households_in_sight

LASTS = dt.timedelta(hours=24)
_SHORTEST_REASON = 10


@verb
def open_in_emergency(*, by: User, household: Household, reason: str, cnp: str = "") -> HouseholdSight:
    """Give an account sight of a household for 24 hours; what is sealed stays so.

    Args:
        cnp: of somebody who lives there, where another organisation keeps the record: knowing the person exactly is
            what shows that there is a person in need, and not curiosity.

    Raises:
        NotAllowed: the account may not open records in an emergency, or has no way to know of this household.
        DomainError: on `reason`, if it says too little; on `cnp`, if it is wrong.
    """
    _require_emergencies(by)
    if not (_is_colleague(by, household) or _knows_a_member(household, cnp)):
        raise NotAllowed(_("You may not open this record."))
    reason = _checked(reason)
    now = timezone.now()
    sight = HouseholdSight.objects.create(
        household=household,
        user=by,
        why=SightReason.EMERGENCY,
        reason=reason,
        start=timezone.localdate(),
        expires_at=now + LASTS,
    )
    forget_households_in_sight(by)
    record(
        by=by,
        verb="open_in_emergency",
        keeper=household.keeper_id,
        household=household.pk,
        subject=sight.pk,
        reason=reason,
    )
    return sight


@verb
def open_by_cnp(*, by: User, cnp: str, reason: str) -> HouseholdSight:
    """The same, of the household where somebody lives whose CNP one knows, whichever organisation keeps the record.

    Nobody is looked up before the account and the reason are in order: whether a CNP is known is itself an answer.

    Raises:
        NotAllowed, DomainError: as for `open_in_emergency`; on `cnp` also where nobody with it lives in a household.
    """
    _require_emergencies(by)
    _checked(reason)
    index = blind_index(checked_cnp(cnp))
    lived = Membership.objects.current().filter(person__cnp_index=index).select_related("household").first()
    if lived is None:
        raise DomainError(_("Nobody with this CNP is in a household that Punte knows."), field="cnp")
    return open_in_emergency(by=by, household=lived.household, reason=reason, cnp=cnp)


@verb
def acknowledge_emergency(*, by: User, sight: HouseholdSight) -> HouseholdSight:
    """The data protection officer has looked at an emergency opening.

    Raises:
        NotAllowed: the account does not look after the trail of the keeper.
    """
    by.standing.require(Capability.SEE_AUDIT, sight.household.keeper_id)
    if sight.seen_by_officer_at is None:
        sight.seen_by_officer_at = timezone.now()
        sight.save(update_fields=["seen_by_officer_at"])
    record(
        by=by,
        verb="acknowledge_emergency",
        keeper=sight.household.keeper_id,
        household=sight.household_id,
        subject=sight.pk,
    )
    return sight


def _require_emergencies(by: User) -> None:
    if not by.standing.may(Capability.EMERGENCY):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))


def _is_colleague(by: User, household: Household) -> bool:
    return by.standing.may(Capability.EMERGENCY, household.keeper_id)


def _knows_a_member(household: Household, cnp: str) -> bool:
    if not plain_number(cnp):
        return False
    members = Membership.objects.current().filter(household=household)
    return members.filter(person__cnp_index=blind_index(checked_cnp(cnp))).exists()


def _checked(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < _SHORTEST_REASON:
        raise DomainError(
            _("Say in a few words why you need the record now. The data protection officer reads it."),
            field="reason",
        )
    if len(reason) > LONGEST_NOTE:
        raise DomainError(
            _("This text has %(length)d characters; at most %(most)d fit. Shorten it.")
            % {"length": len(reason), "most": LONGEST_NOTE},
            field="reason",
        )
    return reason
