"""How many a service can take, and how many places of it are free, with what they are counted in."""

from collections.abc import Sequence

from django.utils.translation import override

from punte.api.hsds.ids import derived
from punte.api.hsds.reading import Places, Read
from punte.api.hsds.taxonomies import LANGUAGE
from punte.api.hsds.writing import Item, item
from punte.directory.enums import CapacityUnit
from punte.directory.models import Service
from punte.directory.rules import PLACE_UNITS

with override(LANGUAGE):
    _UNITS = {str(unit): str(unit.label) for unit in CapacityUnit}
_UNIT_IDS = {unit: derived("unit", unit) for unit in _UNITS}


def capacities(read: Read) -> list[Item]:
    """The capacities whose free part is known: places by the newest count, and those that come round each day or month.

    HSDS requires to say how many are available. Of places that nobody counted this is not known; their number stands
    among the attributes (`capacity_attributes`) instead.
    """
    newest = _newest(read)
    counted = _counted(read, newest)
    told = []
    for capacity in newest:
        if capacity is counted:
            told.append(_occupied(capacity, read.service))
        elif capacity.unit not in PLACE_UNITS:
            told.append(_renewed(capacity))
    return told


def capacity_attributes(read: Read) -> list[Item]:
    """The capacities of which nobody counted what is free."""
    newest = _newest(read)
    counted = _counted(read, newest)
    return [
        item(
            id=derived("capacity", capacity.id),
            link_id=str(read.key),
            link_type="capacity",
            link_entity="service",
            label=f"Capacitate ({_UNITS[capacity.unit]}, {capacity.year})",
            value=str(capacity.value),
        )
        for capacity in newest
        if capacity is not counted and capacity.unit in PLACE_UNITS
    ]


def _newest(read: Read) -> Sequence[Places]:
    """The newest of each unit."""
    found: dict[str, Places] = {}
    for capacity in read.capacities:
        found.setdefault(capacity.unit, capacity)
    return list(found.values())


def _counted(read: Read, newest: Sequence[Places]) -> Places | None:
    """The one against which the occupancy is counted: of those in places, the first (see `Service`)."""
    if read.service.last_taken is None:
        return None
    return next((capacity for capacity in newest if capacity.unit in PLACE_UNITS), None)


def _occupied(capacity: Places, service: Service) -> Item:
    assert service.last_taken is not None and service.counted_at is not None
    waiting = f"; așteaptă un loc: {service.waiting}" if service.waiting is not None else ""
    return _capacity(
        capacity,
        available=max(capacity.value - service.last_taken, 0),
        description=f"Ocupate: {service.last_taken} din {capacity.value}{waiting}.",
        updated=service.counted_at.isoformat(timespec="milliseconds"),
    )


def _renewed(capacity: Places) -> Item:
    return _capacity(
        capacity,
        available=capacity.value,
        description="Câte se pot da; câte sunt luate nu se numără.",
        updated=capacity.created_at.isoformat(timespec="milliseconds"),
    )


def _capacity(capacity: Places, *, available: int, description: str, updated: str) -> Item:
    return {
        "id": str(capacity.id),
        "unit": {
            "id": _UNIT_IDS[capacity.unit],
            "name": _UNITS[capacity.unit],
            "identifier": capacity.unit,
        },
        "available": available,
        "maximum": capacity.value,
        "description": description,
        "updated": updated,
    }
