"""Characters that are no text never reach a page: a database refuses a null character and half of a letter.

Nobody types them; a copied address may hold them, a program sends them. In an address the mark of what cannot be read
takes their place, as it does of broken bytes. A form says that it does not take them, and gives back what was typed; so
does each door of a machine, in its own words.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from punte.www.frame.once import OF_MACHINES

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
Next = Callable[[HttpRequest], HttpResponse]


class PlainText:
    """Marks what is no text in the question of an address; such a cookie is dropped, such a path leads nowhere."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The sender names the encoding: in another than the usual one, anything may stand for half of a letter.
        if request.encoding and request.encoding.lower() != "utf-8":
            request.encoding = "utf-8"
        request.COOKIES = {name: said for name, said in request.COOKIES.items() if not _NO_TEXT.search(said)}
        if not request.path.startswith(OF_MACHINES):
            request.GET = in_text(request.GET)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, named: dict[str, Any]) -> None:
        if not request.path.startswith(OF_MACHINES) and any(
            _NO_TEXT.search(str(part)) for part in named.values()
        ):
            raise Http404


def in_text(asked: QueryDict) -> QueryDict:
    """What was asked, with a mark where something is no text."""
    if not any(_NO_TEXT.search(part) for name, said in asked.lists() for part in (name, *said)):
        return asked
    clean = QueryDict(mutable=True)
    for name, said in asked.lists():
        clean.setlist(_plain(name), _plain(said))
    return clean


def sent_json(request: HttpRequest) -> Any:
    """What a script of a page sent, with a mark where something is no text; None where it is no JSON."""
    try:
        return _plain(json.loads(request.body))
    except (ValueError, RecursionError):
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _NO_TEXT.sub(_UNREADABLE, value)
    if isinstance(value, dict):
        return {_plain(name): _plain(said) for name, said in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
