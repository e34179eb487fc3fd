"""Accounts are made, opened, closed and let in again by the administrator of their organisation."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.actions.appointments import appoint
from punte.accounts.actions.second_person import forget_sign_in, put_address
from punte.accounts.enums import Capability, Deed, Role
from punte.accounts.models import Team, User
from punte.accounts.queries import require_whole_account
from punte.accounts.second_factor import end_sessions
from punte.accounts.second_person import agreed_by_second_person, needs_second_person
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization


@verb
def invite(
    *,
    by: User,
    organization: Organization,
    email: str,
    name: str,
    role: Role,
    start: dt.date,
    team: Team | None = None,
    end: dt.date | None = None,
    profession: str = "",
    phone: str = "",
) -> User:
    """Make an account without a password and appoint it; the person sets the password by a link of one use.

    Raises:
        NotAllowed: `by` does not manage accounts of the organisation.
        DomainError: an account with this address exists already.
    """
    by.standing.require(Capability.MANAGE_ACCOUNTS, organization.pk)
    if User.objects.filter(email__iexact=email).exists():
        raise DomainError(
            _("An account with this e-mail address exists already. Appoint it instead of making another."),
            field="email",
        )
    user = User.objects.create_user(email=email, name=name, profession=profession, phone=phone)
    record(by=by, verb="invite", keeper=organization.pk, subject=user.pk)
    appoint(by=by, user=user, organization=organization, role=role, team=team, start=start, end=end)
    return user


@verb
def set_password_again(*, by: User, user: User, organization: Organization) -> User:
    """Let the administrator hand the person a link of one use that sets a new password.

    Raises:
        NotAllowed: the account also works for an organisation that `by` does not manage.
        DomainError: a second person has to agree first, and did not, or a link was made with that already.
    """
    require_whole_account(by, user, organization)
    agreed = agreed_by_second_person(by, user, Deed.SET_PASSWORD)
    if agreed is not None:
        agreed.done_at, agreed.detail = timezone.now(), user.password
        agreed.save(update_fields=["done_at", "detail"])
    else:
        _require_one_person_is_enough(user)
    record(by=by, verb="set_password_again", keeper=organization.pk, subject=user.pk)
    return user


@verb
def reset_second_factor(*, by: User, user: User, organization: Organization, reason: str) -> User:
    """Forget the second factors of a person who lost them, and sign the account out everywhere.

    Raises:
        NotAllowed: the account also works for an organisation that `by` does not manage.
        DomainError: there is no reason, or a second person has to agree.
    """
    require_whole_account(by, user, organization)
    _require_one_person_is_enough(user)
    _require_reason(reason)
    forget_sign_in(user)
    record(by=by, verb="reset_second_factor", keeper=organization.pk, subject=user.pk, reason=reason)
    return user


@verb
def change_email(*, by: User, user: User, organization: Organization, email: str, reason: str) -> User:
    """Give an account another e-mail address, by which its holder signs in and gets links.

    Raises:
        NotAllowed: the account also works for an organisation that `by` does not manage.
        DomainError: there is no reason, the address cannot be taken, or a second person has to agree.
    """
    require_whole_account(by, user, organization)
    _require_one_person_is_enough(user)
    _require_reason(reason)
    put_address(user, email)
    record(by=by, verb="change_email", keeper=organization.pk, subject=user.pk, reason=reason)
    return user


@verb
def deactivate(*, by: User, user: User, organization: Organization, reason: str) -> User:
    """Close an account: it cannot sign in, its sessions end, its past stays.

    Raises:
        NotAllowed: the account also works for an organisation that `by` does not manage.
        DomainError: it is the account of `by`, or there is no reason.
    """
    require_whole_account(by, user, organization)
    if user.pk == by.pk:
        raise DomainError(_("You cannot close your own account. Ask another administrator."))
    _require_reason(reason)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    record(by=by, verb="deactivate_account", keeper=organization.pk, subject=user.pk, reason=reason)
    return user


@verb
def reactivate(*, by: User, user: User, organization: Organization) -> User:
    """Open a closed account again.

    Raises:
        NotAllowed: the account also works for an organisation that `by` does not manage.
    """
    require_whole_account(by, user, organization)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(by=by, verb="reactivate_account", keeper=organization.pk, subject=user.pk)
    return user


def _require_one_person_is_enough(user: User) -> None:
    if needs_second_person(user):
        raise DomainError(
            _(
                "The role of this account reads about violence, or answers as second person."
                " A second person has to agree."
            )
        )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError(_("Write the reason."), field="reason")
