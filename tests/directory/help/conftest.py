"""A city with its neighbourhoods, a commune, and services in them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from punte.directory.models import (
    Location,
    NomenclatureCode,
    OccupancySnapshot,
    OpeningHours,
    Service,
)
from punte.territory.models import Uat
from tests.factories import CapacityFactory, CountyFactory, OrganizationFactory, ServiceFactory, UatFactory

CODES = {
    "8891 CZ-C-II": "day",
    "8810 ID-I": "home",
    "8790 CR-VD-I": "residential",
    "8730 CR-V-I": "residential",
    "8899 CZ-PN-V": "community",
}
MANASTUR = (46.757, 23.558)
MARASTI = (46.780, 23.613)


@dataclass
class City:
    """What the tests of the search for help stand on."""

    cluj: Uat
    commune: Uat

    def service(
        self,
        name: str,
        code: str | None = "8891 CZ-C-II",
        at: tuple[float, float] | None = None,
        **values: Any,
    ) -> Service:
        """A service of a code at a point of the city, or in it somewhere."""
        uat = values.pop("uat", self.cluj)
        made = ServiceFactory(
            name=name, code_id=code, provider=OrganizationFactory(name=f"Furnizor {name}"), **values
        )
        point = at or (uat.latitude, uat.longitude)
        address = f"str. Exemplu nr. 1 ({name})" if at else ""
        made.locations.add(
            Location.objects.create(
                uat=uat, latitude=point[0], longitude=point[1], exact=at is not None, address=address
            )
        )
        return made

    @staticmethod
    def counted(service: Service, *, places: int, taken: int) -> None:
        """A capacity and the newest count."""
        CapacityFactory(service=service, value=places)
        OccupancySnapshot.objects.create(service=service, at=timezone.now(), taken=taken, source="said")

    @staticmethod
    def open_on(service: Service, weekday: int, opens: str = "08:00", closes: str = "16:00") -> None:
        """Hours of a day."""
        OpeningHours.objects.create(
            service=service,
            weekday=weekday,
            opens=dt.time.fromisoformat(opens),
            closes=dt.time.fromisoformat(closes),
        )


@pytest.fixture
def city(db: None) -> City:
    """Cluj-Napoca and a commune 20 km away, without services."""
    for code, mode in CODES.items():
        NomenclatureCode.objects.create(code=code, name=f"Servicii {code}", beneficiaries="oameni", mode=mode)
    county = CountyFactory(code="CJ")
    cluj = UatFactory(siruta=54975, name="Cluj-Napoca", county=county, latitude=46.7712, longitude=23.6236)
    return City(
        cluj, UatFactory(siruta=55008, name="Aghireșu", county=county, latitude=46.87, longitude=23.24)
    )
