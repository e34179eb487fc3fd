"""The page of a right: what it is, for whom, where one asks, with what papers, by which law."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from punte.directory.help.need import VIOLENCE, benefits, needs, title_in
from punte.www.frame.everybody import for_everybody
from punte.www.frame.veiled import veil


@for_everybody(seconds=60)
@require_safe
def public_benefit(request: HttpRequest, number: str) -> HttpResponse:
    """All that everybody may know of a right, with what to do next."""
    found = next((one for one in benefits().values() if one.number == number), None)
    if found is None:
        raise Http404
    language = get_language() or "ro"
    context: dict[str, Any] = {
        "section": "help",
        "name": title_in(found.name, language),
        "urgent": found.urgent,
        "quiet_way_out": VIOLENCE in found.who,
        "parts": [
            (heading, title_in(told.text, language), told.known.proposed)
            for heading, told in (
                (gettext("What it is"), found.what),
                (gettext("For whom it is"), found.for_whom),
                (gettext("Until when"), found.term),
            )
            if told
        ],
        "places": [title_in(place.name, language) for place in found.ask_at],
        "number": number,
        "written_to": any(place.written_to for place in found.ask_at),
        "papers": [title_in(paper, language) for paper in found.papers.names],
        "papers_proposed": found.papers.known.proposed,
        "steps": found.next.get(language) or found.next["ro"],
        "law": found.law,
        "proposed": found.proposed,
        "helped_by": [
            (veil(f"nevoie={key}"), title_in(needs()[key].name, language)) for key in found.helped_by
        ],
        "sources": list(dict.fromkeys(one.source for one in found.known)),
        "link": request.build_absolute_uri(reverse("public_benefit", args=[number])),
    }
    return render(request, "public/benefit.html", context)
