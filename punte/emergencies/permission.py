"""Who may do what with an emergency: the first lines of every verb."""

from typing import Any

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record
from punte.emergencies.models import Emergency, Listed
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.people.sight import hidden_from

LONGEST = 250
OLDEST = 120


def may_lead(user: User, emergency: Emergency) -> bool:
    """Whether an account says who works on it and when it is over: who opened it, and who gives work there."""
    standing = user.standing
    opened = emergency.opened_by_id == user.pk and standing.may(Capability.SEE_PEOPLE, emergency.keeper_id)
    return opened or standing.may(Capability.ASSIGN, emergency.keeper_id)


def led_by(by: User, emergency: Emergency) -> Emergency:
    """The emergency as it is now, locked, for who leads it.

    Raises:
        NotAllowed: the account does not.
        DomainError: what it said was erased.
    """
    if not may_lead(by, emergency):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    return _locked(emergency)


def worked_on_by(by: User, emergency: Emergency) -> Emergency:
    """The same, for who works on it.

    Raises:
        NotAllowed: the account does not.
        DomainError: what it said was erased.
    """
    if not Emergency.objects.visible_to(by).filter(pk=emergency.pk).exists():
        raise NotAllowed(_("You are not among those who work on this emergency. Ask who leads it."))
    return _locked(emergency)


def listed_for(by: User, listed: Listed, *, to_move: bool = False) -> Listed:
    """Somebody on the list as the row is now, locked, for who works on the emergency.

    Args:
        to_move: where they are is changed, which of a person behind a seal only the circle does.

    Raises:
        NotAllowed: the account does not work on it.
        EditedMeanwhile: they turned out to stand on the list already.
        DomainError: what is true of the person is not for this account to change.
    """
    emergency = worked_on_by(by, listed.emergency)
    held = Listed.objects.select_for_update(of=("self",), no_key=True).get(pk=listed.pk)
    held.emergency = emergency
    if held.merged_into_id:
        raise EditedMeanwhile(_("This line was joined to another one of the list."))
    if to_move and held.person_id in hidden_from(by).people:
        raise DomainError(_("This cannot be recorded now. Ask your coordinator."))
    return held


def short(text: str, *, field: str, needed: bool = False) -> str:
    """A line that may be empty unless it is `needed`.

    Raises:
        DomainError: it is missing or too long.
    """
    text = text.strip()
    if needed and not text:
        raise DomainError(_("Write a few words."), field=field)
    if len(text) > LONGEST:
        raise DomainError(
            _("The text is too long: at most %(count)s characters fit.") % {"count": LONGEST}, field=field
        )
    return text


def noted(by: User, verb: str, emergency: Emergency, row: Any = None, **changes: Any) -> None:
    """Write in the trail what was done."""
    subject = (row or emergency).pk
    record(by=by, verb=verb, keeper=emergency.keeper_id, subject=subject, changes=changes)


def _locked(emergency: Emergency) -> Emergency:
    held = (
        Emergency.objects.select_for_update(of=("self",), no_key=True)
        .select_related("keeper", "uat")
        .get(pk=emergency.pk)
    )
    if held.erased_on:
        raise DomainError(_("What this list said was removed: its time to be kept is over."))
    return held
