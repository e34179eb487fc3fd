"""Where everybody comes in: the first page of each role, and what machines ask of the installation."""

from contextlib import suppress

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from punte.kernel.errors import WrongKeys
from punte.kernel.keyring import require_own_keys
from punte.operations.doctor import State, examine, waiting_migrations
from punte.www.frame.access import SignedIn
from punte.www.frame.context import open_doors
from punte.www.frame.middleware import PUBLIC

_STATES, _SECONDS_KEPT = "how_the_installation_stands", 10


@login_not_required
@require_GET
def first_page(request: SignedIn) -> HttpResponse:
    """Send each role to the page it comes for, and who has no account to where help is found."""
    if not request.user.is_authenticated:
        return redirect("find_help")
    doors = open_doors(request.user.standing)
    return redirect(doors[0][1] if doors else "account")


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """Version, database, migrations and keys, for those who watch over the installation; 503 when it cannot work.

    With `?ready` also disk, clock and a write: how each stands or stood a moment ago, never why, which the operator
    asks of `doctor`.
    """
    if "ready" in request.GET:
        states = _states()
        failed = State.FAILED in states.values()
        return JsonResponse({"version": settings.VERSION, "states": states}, status=503 if failed else 200)
    has_its_keys = True
    try:
        require_own_keys()
        pending, reached = waiting_migrations(), True
    except WrongKeys:
        pending, reached, has_its_keys = 0, True, False
    except DatabaseError:
        pending, reached = 0, False
    state = {
        "version": settings.VERSION,
        "database": {"vendor": connection.vendor, "ok": reached},
        "migrations": ("applied" if not pending else f"pending {pending}") if reached else "unknown",
        "keys": "its own" if has_its_keys else "other",
    }
    return JsonResponse(state, status=200 if reached and has_its_keys and not pending else 503)


def _states() -> dict[str, str]:
    """How each thing stands, looked at once in a while: anybody may ask, and each look writes to the database."""
    try:
        kept: dict[str, str] | None = cache.get(_STATES)
    except (DatabaseError, WrongKeys):
        return _looked_at()
    if kept is None:
        kept = _looked_at()
        with suppress(DatabaseError, WrongKeys):
            cache.set(_STATES, kept, _SECONDS_KEPT)
    return kept


def _looked_at() -> dict[str, str]:
    return {one.what: str(one.state) for one in examine(thorough=False)}


@login_not_required
@require_GET
def robots(_request: HttpRequest) -> HttpResponse:
    """Only the public pages are for search engines."""
    doors = "".join(f"Allow: {path}\n" for path in (*PUBLIC, "/static/"))
    return HttpResponse(f"User-agent: *\n{doors}Disallow: /\n", content_type="text/plain")
