"""What stands between every request and its page."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from punte.accounts.actions.promise import has_promised
from punte.accounts.privacy import privacy
from punte.accounts.second_factor import has_second_factor, must_have_second_factor

Next = Callable[[HttpRequest], HttpResponse]

_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:{tiles};"
    " connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {frames}"
)
# Machines are answered 401 by their own doors, never sent to a page; the sign-in pages guard themselves.
_DOORS_OF_THEIR_OWN = ("/conturi/", "/api/", "/openrosa/")
PUBLIC = ("/ajutor/", "/primarie/")
_SECONDS_OF_A_YEAR = 365 * 24 * 3600
_SEEN_AT = "seen_at"
SIGNED_IN_AT = "signed_in_at"
_SECOND_FACTOR = "second_factor"
_PROMISED = "promised"
_SECONDS_BETWEEN_MARKS = 60


def policy(*, frames: str = "'none'") -> str:
    """The policy of a page; `frames` says who may show it within theirs. Maps may load the operator's tiles."""
    tiles = urlsplit(settings.TILES_URL.replace("{s}.", "*."))
    origin = f" {tiles.scheme}://{tiles.netloc}" if tiles.netloc else ""
    return _POLICY.format(tiles=origin, frames=frames)


def content_security_policy(get_response: Next) -> Next:
    """Nothing runs or loads but what Punte serves itself; WebAssembly is the questionnaire's expression parser."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy())
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response

    return middleware


def private(get_response: Next) -> Next:
    """No copy of a page that somebody signed in to see stays in a cache, not even the browser's own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if (
            settings.SESSION_COOKIE_NAME in request.COOKIES
            or settings.SESSION_COOKIE_NAME in response.cookies
        ):
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return middleware


def language_of_user(get_response: Next) -> Next:
    """Romanian unless the person chose otherwise; the browser's own language does not decide.

    Public pages also speak Hungarian and let the language be chosen by a link (`?limba=hu`).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PUBLIC):
            return _in_chosen_language(request, get_response)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "ro")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            chosen = request.session.get("language", chosen)
        translation.activate(chosen if chosen in dict(settings.LANGUAGES) else "ro")
        request.LANGUAGE_CODE = translation.get_language() or "ro"  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def languages_at(path: str) -> list[tuple[str, str]]:
    """The languages of a public page; those of few pages among them."""
    besides = [found for begins, found in settings.LANGUAGES_OF_PAGES.items() if path.startswith(begins)]
    return [*settings.PUBLIC_LANGUAGES, *(one for found in besides for one in found)]


def _in_chosen_language(request: HttpRequest, get_response: Next) -> HttpResponse:
    """A public page in the language of its link, else of the cookie, else of the account; a link is remembered."""
    known = dict(languages_at(request.path))
    asked = request.GET.get("limba", "")
    chosen = asked if asked in known else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen not in known and settings.SESSION_COOKIE_NAME in request.COOKIES:
        chosen = request.session.get("language", "")
    translation.activate(chosen if chosen in known else "ro")
    request.LANGUAGE_CODE = translation.get_language() or "ro"  # type: ignore[attr-defined]
    response = get_response(request)
    if asked in known:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            asked,
            max_age=_SECONDS_OF_A_YEAR,
            samesite="Lax",
            secure=settings.HTTPS,
        )
    return response


def end_old_session(get_response: Next) -> Next:
    """Sign out whoever was away for PUNTE_IDLE_SECONDS, and everybody PUNTE_SESSION_SECONDS after they signed in.

    The mark of presence is written once a minute at most.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # The account itself, not what reads it once it is asked for: a page asks some thousand times.
            request.user = get_user(request)
            if request.user.is_authenticated:
                _end_or_mark(request)
        return get_response(request)

    return middleware


def _end_or_mark(request: HttpRequest) -> None:
    now = int(time.time())
    away = now - request.session.get(_SEEN_AT, now)
    here = now - request.session.get(SIGNED_IN_AT, now)
    if away > settings.SESSION_IDLE_SECONDS or here > settings.SESSION_COOKIE_AGE:
        logout(request)
    elif away >= _SECONDS_BETWEEN_MARKS or _SEEN_AT not in request.session:
        request.session[_SEEN_AT] = now
        request.session.setdefault(SIGNED_IN_AT, now)


class RequireSignIn:
    """Every page needs an account, and a second factor where the role asks for one.

    A view for everybody is marked by `django.contrib.auth.decorators.login_not_required`.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if request.path.startswith(_DOORS_OF_THEIR_OWN) or not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return _send_to(request, reverse("account_login"), _("Sign in to go on. What you typed is kept."))
        if not _second_factor_in_order(request):
            return _send_to(
                request,
                reverse("mfa_activate_totp"),
                _("Your role needs a second step at sign-in. Set it up first."),
            )
        if not _promise_in_order(request, view):
            return _send_to(request, reverse("promise"), _("Read the promise of confidentiality first."))
        return None


def asks_for_data(request: HttpRequest) -> bool:
    """Whether a script sent the request, which can do nothing with a page to sign in on."""
    return (
        "application/json" in request.headers.get("Accept", "")
        or "X-Requested-With" in request.headers
        or "HX-Request" in request.headers
        or request.headers.get("Sec-Fetch-Mode") in ("cors", "same-origin")
    )


def _send_to(request: HttpRequest, door: str, why: str) -> HttpResponse:
    door = f"{door}?{urlencode({'next': way_back(request)})}"
    if asks_for_data(request):
        return JsonResponse({"login_url": door, "message": why}, status=401)
    return HttpResponseRedirect(door)


def way_back(request: HttpRequest) -> str:
    """The page to return to: the one asked for, or that from which a form was sent."""
    if request.method in ("GET", "HEAD") and not asks_for_data(request):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host() and came_from.path:
        return came_from._replace(scheme="", netloc="", fragment="").geturl()
    return "/"


def _promise_in_order(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Whether the account accepted the promise of today; asked of the database once a session and version."""
    if getattr(view, "before_the_promise", False):
        return True
    version = privacy().promise.version
    if request.session.get(_PROMISED) == version:
        return True
    user: Any = request.user
    if has_promised(user):
        if settings.PROMISE_REQUIRED:
            request.session[_PROMISED] = version
        return True
    return False


def _second_factor_in_order(request: HttpRequest) -> bool:
    if request.session.get(_SECOND_FACTOR):
        return True
    user: Any = request.user
    if not must_have_second_factor(user):
        return True
    if has_second_factor(user):
        request.session[_SECOND_FACTOR] = True
        return True
    return False
