"""Pages about the open data, for people."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from punte.api.hsds.profile import DECISIONS, PROFILE_VERSION, STANDARD
from punte.api.hsds.taxonomies import TAXONOMIES


def page(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A page that everybody may read, and search engines may list."""

    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response.headers["X-Robots-Tag"] = "all"
        return response

    return login_not_required(require_safe(shown))


@page
def profile(request: HttpRequest) -> HttpResponse:
    """What HSDS-RO adds to the standard, and how it reads it."""
    romanian = (get_language() or "ro") != "en"
    return render(
        request,
        "api/profile.html",
        {
            "section": "data",
            "version": PROFILE_VERSION,
            "standard": STANDARD,
            "taxonomies": TAXONOMIES,
            "decisions": [
                {"parts": where.split("."), "words": ro if romanian else en} for where, ro, en in DECISIONS
            ],
        },
    )
