"""Pages for everybody: no account, an address that may be found by a search engine, kept for a short while."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

View = Callable[..., HttpResponse]
MAY_BE_FOUND = "all"


def for_everybody(*, seconds: int = 300, indexed: bool = True) -> Callable[[View], View]:
    """Let in without an account; a page asked for without a session may be kept for so many `seconds`.

    A page with a form is kept by nobody (`seconds=0`). `indexed` pages may be listed by search engines.
    The language is chosen by a cookie, so caches ask by cookie.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if indexed and response.status_code == 200 and not request.GET:
                response.headers["X-Robots-Tag"] = MAY_BE_FOUND
            if not seconds:
                patch_cache_control(response, no_store=True)
            elif request.method in ("GET", "HEAD") and settings.SESSION_COOKIE_NAME not in request.COOKIES:
                patch_cache_control(response, public=True, max_age=seconds)
                patch_vary_headers(response, ["Cookie"])
            return response

        return login_not_required(open_to_all)

    return decorate
