"""Services, asked for by those who refer to them."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from punte.directory.enums import ServiceStatus
from punte.kernel.text import fold
from punte.territory.distance import kilometres

if TYPE_CHECKING:
    from punte.directory.models import Service

Distance = tuple["Service", float | None]


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services with their places."""

    def active(self) -> Self:
        """Those that receive people now."""
        return self.filter(status=ServiceStatus.ACTIVE)

    def with_free_places(self) -> Self:
        """Those known to have a free place."""
        return self.filter(free__gt=0)

    def named(self, text: str) -> Self:
        """Those whose name or provider has every word of `text`, whatever its diacritics."""
        found = self
        for word in fold(text).split():
            found = found.filter(
                Q(folded_name__contains=word)
                | Q(provider__folded_name__contains=word)
                | Q(provider__short_name__icontains=word)
            )
        return found

    def in_uat(self, siruta: int) -> Self:
        """Those given in a UAT."""
        from punte.directory.models import Location

        return self.filter(
            pk__in=Location.services.through.objects.filter(location__uat=siruta).values("service")
        )


def nearest_first(
    services: models.QuerySet["Service"], latitude: float | None, longitude: float | None
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
    from punte.directory.models import Service

    return nearest_first(Service.objects.active().filter(code__in=codes), latitude, longitude)


def _distance(service: "Service", latitude: float | None, longitude: float | None) -> float | None:
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
