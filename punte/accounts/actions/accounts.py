"""Accounts are made, opened, closed and let in again by the administrator of their organisation."""

import datetime as dt

from django.utils.translation import gettext as _

from punte.accounts.actions.appointments import appoint
from punte.accounts.enums import Capability, Role
from punte.accounts.models import Team, User
from punte.accounts.queries import is_managed_only_by
from punte.accounts.second_factor import end_sessions, forget_second_factors
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError, NotAllowed
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
    """
    _require_whole_account(by, user, organization)
    record(by=by, verb="set_password_again", keeper=organization.pk, subject=user.pk)
    return user


@verb
def reset_second_factor(*, by: User, user: User, organization: Organization, reason: str) -> User:
    """Forget the second factors of a person who lost them, and sign the account out everywhere.

    Raises:
        NotAllowed: the account also works for an organisation that `by` does not manage.
        DomainError: there is no reason.
    """
    _require_whole_account(by, user, organization)
    _require_reason(reason)
    forget_second_factors(user)
    end_sessions(user)
    record(by=by, verb="reset_second_factor", keeper=organization.pk, subject=user.pk, reason=reason)
    return user


@verb
def deactivate(*, by: User, user: User, organization: Organization, reason: str) -> User:
    """Close an account: it cannot sign in, its sessions end, its past stays.

    Raises:
        NotAllowed: the account also works for an organisation that `by` does not manage.
        DomainError: it is the account of `by`, or there is no reason.
    """
    _require_whole_account(by, user, organization)
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
    _require_whole_account(by, user, organization)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(by=by, verb="reactivate_account", keeper=organization.pk, subject=user.pk)
    return user


def _require_whole_account(by: User, user: User, organization: Organization) -> None:
    by.standing.require(Capability.MANAGE_ACCOUNTS, organization.pk)
    if not is_managed_only_by(user, by):
        raise NotAllowed(
            _("This account also works for another organisation. Only its own administrator may do this.")
        )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError(_("Write the reason."), field="reason")
