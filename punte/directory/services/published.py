"""What of a service everybody may know, and what not even the public directory tells. Pure.

The address of a shelter for victims of domestic violence is kept from the public (Law 217/2003 on preventing and
combating domestic violence); so is that of a shelter for victims of trafficking (Law 678/2001). Of them the
public learns the locality, and how to call.
"""

from dataclasses import dataclass
from typing import Any

_SHELTERS = ("8790 CR-VD-", "8790 CR-VTP-")
SHELTER_CODES = (
    "8790 CR-VD-I",
    "8790 CR-VD-II",
    "8790 CR-VD-III",
    "8790 CR-VTP-I",
    "8790 CR-VTP-II",
)


def address_is_public(code: str | None) -> bool:
    """Whether the address and the exact place of a service of this nomenclature code may be published."""
    return not (code or "").startswith(_SHELTERS)


@dataclass(frozen=True)
class Spot:
    """Where a map may show a service: at its exact place, or at the seat of its UAT where that is all one knows."""

    latitude: float
    longitude: float
    exact: bool


def spots_of(service: Any) -> list[Spot]:
    """Where a map may show a service (its locations with their UATs are read); nowhere if it is a shelter."""
    if not address_is_public(service.code_id):
        return []
    spots = []
    for place in service.locations.all():
        at = place if place.exact and place.latitude is not None else place.uat
        if at.latitude is not None and at.longitude is not None:
            spots.append(Spot(at.latitude, at.longitude, exact=at is place))
    return spots
