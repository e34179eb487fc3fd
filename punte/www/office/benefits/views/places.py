"""By community: how many households seem entitled to what they do not have, and what it comes to."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.benefits.catalogue import rulebook_that_holds
from punte.benefits.models import Seeming
from punte.territory.models import Community, Uat
from punte.www.frame.access import SignedIn, needs
from punte.www.office.benefits.views.words import in_words, number


@dataclass
class Place:
    """A community, or the rest of a UAT, with how many rows each entitlement has there."""

    uat: Uat
    community: Community | None
    counted: dict[str, int] = field(default_factory=dict)
    households: int = 0
    lei: Any = 0

    @property
    def called(self) -> str:
        """The community, else the UAT."""
        return str(self.community or self.uat.name)

    @property
    def query(self) -> str:
        """What the list is asked for to show this place alone."""
        asked = (
            {"community": self.community.pk} if self.community else {"uat": self.uat.pk, "community": "none"}
        )
        return urlencode(asked)


@require_safe
@needs(Capability.SEE_PEOPLE)
def entitlements_by_place(request: SignedIn) -> HttpResponse:
    """The places with the most first."""
    book = rulebook_that_holds()
    seen = Seeming.objects.visible_to(request.user).filter(entitlement__in=list(book.entitlements)).order_by()
    where = ("household__uat", "household__community")
    places: dict[tuple[Any, Any], Place] = {}
    uats = Uat.objects.in_bulk(set(seen.values_list("household__uat", flat=True)))
    communities = Community.objects.in_bulk(set(seen.values_list("household__community", flat=True)) - {None})
    homes = seen.values_list(*where).annotate(homes=Count("household", distinct=True), lei=Sum("amount"))
    for uat, community, count, lei in homes:
        found = Place(uats[uat], communities.get(community), households=count, lei=number(lei) if lei else "")
        places[uat, community] = found
    counted = seen.values_list(*where, "entitlement").annotate(rows=Count("household", distinct=True))
    for uat, community, key, rows in counted:
        places[uat, community].counted[key] = rows
    ordered = sorted(places.values(), key=lambda one: (-one.households, one.uat.name, one.called))
    titles = {key: in_words(one.title) for key, one in book.entitlements.items()}
    rows_shown = [
        (one, [(key, title, one.counted[key]) for key, title in titles.items() if key in one.counted])
        for one in ordered
    ]
    newest = seen.order_by("-reckoned_on", "pk").values_list("reckoned_on", flat=True).first()
    context = {"rows": rows_shown, "reckoned_on": newest}
    return render(request, "office_benefits/places.html", context)
