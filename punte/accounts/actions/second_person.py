"""A deed that needs a second person is asked for by one, and carried out when another agrees."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Deed
from punte.accounts.models import SecondPersonRequest, User
from punte.accounts.queries import require_whole_account
from punte.accounts.second_factor import end_sessions, forget_second_factors
from punte.accounts.second_person import (
    holder_may_agree,
    holder_may_refuse,
    tell_all,
    to_be_answered_by,
)
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization


@verb
def ask_second_person(
    *, by: User, user: User, organization: Organization, deed: Deed, reason: str, detail: str = ""
) -> SecondPersonRequest:
    """Ask for a deed on an account; it is carried out when a second person agrees, within 72 hours.

    Args:
        detail: the new address, where that is the deed.

    Raises:
        NotAllowed: the account also works for an organisation that `by` does not manage.
        DomainError: there is no reason, the address cannot be taken, or the same waits already.
    """
    require_whole_account(by, user, organization)
    if not reason.strip():
        raise DomainError(_("Write the reason."), field="reason")
    if deed == Deed.CHANGE_EMAIL:
        detail = free_address(detail)
    if SecondPersonRequest.objects.waiting().filter(subject=user, verb=deed).exists():
        raise DomainError(_("This was asked for already and waits for a second person."))
    asked = SecondPersonRequest.objects.create(
        organization=organization, verb=deed, subject=user, detail=detail, asked_by=by, reason=reason.strip()
    )
    _trace(by, "ask_second_person", asked)
    tell_all(asked)
    return asked


@verb
def grant_request(*, by: User, asked: SecondPersonRequest, reason: str = "") -> SecondPersonRequest:
    """Agree, as data protection officer or another administrator; the deed is carried out.

    Raises:
        NotAllowed: `by` asked for it, is its subject, or has no role, old enough, to answer it.
        DomainError: it waits no more, or what was asked can no longer be done.
    """
    return _granted(by, _open(by, asked), reason)


@verb
def refuse_request(*, by: User, asked: SecondPersonRequest, reason: str) -> SecondPersonRequest:
    """Refuse, with a reason. Same errors as `grant_request`."""
    if not reason.strip():
        raise DomainError(_("Write the reason."), field="reason")
    held = _open(by, asked)
    _answer(held, by, granted=False, reason=reason)
    _trace(by, "refuse_request", held, reason=reason)
    tell_all(held)
    return held


def grant_with_code(*, asked: SecondPersonRequest, code: str) -> SecondPersonRequest:
    """The holder agrees with a recovery code of their own, where the institution has no other administrator.

    Wrong codes are counted, whatever comes of the request; after five of them this way is shut.

    Raises:
        DomainError: it is not the holder's to answer, waits no more, or the code is wrong or used.
    """
    return _with_code(_grant_as_holder, asked, code)


def refuse_with_code(*, asked: SecondPersonRequest, code: str) -> SecondPersonRequest:
    """The holder refuses with a recovery code of their own, whoever else may answer. Counts and errors as above."""
    return _with_code(_refuse_as_holder, asked, code)


def _with_code(
    answer: Callable[[SecondPersonRequest, str], SecondPersonRequest], asked: SecondPersonRequest, code: str
) -> SecondPersonRequest:
    try:
        return answer(asked, code)
    except _WrongCode:
        SecondPersonRequest.objects.filter(pk=asked.pk).update(wrong_codes=F("wrong_codes") + 1)
        raise


class _WrongCode(DomainError):
    """Not a recovery code of the holder, or one that was used."""


@verb
def _grant_as_holder(asked: SecondPersonRequest, code: str) -> SecondPersonRequest:
    held = _held(asked)
    if not holder_may_agree(held):
        raise _over()
    _require_code(held, code)
    return _granted(held.subject, held, "")


@verb
def _refuse_as_holder(asked: SecondPersonRequest, code: str) -> SecondPersonRequest:
    held = _held(asked)
    if not holder_may_refuse(held):
        raise _over()
    _require_code(held, code)
    _answer(held, held.subject, granted=False, reason="")
    _trace(held.subject, "refuse_as_holder", held, reason="")
    tell_all(held)
    return held


def _require_code(held: SecondPersonRequest, code: str) -> None:
    kept = Authenticator.objects.filter(user=held.subject, type=Authenticator.Type.RECOVERY_CODES).first()
    if kept is None or not RecoveryCodes(kept).validate_code("".join(code.split())):
        raise _WrongCode(_("This is none of your recovery codes, or it was used already."), field="code")


def an_address(email: str) -> str:
    """The address as it is kept.

    Raises:
        DomainError: it is none.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise DomainError(
            _("“%(email)s” is not an e-mail address.") % {"email": email}, field="email"
        ) from wrong
    return email


def free_address(email: str) -> str:
    """The address as it is kept, for an account that does not have it yet.

    Raises:
        DomainError: it is none, or somebody has it.
    """
    email = an_address(email)
    if User.objects.filter(email__iexact=email).exists():
        raise DomainError(_("An account with this e-mail address exists already."), field="email")
    return email


def put_address(user: User, email: str) -> None:
    """Give an account another address; links to the former one and its sessions end."""
    user.email = free_address(email)
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    end_sessions(user)


def forget_sign_in(user: User) -> None:
    """Take away the second factors of an account and sign it out everywhere."""
    forget_second_factors(user)
    end_sessions(user)


def _granted(by: User, held: SecondPersonRequest, reason: str) -> SecondPersonRequest:
    _answer(held, by, granted=True, reason=reason)
    _trace(by, "grant_request", held, reason=reason)
    # Before the deed: at the new address another than the holder may be the one who reads.
    tell_all(held)
    if held.verb != Deed.SET_PASSWORD:
        if held.verb == Deed.RESET_SECOND_FACTOR:
            forget_sign_in(held.subject)
        else:
            put_address(held.subject, held.detail)
        held.done_at = held.answered_at
        held.save(update_fields=["done_at"])
        _trace(held.asked_by, held.verb, held, reason=held.reason)
    return held


def _open(by: User, asked: SecondPersonRequest) -> SecondPersonRequest:
    held = _held(asked)
    if not to_be_answered_by(by).filter(pk=held.pk).exists():
        raise NotAllowed(_("This is for another person to answer."))
    return held


def _held(asked: SecondPersonRequest) -> SecondPersonRequest:
    held = SecondPersonRequest.objects.select_for_update(no_key=True).get(pk=asked.pk)
    if not held.is_waiting:
        raise _over()
    return held


def _answer(held: SecondPersonRequest, by: User, *, granted: bool, reason: str) -> None:
    held.answered_by, held.answered_at = by, timezone.now()
    held.granted, held.answer = granted, reason.strip()
    held.save(update_fields=["answered_by", "answered_at", "granted", "answer"])


def _over() -> DomainError:
    return DomainError(
        _("This was answered already, or its 72 hours have passed. It can be asked for again.")
    )


def _trace(by: User, name: str, asked: SecondPersonRequest, *, reason: str | None = None) -> None:
    record(
        by=by,
        verb=name,
        keeper=asked.organization_id,
        subject=asked.subject_id,
        changes={"deed": str(asked.verb)},
        reason=asked.reason if reason is None else reason,
    )
