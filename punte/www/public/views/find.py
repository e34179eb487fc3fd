"""The search for help: the question, the list and the map beside it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from punte.directory.help.need import benefits, needs, people, title_in
from punte.directory.help.search import page_of, search_services
from punte.kernel.text import fold
from punte.territory.shapes import as_geojson, county_shapes, shapes_of
from punte.www.frame.asked import number_in
from punte.www.frame.everybody import for_everybody
from punte.www.frame.maps.steps import steps_of
from punte.www.frame.veiled import veil
from punte.www.public.forms.find import Question
from punte.www.public.views.cards import (
    address_of_right,
    card_of,
    needs_in_words,
    people_in_words,
    rights_of,
)
from punte.www.public.views.map import drawn, localities_of, numbered

_A_PAGE = 20
_LAST_PAGE = 200
_HOUR = 3600


@for_everybody(seconds=60)
@require_safe
def find_help(request: HttpRequest) -> HttpResponse:
    """The need in plain words, and what answers it."""
    question = Question(request.GET)
    context: dict[str, Any] = {**_answer(request, question), "map": False}
    if not question.asked:
        context["ways_in"] = ways_in()
    return render(request, "public/find.html", context)


@for_everybody(seconds=60)
@require_safe
def help_map(request: HttpRequest) -> HttpResponse:
    """The same list beside a map of it."""
    question = Question(request.GET)
    context = _answer(request, question)
    shown = [card.service for card in context["cards"]]
    found = localities_of(question.search)
    place = question.place
    here = (place.longitude, place.latitude) if place else None
    places = numbered(shown, first=context["first_number"])
    steps = steps_of(one.services for one in found)
    context["shades"] = steps.named
    context["drawn"] = drawn(places, found, here, steps, query=context["query"])
    context["map_data"] = {
        "points": [one.as_data() for one in places if one.spot.exact],
        "seats": [one.as_data() for one in places if not one.spot.exact],
        "localities": [one.as_data(steps) for one in found],
        "from": [here[1], here[0]] if here else None,
        "tiles": settings.TILES_URL,
        "attribution": settings.TILES_ATTRIBUTION,
    }
    return render(request, "public/map.html", {**context, "map": True})


@for_everybody(seconds=_HOUR, indexed=False)
@gzip_page
@require_safe
def outlines(request: HttpRequest) -> HttpResponse:
    """The ground of a map as GeoJSON: a county with its UATs (`?judet=CJ`), or every county."""
    county = request.GET.get("judet", "")[:2].upper()
    shapes = shapes_of([county] if county.isalpha() else []) if county else county_shapes()
    return HttpResponse(as_geojson(shapes), content_type="application/geo+json")


def ways_in() -> dict[str, Any]:
    """The needs, rights and people to choose from without typing."""
    language = get_language() or "ro"
    return {
        "needs": [(veil(f"nevoie={need.key}"), title_in(need.name, language)) for need in needs().values()],
        "rights": sorted(
            ((address_of_right(one), title_in(one.name, language)) for one in benefits().values()),
            key=lambda right: fold(right[1]),
        ),
        "people": [(veil(f"cine={one.key}"), title_in(one.name, language)) for one in people().values()],
    }


def _answer(request: HttpRequest, question: Question) -> dict[str, Any]:
    page = _page_number(request)
    shown = question.asked or request.resolver_match is None or request.resolver_match.url_name != "find_help"
    answer = search_services(question.search, after=(page - 1) * _A_PAGE, size=_A_PAGE) if shown else None
    records = page_of(answer.matches) if answer else []
    now = timezone.localtime()
    kilometres = {one.pk: one for one in answer.matches} if answer else {}
    asked = request.GET.copy()
    for name in ("pagina", "limba"):
        asked.pop(name, None)
    return {
        "section": "help",
        "question": question,
        "form": question.form,
        "ticks": question.ticks,
        "wider": question.wider,
        "cards": [card_of(one, kilometres[one.pk], question.search, now) for one in records],
        "rights": rights_of(question.search.reading) if page == 1 else [],
        "needs": needs_in_words(question.search.reading),
        "people": people_in_words(question.search.reading),
        "page": page,
        "more": bool(answer and answer.more) and page < _LAST_PAGE,
        "query": asked.urlencode(),
        "first_number": (page - 1) * _A_PAGE + 1,
    }


def _page_number(request: HttpRequest) -> int:
    return min(max(number_in(request.GET.get("pagina")), 1), _LAST_PAGE)
