"""What somebody searches for never stands in an address: histories, logs and whoever looks on read those.

A form that searches is sent by POST, its first field being `veil`, and answered with the address of its answer, in
which the question is encrypted: the answer can be reloaded, gone back to and paged through. Views read `request.GET` as
ever.
"""

import base64
import binascii
import re
import time
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.http import escape_leading_slashes

from punte.kernel.encryption import decrypt_bytes, encrypt_bytes
from punte.www.frame.plain_text import in_text

FIELD = "veil"
PARAMETER = "c"
_SECONDS_OF_WORK = 12 * 3600
_SECONDS_FOR_EVERYBODY = 3600
_LONGEST = 20_000
# Looked for before a query string is read: how much of one is read, and what is answered to too much, each door says.
_IS_VEILED = re.compile(rf"(?:^|&){PARAMETER}=")
_NOT_ASKED = (FIELD, PARAMETER, "csrfmiddlewaretoken", "once")
Next = Callable[[HttpRequest], HttpResponse]


def veil(query: str, *, by: object = "") -> str:
    """The query string in whose place it may stand: `c=…`; nothing for nothing.

    Args:
        by: whose question it is; nobody else's session opens it.
    """
    if not query:
        return ""
    sealed = encrypt_bytes(f"{int(time.time())} {by} {query}".encode())
    return f"{PARAMETER}={base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"


def asker(request: HttpRequest) -> str:
    """Who asks: the account, or everybody."""
    user = getattr(request, "user", None)
    return str(user.pk) if user is not None and user.is_authenticated else ""


def veiled_search(get_response: Next) -> Next:
    """Lead a search to its veiled address; read the question of one. What is old, or somebody else's, asks nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _is_search(request):
            asked = request.POST.copy()
            for name in _NOT_ASKED:
                asked.pop(name, None)
            said = any(any(values) for _name, values in asked.lists())
            address = veil(asked.urlencode(), by=asker(request)) if said else ""
            here = escape_leading_slashes(request.path)
            response = HttpResponseRedirect(f"{here}?{address}" if address else here)
            response.status_code = 303
            return response
        if _IS_VEILED.search(request.META.get("QUERY_STRING", "")):
            request.GET = _unveiled(request)  # type: ignore[assignment]
        return get_response(request)

    return middleware


def _is_search(request: HttpRequest) -> bool:
    """Whether a form that begins with the field was sent; what is longer than a question is left unread."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    short = length.isdecimal() and int(length) <= _LONGEST
    form = request.method == "POST" and request.content_type == "application/x-www-form-urlencoded"
    return form and short and request.body.startswith(f"{FIELD}=".encode())


def _unveiled(request: HttpRequest) -> QueryDict:
    """The question of an address, with what stands beside it in clear: the page, the language."""
    beside = request.GET.copy()
    tokens = beside.pop(PARAMETER)
    clear = "&".join(
        part for part in (_question(str(tokens[-1]), asker(request)), beside.urlencode()) if part
    )
    return in_text(QueryDict(clear))


def _question(token: str, who: str) -> str:
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        at, by, query = decrypt_bytes(sealed).decode().split(" ", 2)
        age = time.time() - int(at)
    except (ValueError, KeyError, InvalidTag, binascii.Error):
        return ""
    longest = _SECONDS_OF_WORK if by else _SECONDS_FOR_EVERYBODY
    mine = by in ("", who)
    return query if mine and age <= longest else ""
