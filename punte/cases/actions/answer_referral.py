"""A partner answers a referral: takes the person, or does not, and says why."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.once_links import take_back
from punte.accounts.verbs import verb
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.enums import AnswerWay, ReferralStatus
from punte.cases.models import Referral
from punte.cases.permission import received_referral, required
from punte.cases.rules import MAX_NEED, may_become
from punte.cases.trail import trace
from punte.directory.actions import NoFreePlace, take_free_place, take_place
from punte.directory.models import Service
from punte.kernel.errors import DomainError


@verb
def accept_referral(
    *, by: User, referral: Referral, answer: str = "", nevertheless: bool = False
) -> Referral:
    """Take the person in; one more place of the service is taken.

    Args:
        nevertheless: where all places are taken, the provider takes them all the same.

    Raises:
        NotAllowed: the account does not answer for the organisation.
        DomainError: the referral was already answered or withdrawn; on `nevertheless`, no place is free.
    """
    referral = received_referral(by, referral)
    give_answer(referral, ReferralStatus.ACCEPTED, by=by, text=answer)
    if referral.service is not None:
        at = referral.answered_at or timezone.now()
        take = take_place if nevertheless else _take_free_place
        take(service=referral.service, at=at, by=by, holder=referral.pk, held_for=referral.person_id)
    trace_referral(by, "accept_referral", referral, ReferralStatus.SENT)
    return referral


@verb
def refuse_referral(*, by: User, referral: Referral, reason: str) -> Referral:
    """Say that the person cannot be taken in, and why; the sender reads the reason.

    Raises:
        NotAllowed: the account does not answer for the organisation.
        DomainError: the reason is missing, or the referral was already answered or withdrawn.
    """
    referral = received_referral(by, referral)
    reason = required(reason, _("Say why; the sender needs it to look further."), field="reason")
    give_answer(referral, ReferralStatus.REFUSED, by=by, text=reason)
    trace_referral(by, "refuse_referral", referral, ReferralStatus.SENT)
    return referral


LETTER = "referral_letter"
"""What the code of a letter about a referral opens."""


def _take_free_place(*, service: Service, **taken: Any) -> None:
    try:
        take_free_place(service=service, **taken)
    except NoFreePlace as full:
        message = _(
            "%(service)s has no free place. Put the person on its waiting list, correct how many places are taken, or"
            " say that you take them nevertheless."
        )
        raise NoFreePlace(message % {"service": service}, field="nevertheless") from full


def give_answer(
    referral: Referral,
    status: ReferralStatus,
    *,
    by: User | None,
    text: str,
    way: AnswerWay = AnswerWay.ACCOUNT,
    named: str = "",
) -> None:
    """Write an answer on a referral that waits for one; the codes of its letters open nothing any more.

    Args:
        named: who answered, where that was no account.

    Raises:
        DomainError: it was answered or withdrawn meanwhile, or the text is too long.
    """
    require_next(referral, status)
    if len(text) > MAX_NEED:
        raise DomainError(
            _("The text has %(length)d characters; it may have %(limit)d. Shorten it.")
            % {"length": len(text), "limit": MAX_NEED},
            field="reason" if status == ReferralStatus.REFUSED else "answer",
        )
    referral.status, referral.answer = status, text.strip()
    referral.answered_at, referral.answered_by = timezone.now(), by
    referral.answered_way, referral.answered_as = way, named.strip()
    # Who writes an answer down has read it.
    referral.seen_by_sender_at = referral.answered_at if way == AnswerWay.WRITTEN_DOWN else None
    referral.save()
    take_back(purpose=LETTER, subjects=[referral.pk])
    refresh_deadlines(referral.case)


def require_next(referral: Referral, status: ReferralStatus) -> None:
    """Refuse a passage that a referral cannot make.

    Raises:
        DomainError: it is in a status from which it does not pass to `status`; the message names it.
    """
    if not may_become(referral.status, status):
        raise DomainError(
            _("This cannot be done any more: the referral is “%(status)s”.")
            % {"status": ReferralStatus(referral.status).label}
        )


def trace_referral(
    by: User, verb: str, referral: Referral, former: ReferralStatus, *, reason: str = ""
) -> None:
    """Leave a line in the trail about a referral that passed from `former` to its status."""
    trace(
        by=by,
        verb=verb,
        case=referral.case,
        person=referral.person_id,
        subject=referral.pk,
        reason=reason,
        changes={"status": [str(former), str(referral.status)]},
    )
