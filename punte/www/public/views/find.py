"""The search for help: the question, the list and the map beside it."""

from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from punte.directory.help.need import benefits, needs, people, title_in
from punte.directory.help.search import Search, fitting, page_of, search_services
from punte.directory.models import Service
from punte.kernel.text import fold
from punte.territory.models import Uat
from punte.territory.outlines import outlines_of
from punte.www.frame.asked import number_in
from punte.www.frame.everybody import for_everybody
from punte.www.frame.veiled import veil
from punte.www.public.forms.find import Question
from punte.www.public.views.cards import (
    address_of_right,
    card_of,
    needs_in_words,
    people_in_words,
    points_of,
    rights_of,
)

_A_PAGE = 20
_LAST_PAGE = 200
_MOST_LOCALITIES = 400
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
    context["map_data"] = {
        "points": points_of(shown),
        "localities": _localities(question.search),
        "from": [question.place.latitude, question.place.longitude] if question.place else None,
        "tiles": settings.TILES_URL,
        "attribution": settings.TILES_ATTRIBUTION,
    }
    return render(request, "public/map.html", {**context, "map": True})


@for_everybody(seconds=_HOUR, indexed=False)
@require_safe
def outlines(request: HttpRequest) -> HttpResponse:
    """The outlines of counties and UATs as GeoJSON, as far as the operator brought them in."""
    return HttpResponse(
        outlines_of(request.GET.get("judet", "")[:2].upper()), content_type="application/geo+json"
    )


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


def _localities(search: Search) -> list[dict[str, object]]:
    """Localities with the number of services that fit, the largest first; towns without any are named for the eye."""
    services = fitting(search).values("pk")
    through = Service.locations.through
    rows = (
        through.objects.filter(service__in=services)
        .values("location__uat")
        .annotate(n=Count("service", distinct=True))
        .order_by("-n", "location__uat")[:_MOST_LOCALITIES]
    )
    counts = {row["location__uat"]: row["n"] for row in rows}
    uats = list(Uat.objects.filter(pk__in=counts).exclude(latitude=None))
    counties = {uat.county_id for uat in uats}
    towns = Uat.objects.filter(county__in=counties, urban=True).exclude(pk__in=counts).exclude(latitude=None)
    named = [*uats, *(towns if len(counties) <= 3 else ())]
    return [
        {
            "name": uat.name,
            "county": uat.county_id,
            "at": [uat.latitude, uat.longitude],
            "n": counts.get(uat.pk, 0),
        }
        for uat in named
    ]
