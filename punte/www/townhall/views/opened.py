"""Which petition this browser may read: kept encrypted in a cookie of this page alone, for half an hour.

No session is made for a resident, and nothing of what they wrote leaves the database but on the page itself.
"""

import json
import time
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from punte.kernel.encryption import decrypt, encrypt
from punte.petitions.models import Petition

COOKIE = "punte_petition"
PATH = "/primarie/petitie/"
SECONDS = 30 * 60


@dataclass(frozen=True)
class Opened:
    """A petition that this browser opened; with its code, where it was just sent."""

    petition: Petition
    code: str


def remember(response: HttpResponse, petition: Petition, code: str = "") -> HttpResponse:
    """Let this browser read a petition for a while."""
    kept = {"petition": str(petition.pk), "code": code, "until": int(time.time()) + SECONDS}
    response.set_cookie(
        COOKIE,
        encrypt(json.dumps(kept)),
        max_age=SECONDS,
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=settings.HTTPS,
    )
    return response


def opened(request: HttpRequest) -> Opened | None:
    """The petition that this browser may read; None once the time is over or the cookie is not ours."""
    try:
        kept = json.loads(decrypt(request.COOKIES[COOKIE]))
    except (KeyError, ValueError, InvalidTag):
        return None
    if kept["until"] < time.time():
        return None
    related = Petition.objects.select_related("organization", "service")
    petition = related.filter(pk=kept["petition"]).first()
    return Opened(petition, kept["code"]) if petition else None


def forget(response: HttpResponse) -> HttpResponse:
    """Close the petition on this browser."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    return response
