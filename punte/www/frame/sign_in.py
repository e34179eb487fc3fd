"""How an account is reached: no open door, and no account that nobody made."""

import logging
import time
from threading import Thread
from typing import Any, cast

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm, UserTokenForm, default_token_generator
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context as asked
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from punte.accounts.models import User
from punte.accounts.second_person import may_set_password
from punte.accounts.sign_in_failures import count_failure, forgive, seconds_to_wait
from punte.kernel.mail import is_sent, mailing
from punte.www.frame.client import client_address

log = logging.getLogger(__name__)


class ClosedDoorAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """After many wrong passwords the next is not tried before a while; meanwhile it is not counted either."""
        seconds = seconds_to_wait(_name(credentials), client_address(request))
        if seconds:
            answer = render(request, "429.html", {"seconds": seconds}, status=429)
            answer["Retry-After"] = str(seconds)
            raise ImmediateHttpResponse(answer)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        count_failure(_name(credentials), client_address(request))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The account of these credentials, if they are right."""
        user = cast(User | None, super().authenticate(request, **credentials))
        if user is not None:
            forgive(_name(credentials), client_address(request))
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail aside: the page is answered at once, and takes as long where nobody is written to."""
        request = asked.request
        about = {"request": request, "email": email, "current_site": get_current_site(request)}
        mail = self.render_mail(template_prefix, email, {**about, **context})
        Thread(target=_send, args=(mail,), name="mail").start()

    def pre_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse | None:
        """Whoever proved to be the holder is told why a demonstration's account does not open this door."""
        if user.is_active and not user.is_open:
            clear_login(request)
            return render(request, "account/demonstration_account.html", status=403)
        return cast(HttpResponse | None, super().pre_login(request, user, **how))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed in is not asked for the password a second time."""
        request = asked.request
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


class LinkForm(UserTokenForm):
    """A link that sets a password: good, and enough by itself for its account."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not may_set_password(self.reset_user):
            raise cast(Exception, ClosedDoorAdapter().validation_error("invalid_password_reset"))
        return cleaned


def _name(credentials: dict[str, Any]) -> str:
    """The name by which attempts to sign in are counted: the address typed, whatever its case."""
    return str(credentials.get("email") or credentials.get("username") or "").strip().lower()


def _send(mail: EmailMessage) -> None:
    """A link is for its mail alone: without a mail server it is not written anywhere, and its failure not either."""
    if mailing():
        is_sent(mail)
    else:
        log.warning(
            "A mail was asked for; none is sent from a demonstration, nor before PUNTE_EMAIL_URL is set."
        )


def password_link(request: HttpRequest, user: User) -> str:
    """The address at which the person sets a password, once, within PASSWORD_RESET_TIMEOUT."""
    return request.build_absolute_uri(password_path(user))


def mail_link(user: User, link: str) -> bool:
    """Send the link to its person in their language; whether it was sent: nowhere without a mail server."""
    if not mailing():
        return False
    with override(user.language):
        subject = _("Punte: set your password")
        text = _(
            "Open this link to set the password of your account in Punte. It works once, for a short time.\n\n"
            "%(link)s\n\n"
            "If you do not expect it, tell the administrator of your institution."
        )
        return is_sent(EmailMessage(str(subject), str(text) % {"link": link}, None, [user.email]))


def password_path(user: User) -> str:
    """The path of `password_link`."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=key)
