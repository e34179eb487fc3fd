"""Where services are given, as everybody may know it: the address of a shelter is not told (`directory.published`)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from punte.api.hsds.ids import derived, of_service_at
from punte.api.hsds.reading import Read
from punte.api.hsds.writing import Item, degrees, item
from punte.directory.models import Location, Service
from punte.directory.services.published import address_is_public
from punte.territory.models import Uat

_POSTCODE = re.compile(r"\b\d{6}\b")
COUNTRY = "RO"


@dataclass(frozen=True)
class Place:
    """A published place: a location, or, of a shelter, the UAT in which it is."""

    uat: Uat
    location: Location | None

    @property
    def id(self) -> str:
        """Its UUID."""
        return str(self.location.pk) if self.location else derived("uat", self.uat.pk)

    @property
    def point(self) -> tuple[float | None, float | None]:
        """Latitude and longitude, of the UAT where the location's are not known."""
        if self.location is None or self.location.latitude is None:
            return degrees(self.uat.latitude), degrees(self.uat.longitude)
        return degrees(self.location.latitude), degrees(self.location.longitude)

    def shown(self) -> Item:
        """The location on its own line: one-to-one properties only."""
        latitude, longitude = self.point
        return item(
            id=self.id,
            location_type="physical",
            name=str(self.location) if self.location else self.uat.name,
            description=self._description,
            latitude=latitude,
            longitude=longitude,
            external_identifier=str(self.uat.pk),
            external_identifier_type="SIRUTA",
        )

    def shown_whole(self, accessibility: Sequence[Item] = ()) -> Item:
        """The location with its address, and how one gets in."""
        return self.shown() | item(addresses=self._addresses, accessibility=list(accessibility))

    @property
    def _description(self) -> str:
        if self.location is None:
            return "Adresa nu se publică, pentru siguranța celor găzduiți."
        return "" if self.location.exact else "Coordonatele sunt ale localității, nu ale clădirii."

    @property
    def _addresses(self) -> list[Item]:
        if self.location is None or not self.location.address:
            return []
        written = _POSTCODE.search(self.location.address)
        return [
            {
                "id": derived("address", self.id),
                "address_1": self.location.address,
                "city": self.uat.name,
                "region": self.uat.county.region,
                "state_province": self.uat.county.name,
                "postal_code": written.group() if written else "",
                "country": COUNTRY,
                "address_type": "physical",
            }
        ]


@dataclass(frozen=True)
class ServiceAt:
    """A service at one of its places."""

    read: Read
    place: Place

    @cached_property
    def id(self) -> str:
        """Its UUID."""
        return of_service_at(self.read.key, self.place.id)


def place_of(service: Service, location: Location) -> Place:
    """The place as it is published for this service."""
    return Place(location.uat, location if address_is_public(service.code_id) else None)


def places_of(read: Read) -> list[ServiceAt]:
    """Where a service is given, each place once."""
    return _once(ServiceAt(read, place_of(read.service, location)) for location in read.locations)


def service_at(identifier: UUID, services: Iterable[Read]) -> ServiceAt | None:
    """The service at a place that an identifier names, of those that it may mean."""
    sought = str(identifier)
    return next((at for service in services for at in places_of(service) if at.id == sought), None)


def _once(found: Iterable[ServiceAt]) -> list[ServiceAt]:
    return list({at.place.id: at for at in found}.values())
