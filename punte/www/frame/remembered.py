"""What this browser may read without an account: kept encrypted in a cookie of one page alone, for a while.

No session is made for a resident.
"""

import json
import time
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from punte.kernel.encryption import decrypt, encrypt


@dataclass(frozen=True)
class Remembered:
    """A cookie of its own: its name, the path that it is sent to, for how many seconds."""

    cookie: str
    path: str
    seconds: int = 30 * 60

    def keep(self, response: HttpResponse, **what: str) -> HttpResponse:
        """Let this browser know something for a while."""
        response.set_cookie(
            self.cookie,
            encrypt(json.dumps({**what, "until": int(time.time()) + self.seconds})),
            max_age=self.seconds,
            path=self.path,
            httponly=True,
            samesite="Strict",
            secure=settings.HTTPS,
        )
        return response

    def read(self, request: HttpRequest) -> dict[str, Any] | None:
        """What was kept; None once the time is over or the cookie is not ours."""
        try:
            kept: dict[str, Any] = json.loads(decrypt(request.COOKIES[self.cookie]))
        except (KeyError, ValueError, InvalidTag):
            return None
        return kept if kept["until"] >= time.time() else None

    def forget(self, response: HttpResponse) -> HttpResponse:
        """Forget it on this browser."""
        response.delete_cookie(self.cookie, path=self.path, samesite="Strict")
        return response
