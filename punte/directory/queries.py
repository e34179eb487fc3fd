"""Services, asked for by those who refer to them."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from punte.directory.enums import ServiceStatus
from punte.directory.models import Service, ServiceQuerySet
from punte.territory.distance import kilometres

Distance = tuple[Service, float | None]


def services_with_places(codes: Collection[str], chosen: Collection[UUID] = ()) -> ServiceQuerySet:
    """Active services in which somebody may take a place.

    Args:
        codes: how their codes of the nomenclature begin; any where empty.
        chosen: those that are among them whatever they are by now.
    """
    begins = reduce(or_, (Q(code__code__startswith=code) for code in codes), Q(pk__in=()))
    fitting = Q(status=ServiceStatus.ACTIVE) & (begins if codes else Q())
    return Service.objects.filter(fitting | Q(pk__in=chosen))


def nearest_first(
    services: ServiceQuerySet, latitude: float | None, longitude: float | None
) -> list[Distance]:
    """The services with their great-circle distance in km; equally near ones by free places, those without last.

    The distance is None, and the service last, where either place is not known. Two queries.
    """
    found = [
        (service, _distance(service, latitude, longitude))
        for service in services.select_related("provider", "code").prefetch_related("locations__uat")
    ]
    return sorted(found, key=_order)


def services_for(codes: Collection[str], latitude: float | None, longitude: float | None) -> list[Distance]:
    """Active services of the nomenclature `codes`, nearest first; full ones stay listed, with `free` 0."""
    return nearest_first(Service.objects.active().filter(code__in=codes), latitude, longitude)


def _distance(service: Service, latitude: float | None, longitude: float | None) -> float | None:
    if latitude is None or longitude is None:
        return None
    return min(
        (
            kilometres(latitude, longitude, place.latitude, place.longitude)
            for place in service.locations.all()
            if place.latitude is not None and place.longitude is not None
        ),
        default=None,
    )


def _order(found: Distance) -> tuple[bool, float, int, int, str]:
    service, distance = found
    free = service.free
    availability = 1 if free is None else 0 if free else 2
    return distance is None, round(distance or 0, 1), availability, -(free or 0), service.folded_name
