"""What every address of the API does alike: methods, open origins, refusals as data, unchanged answers as 304."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from punte.api.hsds.problems import Problem, not_offered, too_large
from punte.api.hsds.writing import Item, as_json

READ = ("GET", "HEAD", "OPTIONS")
SEARCH = ("GET", "HEAD", "OPTIONS", "POST")
LINES = "application/x-ndjson"
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Content-Disposition",
}
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
Answer = Callable[..., HttpResponseBase]


def endpoint(methods: tuple[str, ...] = READ) -> Callable[[Answer], Answer]:
    """A view that everybody may call from anywhere, without an account, by these methods only."""

    def marked(view: Answer) -> Answer:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "OPTIONS":
                response: HttpResponseBase = _preflight(methods)
            elif request.method not in methods:
                response = not_offered(request.method or "", methods)
            else:
                try:
                    response = view(request, *args, **kwargs)
                except Problem as problem:
                    response = problem.response()
                except (RequestDataTooBig, TooManyFieldsSent):
                    response = too_large().response()
            for name, value in _CORS.items():
                response[name] = value
            response.headers.setdefault("Cache-Control", "no-cache")
            return response

        return login_not_required(csrf_exempt(answer))

    return marked


def document(request: HttpRequest, data: Mapping[str, Any]) -> HttpResponse:
    """One object, or one page of a list; 304 where the caller has it already."""
    return unchanged_or(request, HttpResponse(as_json(data), content_type="application/json"))


def unchanged_or(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with its ETag, or 304 where the caller names that."""
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    if request.method not in ("GET", "HEAD"):
        return response
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def lines(items: Iterable[Item]) -> StreamingHttpResponse:
    """All items, one a line, as they are read."""

    def written() -> Iterator[bytes]:
        for one in items:
            yield as_json(one) + b"\n"

    return StreamingHttpResponse(written(), content_type=LINES)


def _preflight(methods: tuple[str, ...]) -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(methods)
    for name, value in _PREFLIGHT.items():
        response[name] = value
    return response
