"""Which petition this browser may read."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from punte.petitions.models import Petition
from punte.www.frame.remembered import Remembered

COOKIE = "punte_petition"
PATH = "/primarie/petitie/"
SECONDS = 30 * 60
_KEPT = Remembered(COOKIE, PATH, SECONDS)


@dataclass(frozen=True)
class Opened:
    """A petition that this browser opened; with its code, where it was just sent."""

    petition: Petition
    code: str


def remember(response: HttpResponse, petition: Petition, code: str = "") -> HttpResponse:
    """Let this browser read a petition for a while."""
    return _KEPT.keep(response, petition=str(petition.pk), code=code)


def opened(request: HttpRequest) -> Opened | None:
    """The petition that this browser may read; None once the time is over or the cookie is not ours."""
    kept = _KEPT.read(request)
    if kept is None:
        return None
    related = Petition.objects.select_related("organization", "service")
    petition = related.filter(pk=kept["petition"]).first()
    return Opened(petition, kept["code"]) if petition else None


def forget(response: HttpResponse) -> HttpResponse:
    """Close the petition on this browser."""
    return _KEPT.forget(response)
