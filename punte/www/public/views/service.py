"""A service's own page at a link that lasts, and its leaflet on paper."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from punte.directory.enums import ServiceStatus, Weekday
from punte.directory.help.need import is_about_violence
from punte.directory.help.search import Search, place_of, similar
from punte.directory.models import Licence, Service
from punte.directory.services.details import LANGUAGES
from punte.directory.services.published import address_is_public
from punte.documents.leaflet import leaflet_pdf
from punte.www.frame.download import file_response
from punte.www.frame.everybody import for_everybody
from punte.www.public.views.cards import confirmed_in_words, distance_in_words, open_in_words, where_in_words
from punte.www.public.views.leaflet import access_in_words, leaflet_of


@for_everybody(seconds=60)
@require_safe
def public_service(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that everybody may know of a service; a closed one says so and names the nearest like it."""
    service = _service(pk)
    now = timezone.localtime()
    receives = service.status == ServiceStatus.ACTIVE
    context = {
        "section": "help",
        "service": service,
        "quiet_way_out": is_about_violence(service.code_id or ""),
        "where": where_in_words(service),
        "ways": _ways_there(service),
        "open": open_in_words(service, now),
        "hours": hours_by_day(service),
        "languages": [LANGUAGES.get(code, code) for code in service.languages],
        "access": access_in_words(service),
        "papers": [line for line in service.required_papers.splitlines() if line.strip()],
        "confirmed": confirmed_in_words(service),
        "status": next(iter(service.statuses.all()), None),
        "licence": _licence(service, now.date()),
        "similar": [] if receives else _similar(service),
        "link": request.build_absolute_uri(reverse("public_service", args=[pk])),
    }
    return render(request, "public/service.html", context)


@for_everybody(seconds=60, indexed=False)
@require_safe
def leaflet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The service on one A4 page, as accessible PDF."""
    service = _service(pk)
    link = request.build_absolute_uri(reverse("public_service", args=[pk]))
    words = leaflet_of(
        service,
        where=where_in_words(service),
        hours=hours_by_day(service),
        languages=[str(LANGUAGES.get(code, code)) for code in service.languages],
        confirmed=confirmed_in_words(service),
        link=link,
    )
    content = leaflet_pdf(words, on=timezone.localdate())
    name = slugify(service.name)[:60] or "serviciu"
    return file_response(content, "application/pdf", f"{name}.pdf", inline=True)


def hours_by_day(service: Service) -> list[tuple[str, str]]:
    """The opening hours, a line a day, empty days left out."""
    by_day: dict[int, list[str]] = {}
    for one in service.hours.all():
        by_day.setdefault(one.weekday, []).append(f"{one.opens:%H:%M}–{one.closes_in_words}")
    return [(str(Weekday(day).label), ", ".join(times)) for day, times in sorted(by_day.items())]


def _service(pk: UUID) -> Service:
    found = (
        Service.objects.select_related("provider", "code")
        .prefetch_related(
            "locations__uat",
            "hours",
            "statuses",
            "licences",
        )
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _licence(service: Service, today: dt.date) -> Licence | None:
    """The licence in force."""
    for one in service.licences.all():
        if one.start <= today and (one.end is None or today < one.end):
            return one
    return None


def _similar(service: Service) -> list[dict[str, Any]]:
    place = place_of(service)
    return [
        {
            "service": one,
            "where": where_in_words(one),
            "distance": distance_in_words(one, km, Search(near=place)),
        }
        for one, km in similar(service, place)
    ]


def _ways_there(service: Service) -> list[dict[str, str]]:
    """For each public address, a link that opens the map program of the phone."""
    if not address_is_public(service.code_id):
        return []
    return [
        {"address": str(place), "url": f"geo:{place.latitude:.5f},{place.longitude:.5f}?q={_point(place)}"}
        for place in service.locations.all()
        if place.exact and place.latitude is not None and place.longitude is not None
    ]


def _point(place: Any) -> str:
    return f"{place.latitude:.5f},{place.longitude:.5f}"
