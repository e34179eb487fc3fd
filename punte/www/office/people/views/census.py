"""How far the visit of every household of a place has come."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.assessments.census import census as places_of
from punte.www.frame.access import SignedIn, needs


@require_safe
@needs(Capability.SEE_PEOPLE)
def census(request: SignedIn) -> HttpResponse:
    """The communes and communities with how many households are still to be visited, and a total."""
    places = places_of(request.user)
    total = {
        name: sum(getattr(one, name) for one in places)
        for name in ("households", "visited", "to_visit", "people", "children", "children_met")
    }
    total["percent"] = total["visited"] * 100 // total["households"] if places else 0
    return render(request, "office_people/census.html", {"places": places, "total": total})
