"""A small published directory with everything that a service may say, and a way to ask for it."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from punte.directory.enums import CapacityUnit, ServiceMode, ServiceStatus
from punte.directory.models import (
    Licence,
    Location,
    NomenclatureCode,
    OccupancySnapshot,
    OpeningHours,
    Service,
    StatusPeriod,
)
from punte.organizations.enums import OrganizationKind
from tests.factories import CapacityFactory, OrganizationFactory, ServiceFactory, UatFactory

LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
SECRET_STREET = "Str. Ascunsă nr. 7"
Ask = Callable[..., Any]


@pytest.fixture
def ask(client: Client, db: None) -> Ask:
    """The JSON of an address of the API, which must answer 200."""

    def asked(path: str, **parameters: object) -> Any:
        answer = client.get(f"/api/hsds/{path}", parameters)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return asked


def names(told: Any) -> list[str]:
    """The names of the items of a page."""
    return [one["name"] for one in told["contents"]]


def everything(client: Client) -> Iterator[tuple[str, Any]]:
    """Every item that the API has to say, by its kind, as lists and details show it, in full or not."""
    for kind in LISTS:
        ways: list[dict[str, object]] = [{}]
        if kind in ("services", "organizations", "service_at_locations"):
            ways.append({"full": "true"})
        ways += {"services": [{"minimal": "true"}], "organizations": [{"full_service": "true"}]}.get(kind, [])
        for way in ways:
            for item in client.get(f"/api/hsds/{kind}", {"per_page": 500, **way}).json()["contents"]:
                yield kind, item
        for item in client.get(f"/api/hsds/{kind}", {"per_page": 500}).json()["contents"]:
            answer = client.get(f"/api/hsds/{kind}/{item['id']}")
            assert answer.status_code == 200
            yield kind, answer.json()


@pytest.fixture
def directory(db: None) -> dict[str, Any]:
    """Services of every status, one with every detail, and a shelter."""
    NomenclatureCode.objects.bulk_create(
        [
            NomenclatureCode(
                code="8891 CZ-C-II", name="Centre de zi", beneficiaries="Copii", mode=ServiceMode.DAY
            ),
            NomenclatureCode(
                code="8891 CZ-C-III", name="Centre de recuperare", beneficiaries="Copii", mode=ServiceMode.DAY
            ),
            NomenclatureCode(
                code="8790 CR-VD-I",
                name="Centre de primire în regim de urgență",
                beneficiaries="Victime ale violenței domestice",
                mode=ServiceMode.RESIDENTIAL,
            ),
        ]
    )
    town = UatFactory(siruta=54975, name="Cluj-Napoca", latitude=46.77, longitude=23.60)
    village = UatFactory(siruta=55259, name="Turda", latitude=46.57, longitude=23.78)
    provider = OrganizationFactory(
        name="Asociația Șansa",
        short_name="Șansa",
        kind=OrganizationKind.NGO,
        uat=town,
        fiscal_code="RO 12345678",
        phone="0264 000 001",
        email="contact@exemplu.ro",
        website="https://exemplu.ro/țara",
    )
    whole = _whole(provider, town)
    suspended = ServiceFactory(
        name="Cantina", code_id="8891 CZ-C-III", status=ServiceStatus.SUSPENDED, at=village
    )
    StatusPeriod.objects.create(
        service=suspended,
        status=ServiceStatus.SUSPENDED,
        start=dt.date(2026, 5, 1),
        expected_until=dt.date(2027, 3, 1),
        reason="Doamna Popescu este în concediu",
    )
    waiting = ServiceFactory(name="Club", status=ServiceStatus.SUSPENDED)
    closed = ServiceFactory(name="Cămin vechi", status=ServiceStatus.CLOSED, at=village)
    shelter = ServiceFactory(name="Adăpost", provider=provider, code_id="8790 CR-VD-I")
    for number in (7, 9):
        shelter.locations.add(
            Location.objects.create(
                uat=village,
                address=SECRET_STREET.replace("7", str(number)),
                latitude=46.5791 + number / 1000,
                longitude=23.7812,
                exact=True,
            )
        )
    return {
        "whole": whole,
        "suspended": suspended,
        "waiting": waiting,
        "closed": closed,
        "shelter": shelter,
        "provider": provider,
        "town": town,
        "village": village,
    }


def _whole(provider: Any, town: Any) -> Service:
    service: Service = ServiceFactory(
        name="Centrul de zi „Ștefăniță”",
        provider=provider,
        code_id="8891 CZ-C-II",
        description="Sprijin după școală.",
        phone="0264 000 002",
        email="zi@exemplu.ro",
        website="https://exemplu.ro/zi",
        eligibility="Copii din Cluj-Napoca",
        min_age=0,
        max_age=14,
        free_of_charge=True,
        required_papers="Cerere\n\nCertificat de naștere\n",
        languages=["ro", "hu"],
        step_free=True,
        accessibility="Rampă la intrarea din curte",
        hours_note="Vara până la 14",
        confirmed_at=timezone.make_aware(dt.datetime(2026, 10, 1, 0, 30)),
        modified_at=timezone.make_aware(dt.datetime(2026, 10, 2, 8)),
    )
    service.locations.add(
        Location.objects.create(
            uat=town, address="Str. Mehedinți nr. 1, 400001", latitude=46.755, longitude=23.55, exact=True
        )
    )
    for weekday, opens in ((1, 8), (2, 8), (3, 12)):
        OpeningHours.objects.create(
            service=service, weekday=weekday, opens=dt.time(opens), closes=dt.time(16)
        )
    Licence.objects.create(service=service, number="LF 1", start=dt.date(2024, 1, 1), end=dt.date(2099, 1, 1))
    CapacityFactory(service=service, year=2024, value=20)
    CapacityFactory(service=service, year=2025, value=30)
    CapacityFactory(service=service, year=2025, value=12, unit=CapacityUnit.PER_MONTH)
    CapacityFactory(service=service, year=2025, value=8, unit=CapacityUnit.RESIDENTIAL_PLACES)
    for month, taken in ((9, 30), (10, 27)):
        OccupancySnapshot.objects.create(
            service=service,
            at=timezone.make_aware(dt.datetime(2026, month, 1, 9)),
            taken=taken,
            waiting=4,
            source="said",
        )
    return service
