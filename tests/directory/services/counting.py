"""What the rows say of the places of services, worked out anew, to hold beside what the services bear."""

from punte.directory.models import Service
from punte.directory.rules import FREE_UNITS, PLACE_UNITS

_BORNE = ("places", "places_unit", "last_taken", "counted_at", "free", "waiting")


def said(service: Service) -> tuple[object, ...]:
    """By its rows: places, their unit, the newest count and its moment, what is free, who waits."""
    rank = dict.fromkeys(PLACE_UNITS, 0) | {"per_day": 1, "per_month": 2}
    capacities = [one for one in service.capacities.all() if one.unit in FREE_UNITS and one.value]
    first = min(rank[one.unit] for one in capacities) if capacities else None
    capacity = max(
        (one for one in capacities if rank[one.unit] == first),
        key=lambda one: (one.year, one.pk),
        default=None,
    )
    counts = sorted(service.occupancy.all(), key=lambda one: (one.at, one.pk), reverse=True)
    count = counts[0] if counts else None
    waiting = next((one.waiting for one in counts if one.waiting is not None), None)
    free = max(capacity.value - count.taken, 0) if capacity and count else None
    return (
        capacity and capacity.value,
        capacity.unit if capacity else "",
        count and count.taken,
        count and count.at,
        free,
        waiting,
    )


def assert_borne() -> int:
    """That every service bears what its rows say; how many there are."""
    services = Service.objects.prefetch_related("capacities", "occupancy")
    for service in services:
        assert tuple(getattr(service, name) for name in _BORNE) == said(service), service
    return len(services)
