"""How a petition ends: answered, sent to whom it concerns, or filed; and a longer term, once."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.kernel.errors import DomainError
from punte.petitions.actions.working import happened, locked, open_one, written
from punte.petitions.enums import OPEN, ClosingReason, EventKind, PetitionStatus
from punte.petitions.models import Petition
from punte.petitions.terms import longest_extension, set_terms

LONGEST_ANSWER = 20_000


@verb
def extend_petition(*, by: User, petition: Petition, days: int, reason: str) -> Petition:
    """Extend the term, once, where a closer inquiry is needed; the petitioner is told on the page they follow.

    Source: OG 27/2002, art. 9: the head of the institution decides it.

    Args:
        days: from 1 to as many as the rules give.

    Raises:
        NotAllowed: the account does not see the petition or does not lead here.
        DomainError: it was extended before, its term has passed or does not run, or `days` are too many.
    """
    found = open_one(by, petition)
    by.standing.require(Capability.ASSIGN, found.organization_id)
    most = longest_extension(timezone.localdate(found.received_at))
    if found.extended_days:
        raise DomainError(_("The term was already extended once."))
    if found.due_on is None or found.due_on < timezone.localdate():
        raise DomainError(_("There is no term left to extend."))
    if not 1 <= days <= most:
        raise DomainError(
            ngettext("At most %(most)s day.", "At most %(most)s days.", most) % {"most": most}, field="days"
        )
    reason = written(reason, field="reason")
    found.extended_days = days
    set_terms(found)
    found.save(update_fields=["extended_days", "due_on"])
    happened(found, EventKind.EXTENDED, by=by, text=reason)
    return found


@verb
def redirect_petition(*, by: User, petition: Petition, institution: str, reason: str = "") -> Petition:
    """Send a petition to the institution that it is for; there a new term begins (OG 27/2002).

    Raises:
        NotAllowed: the account does not see the petition.
        DomainError: it waits no more, or no institution is named.
    """
    found = open_one(by, petition)
    found.redirected_to = written(institution, field="institution", longest=250)
    found.status = PetitionStatus.REDIRECTED
    set_terms(found)
    found.save(update_fields=["redirected_to", "status", "due_on", "redirect_by"])
    happened(found, EventKind.REDIRECTED, by=by, text=reason.strip())
    return found


@verb
def answer_petition(*, by: User, petition: Petition, answer: str, basis: str) -> Petition:
    """Answer a petition; the answer stands at once on the page that the petitioner follows.

    Args:
        basis: the act on which the solution stands, which the law asks an answer to name (OG 27/2002).

    Raises:
        NotAllowed: the account does not see the petition.
        DomainError: it waits no more; a text is missing or too long.
    """
    found = open_one(by, petition)
    found.answer = written(answer, field="answer", longest=LONGEST_ANSWER)
    found.answer_basis = written(basis, field="basis", longest=300)
    found.answered_at, found.answered_by = timezone.now(), by
    found.status = PetitionStatus.ANSWERED
    set_terms(found)
    found.save(
        update_fields=[
            *("answer", "answer_basis", "answered_at", "answered_by"),
            *("status", "due_on", "redirect_by"),
        ]
    )
    happened(found, EventKind.ANSWERED, by=by)
    return found


@verb
def close_petition(*, by: User, petition: Petition, reason: str, words: str = "") -> Petition:
    """File a petition.

    Args:
        reason: a `ClosingReason`.
        words: what the petitioner is told beside it.

    Raises:
        NotAllowed: the account does not see the petition.
        DomainError: the law does not let this petition be filed for this reason.
    """
    found = locked(by, petition)
    if reason not in ClosingReason.values:
        raise DomainError(_("Choose why it is filed."), field="reason")
    if found.status == PetitionStatus.CLOSED:
        raise DomainError(_("This petition was already filed."))
    if reason == ClosingReason.ANSWERED and found.status in OPEN:
        raise DomainError(_("This petition has no answer yet."), field="reason")
    if reason == ClosingReason.ANONYMOUS and not found.anonymous:
        raise DomainError(_("The petitioner gave a name: the law asks for an answer."), field="reason")
    found.status, found.closing_reason = PetitionStatus.CLOSED, reason
    set_terms(found)
    found.save(update_fields=["status", "closing_reason", "due_on", "redirect_by"])
    happened(found, EventKind.CLOSED, by=by, text=words.strip())
    return found


def days_late(petition: Petition, today: dt.date) -> int:
    """Days since the term; negative while it is still to come, 0 where no term runs."""
    return (today - petition.due_on).days if petition.due_on else 0
