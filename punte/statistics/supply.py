"""What the directory offers, where, and how far it is: read in a few queries, whatever the number of places."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from punte.directory.enums import ServiceStatus
from punte.directory.models import Location, Service
from punte.directory.rules import PLACE_UNITS
from punte.statistics.distances import kilometres
from punte.territory.models import Uat


@dataclass(frozen=True)
class Place:
    """Where a service is given: at the coordinates of its address, or of the seat of the UAT."""

    service: UUID
    code: str
    uat: int
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class Nearest:
    """The nearest service to a UAT, and the great-circle distance in km from the seat."""

    service: UUID
    uat: int
    km: float


class Supply:
    """Every place where an active service with a code is given."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = list(places)

    @classmethod
    def read(cls) -> "Supply":
        """What the directory holds now (one query)."""
        through: QuerySet[Any] = Location.services.through.objects.filter(
            service__status=ServiceStatus.ACTIVE, service__code__isnull=False
        ).annotate(
            latitude=Coalesce("location__latitude", "location__uat__latitude"),
            longitude=Coalesce("location__longitude", "location__uat__longitude"),
        )
        listed = through.order_by("service", "location").values_list(
            "service", "service__code", "location__uat", "latitude", "longitude"
        )
        return cls(Place(*row) for row in listed)

    def of(self, codes: Collection[str]) -> list[Place]:
        """The places of services with one of the codes."""
        return [place for code in sorted(codes) for place in self._by_code.get(code, ())]

    def here(self, uat: int, codes: Collection[str]) -> list[UUID]:
        """The services with one of the codes that are given in a UAT."""
        return list(
            dict.fromkeys(place.service for place in self._by_uat.get(uat, ()) if place.code in codes)
        )

    def nearest(self, uats: Sequence[Uat], codes: Collection[str]) -> Mapping[int, Nearest]:
        """For each UAT the nearest service with one of the codes; without it where there is none, or no coordinates."""
        places = [
            place for place in self.of(codes) if place.latitude is not None and place.longitude is not None
        ]
        known = [uat for uat in uats if uat.latitude is not None and uat.longitude is not None]
        if not places or not known:
            return {}
        matrix = kilometres(
            [(uat.latitude or 0, uat.longitude or 0) for uat in known],
            [(place.latitude or 0, place.longitude or 0) for place in places],
        )
        # A service given in the UAT itself counts as being there, wherever in it its address is.
        rows = {uat.pk: row for row, uat in enumerate(known)}
        for column, place in enumerate(places):
            if place.uat in rows:
                matrix[rows[place.uat], column] = 0
        best = matrix.argmin(axis=1)
        return {
            uat.pk: Nearest(places[int(at)].service, places[int(at)].uat, float(matrix[row, at]))
            for row, (uat, at) in enumerate(zip(known, best, strict=True))
        }

    @cached_property
    def _by_code(self) -> dict[str, list[Place]]:
        found = defaultdict(list)
        for place in self.places:
            found[place.code].append(place)
        return found

    @cached_property
    def _by_uat(self) -> dict[int, list[Place]]:
        found = defaultdict(list)
        for place in self.places:
            found[place.uat].append(place)
        return found


@dataclass
class Places:
    """The services of an area together, and their places as far as they are known."""

    services: int = 0
    places: int | None = None
    free: int | None = None
    unknown: int = 0

    def add(self, service: Any) -> None:
        """Count one more service."""
        self.services += 1
        counted_in_places = service.places is not None and service.places_unit in PLACE_UNITS
        if not counted_in_places:
            self.unknown += 1
            return
        self.places = (self.places or 0) + service.places
        if service.free is not None:
            self.free = (self.free or 0) + service.free


def services_in(county: str, codes: Collection[str] | None = None) -> QuerySet[Any]:
    """Active services given in a county, of the codes if any are named, with places and a row for each UAT `here`."""
    found = Service.objects.active().filter(locations__uat__county=county)
    if codes is not None:
        found = found.filter(code__in=codes)
    return (
        found.annotate(here=F("locations__uat"))
        .select_related("provider", "code")
        .order_by("folded_name", "pk")
    )
