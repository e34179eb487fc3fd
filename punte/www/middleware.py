"""What stands between every request and its page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

Next = Callable[[HttpRequest], HttpResponse]

_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:;"
    " connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def content_security_policy(get_response: Next) -> Next:
    """Nothing runs or loads but what Punte serves itself; WebAssembly is the questionnaire's expression parser."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        return response

    return middleware


def language_of_user(get_response: Next) -> Next:
    """Romanian unless the person chose otherwise; the browser's own language does not decide."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get("punte_language", "ro")
        translation.activate(chosen if translation.check_for_language(chosen) else "ro")
        request.LANGUAGE_CODE = translation.get_language() or "ro"  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def require_sign_in(get_response: Next) -> Next:
    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return middleware
