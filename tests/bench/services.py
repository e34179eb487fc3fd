"""A country's worth of invented services, and how fast they are found and published.

`python -m tests.bench.services build` fills the database of the environment; without a word it measures and prints one
JSON object of milliseconds and queries by name. Run by `tests.bench`.
"""

import datetime as dt
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from punte.api.hsds.ids import derived  # noqa: E402
from punte.directory.actions import load_reference  # noqa: E402
from punte.directory.enums import CapacityUnit, ServiceMode, ServiceStatus  # noqa: E402
from punte.directory.models import (  # noqa: E402
    Capacity,
    Licence,
    Location,
    NomenclatureCode,
    OccupancySnapshot,
    OpeningHours,
    Service,
    StatusPeriod,
)
from punte.kernel.text import fold  # noqa: E402
from punte.organizations.enums import OrganizationKind  # noqa: E402
from punte.organizations.models import Organization  # noqa: E402
from punte.territory.models import Uat  # noqa: E402

SERVICES, PROVIDERS, LOCATIONS, COUNTS = 20_000, 2_000, 6_000, 6
PORTION = 2_000
WARMING, ROUNDS = 5, 41
_KINDS = ("Centrul", "Serviciul", "Căminul", "Casa", "Echipa", "Cantina", "Adăpostul", "Unitatea")
_FOR = ("de zi", "pentru vârstnici", "pentru copii", "la domiciliu", "social", "de consiliere", "respiro")
_NAMES = (
    "Speranța",
    "Sfânta Maria",
    "Țara Minunilor",
    "Curcubeul",
    "Arcadia",
    "Șansa",
    "Luceafărul",
    "Podul",
)
_NOW = dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)


Row = TypeVar("Row", bound=models.Model)


def build() -> None:
    """Fill an empty database; the same services every time but for their identifiers."""
    chance = random.Random(2026)
    load_reference(settings.CONTENT / "reference")
    uats = list(Uat.objects.filter(latitude__isnull=False).order_by("pk"))
    codes = list(NomenclatureCode.objects.all())
    with transaction.atomic():
        providers = _made(_provider(chance, uats, number) for number in range(PROVIDERS))
        locations = _made(_location(chance, uats, number) for number in range(LOCATIONS))
        missing = SERVICES - Service.objects.count()
        services = _made(_service(chance, codes, providers, number) for number in range(missing))
        _made(
            Service.locations.through(service=service, location=chance.choice(locations))
            for service in services
        )
        for rows in (_hours, _capacities, _counts, _licences, _statuses):
            _made(row for service in services for row in rows(chance, service))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _made(rows: Iterable[Row]) -> list[Row]:
    ready = list(rows)
    if ready:
        type(ready[0])._default_manager.bulk_create(ready, batch_size=PORTION)
    return ready


def _provider(chance: random.Random, uats: list[Uat], number: int) -> Organization:
    name = f"Asociația {chance.choice(_NAMES)} {number}"
    return Organization(
        name=name,
        folded_name=fold(name),
        kind=OrganizationKind.NGO,
        uat=chance.choice(uats),
        fiscal_code=str(10_000_000 + number),
        phone=f"0264 000 {number % 1000:03}",
        email=f"contact{number}@exemplu.ro",
        website=f"https://exemplu.ro/{number}",
    )


def _location(chance: random.Random, uats: list[Uat], number: int) -> Location:
    uat = chance.choice(uats)
    assert uat.latitude is not None and uat.longitude is not None
    return Location(
        uat=uat,
        address=f"Str. Exemplului nr. {number}",
        latitude=uat.latitude + chance.gauss(0, 0.01),
        longitude=uat.longitude + chance.gauss(0, 0.01),
        exact=True,
    )


def _service(
    chance: random.Random, codes: list[NomenclatureCode], providers: list[Organization], number: int
) -> Service:
    name = f"{chance.choice(_KINDS)} {chance.choice(_FOR)} „{chance.choice(_NAMES)}” {number}"
    status = chance.choices(ServiceStatus.values, [90, 5, 5])[0]
    changed = _NOW - dt.timedelta(minutes=chance.randrange(1_000_000))
    return Service(
        provider=chance.choice(providers),
        name=name,
        folded_name=fold(name),
        code=chance.choice(codes),
        status=status,
        description="Sprijin pentru familii, cu echipă de specialiști și program de zi. " * 3,
        phone=f"0264 000 {number % 1000:03}",
        email=f"serviciu{number}@exemplu.ro",
        website=f"https://exemplu.ro/servicii/{number}",
        eligibility="Persoane cu domiciliul în județ.",
        min_age=chance.choice([None, 0, 18, 65]),
        free_of_charge=chance.choice([None, True, False]),
        price="200 lei pe lună",
        required_papers="Cerere\nAct de identitate\nAnchetă socială",
        languages=["ro", "hu"] if number % 3 == 0 else ["ro"],
        step_free=chance.choice([None, True, False]),
        always_open=number % 50 == 0,
        confirmed_at=changed,
        modified_at=changed,
    )


def _hours(chance: random.Random, service: Service) -> Iterator[OpeningHours]:
    opens = chance.choice([8, 9, 10])
    for weekday in range(1, 6):
        yield OpeningHours(service=service, weekday=weekday, opens=dt.time(opens), closes=dt.time(opens + 8))


def _capacities(chance: random.Random, service: Service) -> Iterator[Capacity]:
    for year in (2025, 2026):
        yield Capacity(
            service=service,
            year=year,
            value=chance.randint(5, 120),
            unit=chance.choice(CapacityUnit.values),
            source="invented",
        )


def _counts(chance: random.Random, service: Service) -> Iterator[OccupancySnapshot]:
    for months in range(COUNTS):
        yield OccupancySnapshot(
            service=service,
            at=_NOW - dt.timedelta(days=30 * months),
            taken=chance.randint(0, 60),
            waiting=chance.choice([None, 0, 4]),
            source="invented",
        )


def _licences(chance: random.Random, service: Service) -> Iterator[Licence]:
    start = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(300))
    yield Licence(
        service=service,
        number=f"LF {chance.randrange(10_000):05}",
        issued_by="Ministerul Muncii",
        start=start,
        end=start + dt.timedelta(days=5 * 365),
    )


def _statuses(chance: random.Random, service: Service) -> Iterator[StatusPeriod]:
    if service.status == ServiceStatus.ACTIVE:
        return
    middle = dt.date(2026, 3, 1) + dt.timedelta(days=chance.randrange(200))
    yield StatusPeriod(
        service=service, status=ServiceStatus.ACTIVE, start=dt.date(2020, 1, 1), end=middle, reason=""
    )
    until = dt.date(2027, 1, 1) if chance.random() < 0.5 else None
    yield StatusPeriod(service=service, status=service.status, start=middle, expected_until=until)


def _asked() -> dict[str, list[str]]:
    """The addresses behind each figure; a few of each, so that no cache answers for them all."""
    terms = [derived("term", "modes", mode) for mode in (ServiceMode.DAY, ServiceMode.RESIDENTIAL)]
    since = timezone.localtime(_NOW - dt.timedelta(days=300)).date()
    after = timezone.localtime(_NOW - dt.timedelta(days=600)).date()
    cluj, words = 54975, ("speranta", "luceafarul", "centrul copii")
    return {
        "50 full services": [f"services?per_page=50&full=true&page={page}" for page in (1, 7, 200, 390)],
        "50 services": [f"services?per_page=50&page={page}" for page in (1, 7, 200, 390)],
        "search, three filters": [
            f"services?search={word}&taxonomy_term_id={term}&modified_after={since}"
            for word in words
            for term in terms
        ],
        "search, three filters, near": [
            f"service_at_locations?search={word}&taxonomy_term_id={terms[0]}&siruta={cluj}&proximity=20000"
            f"&modified_after={after}"
            for word in words
        ],
        "one word": [f"services?search={word}" for word in words],
        "near, all services": [f"service_at_locations?siruta={cluj}&proximity={km}000" for km in (5, 20, 60)],
        "50 services at places": [f"service_at_locations?per_page=50&page={page}" for page in (1, 7, 200)],
    }


def measure() -> dict[str, dict[str, float]]:
    """The median of each in milliseconds, and the most queries that one of it took."""
    return {
        name: _measured([f"/api/hsds/{address}" for address in asked]) for name, asked in _asked().items()
    }


def _measured(addresses: list[str]) -> dict[str, float]:
    client, times, queries = Client(), [], []
    for turn in range(WARMING + ROUNDS):
        address = addresses[turn % len(addresses)]
        began = time.perf_counter()
        answer = client.get(address)
        took = (time.perf_counter() - began) * 1000
        if answer.status_code != 200:
            sys.exit(f"{address} answered {answer.status_code}")
        if turn >= WARMING:
            times.append(took)
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        queries.append(len(captured))
    return {"ms": statistics.median(times), "queries": max(queries)}


if __name__ == "__main__":
    if sys.argv[1:] == ["build"]:
        build()
    else:
        print(json.dumps(measure()))
