"""How many a service can take, and how many places of it are free, with what they are counted in."""

from collections.abc import Sequence

from django.utils.translation import override

from punte.api.hsds.ids import derived
from punte.api.hsds.taxonomies import LANGUAGE
from punte.api.hsds.writing import Item, item
from punte.directory.enums import CapacityUnit
from punte.directory.models import Capacity, OccupancySnapshot, Service
from punte.directory.rules import PLACE_UNITS

with override(LANGUAGE):
    _UNITS = {str(unit): str(unit.label) for unit in CapacityUnit}


def capacities(service: Service) -> list[Item]:
    """The capacities whose free part is known: places by the newest count, and those that come round each day or month.

    HSDS requires to say how many are available. Of places that nobody counted this is not known; their number stands
    among the attributes (`capacity_attributes`) instead.
    """
    newest = _newest(service)
    counted = _counted(service, newest)
    told = []
    for capacity in newest:
        if capacity is counted:
            told.append(_occupied(capacity, service.newest_count))  # type: ignore[attr-defined]
        elif capacity.unit not in PLACE_UNITS:
            told.append(_renewed(capacity))
    return told


def capacity_attributes(service: Service) -> list[Item]:
    """The capacities of which nobody counted what is free."""
    newest = _newest(service)
    counted = _counted(service, newest)
    return [
        item(
            id=derived("capacity", capacity.pk),
            link_id=str(service.pk),
            link_type="capacity",
            link_entity="service",
            label=f"Capacitate ({_UNITS[capacity.unit]}, {capacity.year})",
            value=str(capacity.value),
        )
        for capacity in newest
        if capacity is not counted and capacity.unit in PLACE_UNITS
    ]


def _newest(service: Service) -> Sequence[Capacity]:
    """The newest of each unit."""
    found: dict[str, Capacity] = {}
    for capacity in sorted(service.capacities.all(), key=lambda one: (one.year, one.pk), reverse=True):
        found.setdefault(capacity.unit, capacity)
    return list(found.values())


def _counted(service: Service, newest: Sequence[Capacity]) -> Capacity | None:
    """The one against which the occupancy is counted: of those in places, the first (see `with_places`)."""
    if service.newest_count is None:  # type: ignore[attr-defined]
        return None
    return next((capacity for capacity in newest if capacity.unit in PLACE_UNITS), None)


def _occupied(capacity: Capacity, count: OccupancySnapshot) -> Item:
    waiting = f"; așteaptă un loc: {count.waiting}" if count.waiting is not None else ""
    return _capacity(
        capacity,
        available=max(capacity.value - count.taken, 0),
        description=f"Ocupate: {count.taken} din {capacity.value}{waiting}.",
        updated=count.at.isoformat(timespec="milliseconds"),
    )


def _renewed(capacity: Capacity) -> Item:
    return _capacity(
        capacity,
        available=capacity.value,
        description="Câte se pot da; câte sunt luate nu se numără.",
        updated=capacity.created_at.isoformat(timespec="milliseconds"),
    )


def _capacity(capacity: Capacity, *, available: int, description: str, updated: str) -> Item:
    return {
        "id": str(capacity.pk),
        "unit": {
            "id": derived("unit", capacity.unit),
            "name": _UNITS[capacity.unit],
            "identifier": capacity.unit,
        },
        "available": available,
        "maximum": capacity.value,
        "description": description,
        "updated": updated,
    }
