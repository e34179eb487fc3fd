"""Who may do what with somebody who waits."""

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.permission import may_with
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.people.sight import hidden_from
from punte.waiting.enums import WaitingState
from punte.waiting.models import WaitingEntry

OFFERS = "offer"


def may_move(user: User, entry: WaitingEntry, *, sees: bool) -> bool:
    """Whether an account may carry an entry on: for its own service, or who refers in the case that it sees.

    Args:
        sees: whether it sees the case and the person.
    """
    if user.standing.may(Capability.ANSWER_REFERRALS, entry.service.provider_id):
        return True
    return sees and may_with(user, entry.case, Capability.REFER)


def locked_entry(by: User, entry: WaitingEntry, move: str) -> WaitingEntry:
    """The entry as it is now, locked, for an account that may make a move from its state.

    Raises:
        NotAllowed: the account does not know of it, or may not move it.
        EditedMeanwhile: somebody else carried it on meanwhile.
    """
    known = WaitingEntry.objects.on_list_of(by).filter(pk=entry.pk).values("pk")
    held = (
        WaitingEntry.objects.filter(pk__in=known)
        .select_for_update(of=("self",), no_key=True)
        .select_related("service", "case", "person")
        .first()
    )
    if held is None:
        raise NotAllowed(_("This record is not among those you see. Ask your coordinator."))
    sees = WaitingEntry.objects.visible_to(by).filter(pk=held.pk).exists()
    if not may_move(by, held, sees=sees):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    if held.person_id in hidden_from(by).people:
        # What is true of the person is not for this account to change, nor to learn.
        raise DomainError(_("This cannot be recorded now. Ask your coordinator."))
    if move not in held.moves:
        raise EditedMeanwhile(
            _("This cannot be done any more: the person “%(state)s”.")
            % {"state": WaitingState(held.state).label}
        )
    return held


def required_why(text: str) -> str:
    """A reason that is not empty.

    Raises:
        DomainError: it is.
    """
    if not text.strip():
        raise DomainError(_("Write a reason. It stays on record."), field="why")
    return text.strip()
