"""A place is offered to who waits, taken or declined; somebody waits no more, or leaves the service."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.trail import trace
from punte.directory.actions import release_place, take_free_place
from punte.directory.models import Service
from punte.kernel.errors import DomainError
from punte.waiting.enums import WaitingState
from punte.waiting.models import WaitingEntry, WaitingOffer
from punte.waiting.permission import locked_entry, required_why


@verb
def offer_place(*, by: User, entry: WaitingEntry) -> WaitingEntry:
    """Offer a free place to somebody who waits.

    Raises:
        NotAllowed: the account neither answers for the service nor refers in the case.
        DomainError: no place is free, or the person waits no more.
    """
    held = locked_entry(by, entry, "offer")
    if Service.objects.get(pk=held.service_id).free == 0:
        raise DomainError(
            _("No place is free there now. Note first how many are taken, or wait until one is given back.")
        )
    WaitingOffer.objects.create(entry=held, by=by)
    return _carry_on(by, held, WaitingState.OFFERED, verb="offer_place")


@verb
def accept_offer(*, by: User, entry: WaitingEntry) -> WaitingEntry:
    """Take the place that was offered; it is one place less that is free.

    Raises:
        NotAllowed: as for `offer_place`.
        DomainError: the place was taken meanwhile, or nothing is offered any more.
    """
    held = locked_entry(by, entry, "accept")
    take_free_place(service=held.service, at=timezone.now(), by=by, holder=held.pk, held_for=held.person_id)
    _answer(held, accepted=True)
    return _carry_on(by, held, WaitingState.PLACED, verb="accept_offer")


@verb
def decline_offer(*, by: User, entry: WaitingEntry, why: str) -> WaitingEntry:
    """Say no to the place that was offered, and why; the person keeps their turn.

    Raises:
        NotAllowed: as for `offer_place`.
        DomainError: no reason is given, or nothing is offered any more.
    """
    held = locked_entry(by, entry, "decline")
    _answer(held, accepted=False, why=required_why(why))
    return _carry_on(by, held, WaitingState.WAITING, verb="decline_offer")


@verb
def stop_waiting(*, by: User, entry: WaitingEntry, why: str) -> WaitingEntry:
    """Take somebody off the list, and say why.

    Raises:
        NotAllowed: as for `offer_place`.
        DomainError: no reason is given, or the person waits no more.
    """
    held = locked_entry(by, entry, "withdraw")
    held.why, held.ended_on = required_why(why), timezone.localdate()
    if held.state == WaitingState.OFFERED:
        _answer(held, accepted=False, why=held.why)
    return _carry_on(by, held, WaitingState.WITHDRAWN, verb="stop_waiting")


@verb
def leave_service(*, by: User, entry: WaitingEntry) -> WaitingEntry:
    """Say that the person has left the service; the place is free again.

    Raises:
        NotAllowed: as for `offer_place`.
        DomainError: they have no place by this list.
    """
    held = locked_entry(by, entry, "leave")
    held.ended_on = timezone.localdate()
    release_place(service=held.service, at=timezone.now(), by=by, holder=held.pk)
    return _carry_on(by, held, WaitingState.LEFT, verb="leave_service")


def _answer(entry: WaitingEntry, *, accepted: bool, why: str = "") -> None:
    offer = entry.offers.get(accepted=None)
    offer.accepted, offer.answered_at, offer.why = accepted, timezone.now(), why
    offer.save(update_fields=["accepted", "answered_at", "why"])


def _carry_on(by: User, entry: WaitingEntry, state: WaitingState, *, verb: str) -> WaitingEntry:
    entry.state = state
    entry.save(update_fields=["state", "why", "ended_on"])
    trace(by=by, verb=verb, case=entry.case, person=entry.person_id, subject=entry.pk)
    return entry
