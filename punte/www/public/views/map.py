"""The map beside the list of services: pins with the numbers of the list, localities shaded by their services."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import ngettext

from punte.directory.help.search import Search, fitting
from punte.directory.models import Service
from punte.directory.services.published import Spot, spots_of
from punte.territory.models import Uat
from punte.www.frame.maps.drawing import Point, Shade
from punte.www.frame.maps.pins import Pin, PinMap, pin_map
from punte.www.frame.maps.steps import Steps
from punte.www.frame.veiled import veil

_MOST_LOCALITIES = 400
_AROUND = 40


@dataclass(frozen=True)
class Locality:
    """A UAT with the number of services that fit; none in a town that is there for the eye to find its way."""

    uat: Uat
    services: int

    @property
    def point(self) -> Point:
        """Longitude and latitude of the seat."""
        return self.uat.longitude or 0.0, self.uat.latitude or 0.0

    def as_data(self, steps: Steps) -> dict[str, object]:
        """For the map that moves."""
        return {
            "name": self.uat.name,
            "county": self.uat.county_id,
            "uat": self.uat.pk,
            "at": [self.uat.latitude, self.uat.longitude],
            "n": self.services,
            "step": steps.of(self.services),
        }


@dataclass(frozen=True)
class Numbered:
    """Where a service of the list stands, by its number there."""

    number: int
    name: str
    spot: Spot

    def as_data(self) -> dict[str, object]:
        """For the map that moves."""
        return {"n": self.number, "name": self.name, "at": [self.spot.latitude, self.spot.longitude]}


def numbered(services: Sequence[Service], *, first: int) -> list[Numbered]:
    """Where these services stand, `first` being the number of the first; shelters are left out."""
    return [
        Numbered(number, service.name, spot)
        for number, service in enumerate(services, start=first)
        for spot in spots_of(service)
    ]


def localities_of(search: Search) -> list[Locality]:
    """Localities with services that fit, those with most first; of up to three counties their other towns too."""
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
    return sorted((Locality(uat, counts.get(uat.pk, 0)) for uat in named), key=lambda one: -one.services)


def drawn(
    places: Sequence[Numbered],
    localities: Sequence[Locality],
    here: Point | None,
    steps: Steps,
    *,
    query: str,
) -> PinMap:
    """The map that stands on the page; a locality leads to the list of its services.

    Args:
        here: longitude and latitude of the place that one searches from.
        query: what was searched for.
    """
    veiled = veil(query)
    shades = {
        one.uat.pk: Shade(steps.of(one.services), _caption(one), _address(veiled, one))
        for one in localities
        if one.services
    }
    pins = [
        Pin(
            one.number,
            one.name,
            one.spot.latitude,
            one.spot.longitude,
            href=f"#s{one.number}",
            exact=one.spot.exact,
        )
        for one in places
    ]
    around = [] if pins else [one.point for one in localities[:_AROUND] if one.services]
    return pin_map(pins, around=around, here=here, shades=shades)


def _caption(one: Locality) -> str:
    services = ngettext("%(n)s service", "%(n)s services", one.services) % {"n": one.services}
    return f"{one.uat.name}: {services}"


def _address(veiled: str, one: Locality) -> str:
    place = urlencode({"loc": f"{one.uat.name} ({one.uat.county_id})"})
    return "?" + "&".join(part for part in (veiled, place) if part)
