"""The outlines of counties and UATs, for maps on any page."""

import hashlib
import re

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from punte.territory.models import Outline
from punte.territory.outlines import outlines_of
from punte.www.frame.everybody import for_everybody


def _county(request: HttpRequest) -> str | None:
    """The letters of the county asked for; what can be none asks for one that is not there."""
    asked = request.GET.get("judet", "")
    return (asked.upper() if re.fullmatch(r"[A-Za-z]{1,2}", asked) else "–") if asked else None


def _tag(request: HttpRequest) -> str:
    state = Outline.objects.aggregate(number=Count("pk"), newest=Max("created_at"))
    said = f"{_county(request)} {state['number']} {state['newest']}"
    return f'W/"{hashlib.sha256(said.encode()).hexdigest()[:20]}"'


@for_everybody(seconds=3600, indexed=False)
@gzip_page
@require_safe
@condition(etag_func=_tag)
def outlines(request: HttpRequest) -> HttpResponse:
    """GeoJSON of a county (`?judet=CJ`) or of all that was imported; without any, a collection of nothing."""
    return HttpResponse(outlines_of(_county(request)), content_type="application/geo+json")
