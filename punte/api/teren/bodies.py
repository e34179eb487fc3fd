"""What comes in at the endpoints of Teren: JSON, perhaps packed, never more of it than a device has to say."""

import json
import zlib
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import gettext as _

MOST_UNPACKED = 32_000_000
"""Of one request, in bytes: some hundred finished questionnaires, and far from what would trouble a small server."""

_GZIP = 16 + zlib.MAX_WBITS


class Refused(Exception):
    """A request that is answered with a status and words."""

    def __init__(self, status: int, message: str, **more: object) -> None:
        self.status, self.message, self.more = status, message, more
        super().__init__(message)


def bytes_of(request: HttpRequest) -> bytes:
    """The body of a request, unpacked.

    Raises:
        Refused: 413 where it is too large, 400 where it was cut off on the way, 415 where it is packed otherwise.
    """
    try:
        body = request.body
    except RequestDataTooBig as too_big:
        raise _too_large() from too_big
    packing = request.headers.get("Content-Encoding", "identity").strip().lower()
    if packing == "identity":
        return body
    if packing != "gzip":
        raise Refused(415, _("Only gzip is understood."))
    return _unpacked(body)


def object_of(request: HttpRequest) -> dict[str, Any]:
    """The object of JSON in a request.

    Raises:
        Refused: as for `bytes_of`; 400 where it is none.
    """
    try:
        read = json.loads(bytes_of(request), parse_constant=_no_number)
    except (ValueError, RecursionError) as damaged:
        raise _damaged() from damaged
    if not isinstance(read, dict):
        raise _damaged()
    return read


def _unpacked(body: bytes) -> bytes:
    unpacking = zlib.decompressobj(_GZIP)
    try:
        content = unpacking.decompress(body, MOST_UNPACKED + 1)
    except zlib.error as damaged:
        raise _damaged() from damaged
    if len(content) > MOST_UNPACKED or unpacking.unconsumed_tail:
        raise _too_large()
    if not unpacking.eof or unpacking.unused_data:
        raise _damaged()
    return content


def _no_number(name: str) -> float:
    raise ValueError(name)


def _damaged() -> Refused:
    return Refused(400, _("What was sent is damaged or was cut off on the way. Send it again."))


def _too_large() -> Refused:
    return Refused(413, _("Too much was sent at once. Send it in smaller parts."))
