"""A referral ends: what it was for is done, or it is taken back; its answer is read."""

from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.once_links import take_back
from punte.accounts.verbs import verb
from punte.cases.actions.answer_referral import LETTER, require_next, trace_referral
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.enums import ReferralStatus
from punte.cases.models import Referral
from punte.cases.permission import received_referral, required_reason, sent_referral
from punte.cases.trail import trace
from punte.directory.actions import release_place


@verb
def finish_referral(*, by: User, referral: Referral, note: str = "") -> Referral:
    """Say that the service was given and is over; its place is free again. The partner says it, or the sender.

    Raises:
        NotAllowed: the account neither answers for the organisation nor refers in the case.
        DomainError: the referral was not accepted.
    """
    if by.standing.may(Capability.ANSWER_REFERRALS, referral.organization_id):
        referral = received_referral(by, referral)
    else:
        referral = sent_referral(by, referral)
    _end(referral, ReferralStatus.DONE, by=by)
    trace_referral(by, "finish_referral", referral, ReferralStatus.ACCEPTED, reason=note.strip())
    return referral


@verb
def withdraw_referral(*, by: User, referral: Referral, reason: str) -> Referral:
    """Take a referral back, before or after its acceptance; a place that was taken is free again.

    Raises:
        NotAllowed: the account does not refer in the case.
        DomainError: the reason is missing, or the referral is refused or over.
    """
    referral = sent_referral(by, referral)
    reason = required_reason(reason)
    former = ReferralStatus(referral.status)
    _end(referral, ReferralStatus.WITHDRAWN, by=by)
    take_back(purpose=LETTER, subjects=[referral.pk])
    trace_referral(by, "withdraw_referral", referral, former, reason=reason)
    return referral


@verb
def acknowledge_answer(*, by: User, referral: Referral) -> Referral:
    """Say that the answer was read; it leaves the list of new answers.

    Raises:
        NotAllowed: the account does not refer in the case.
    """
    referral = sent_referral(by, referral)
    referral.seen_by_sender_at = timezone.now()
    referral.save(update_fields=["seen_by_sender_at"])
    trace(
        by=by, verb="acknowledge_answer", case=referral.case, person=referral.person_id, subject=referral.pk
    )
    return referral


def _end(referral: Referral, status: ReferralStatus, *, by: User) -> None:
    require_next(referral, status)
    taken = referral.service if referral.status == ReferralStatus.ACCEPTED else None
    referral.status, referral.done_at = status, timezone.now()
    referral.save(update_fields=["status", "done_at"])
    if taken is not None:
        release_place(service=taken, at=referral.done_at, by=by, holder=referral.pk)
    refresh_deadlines(referral.case)
