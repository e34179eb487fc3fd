"""Where in the city the services of the demonstration stand: an invented place in one of its neighbourhoods."""

import random
from collections.abc import Sequence

from punte.directory.help.gazetteer import Place, gazetteer
from punte.directory.models import Location, Service
from punte.directory.services.published import address_is_public

_SPREAD = 0.004
"""In degrees: a few hundred metres around the middle of a neighbourhood."""


def place_services(services: Sequence[Service], *, chance: random.Random) -> None:
    """Give each service of a city with known neighbourhoods a place of its own; shelters stay unsaid."""
    around = _neighbourhoods()
    links = Service.locations.through
    given: list[tuple[Service, Location]] = []
    for service in services:
        places = [place for place in service.locations.all() if not place.exact]
        near = around.get(places[0].uat_id) if len(places) == 1 else None
        if near and address_is_public(service.code_id):
            given.append((service, _somewhere_in(chance.choice(near), chance)))
    Location.objects.bulk_create(place for _service, place in given)
    links._default_manager.filter(service__in=[service for service, _place in given]).delete()
    links._default_manager.bulk_create(links(service=service, location=place) for service, place in given)


def _neighbourhoods() -> dict[int, list[Place]]:
    """The neighbourhoods that residents name, by the SIRUTA of their city."""
    found: dict[int, list[Place]] = {}
    for place in sorted(set(gazetteer().by_name.values()), key=str):
        if place.approximate:
            found.setdefault(place.siruta, []).append(place)
    return found


def _somewhere_in(place: Place, chance: random.Random) -> Location:
    return Location(
        uat_id=place.siruta,
        address=f"cartierul {place}",
        latitude=round(place.latitude + chance.uniform(-_SPREAD, _SPREAD), 5),
        longitude=round(place.longitude + chance.uniform(-_SPREAD, _SPREAD), 5),
        exact=True,
    )
