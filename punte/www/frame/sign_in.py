"""How an account is reached: no open door, and no account that nobody made."""

import time
from typing import Any, cast

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm, default_token_generator
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from punte.accounts.models import User


class ClosedDoorAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the client; behind a socket that tells none, all clients share one."""
        return request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by axes, on the address and the name together."""

    def pre_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse | None:
        """Whoever proved to be the holder is told why a demonstration's account does not open this door."""
        if user.is_active and not user.is_open:
            clear_login(request)
            return render(request, "account/demonstration_account.html", status=403)
        return cast(HttpResponse | None, super().pre_login(request, user, **how))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed in is not asked for the password a second time."""
        request = context.request
        known = get_authentication_records(request, request.user)
        if known and time.time() - known[-1]["at"] < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Signing in and out needs no message: the page that follows says it."""
        template = kwargs.get("message_template") or (args[0] if args else "")
        if str(template).endswith(("logged_in.txt", "logged_out.txt")):
            return
        super().add_message(request, level, *args, **kwargs)


class KnownUsersOnlyAdapter(DefaultSocialAccountAdapter):
    """An identity provider vouches for existing accounts; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False


class SignInForm(LoginForm):
    """E-mail and password, by our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("login", _("E-mail")), ("password", _("Password"))):
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.widget.attrs.pop("placeholder", None)


def login_name(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The name by which attempts to sign in are counted: the address typed, whatever its case."""
    given = credentials or {}
    name = given.get("login") or given.get("email") or given.get("username")
    if name is None and request is not None:
        name = request.POST.get("login", "")
    return str(name or "").strip().lower()


def password_link(request: HttpRequest, user: User) -> str:
    """The address at which the person sets a password, once, within PASSWORD_RESET_TIMEOUT."""
    return request.build_absolute_uri(password_path(user))


def password_path(user: User) -> str:
    """The path of `password_link`."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=key)
