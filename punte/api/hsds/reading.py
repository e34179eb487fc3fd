"""Services read for publication, many at once: each with the rows around it, and no more of these than is told."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from punte.directory.enums import ServiceStatus
from punte.directory.models import Capacity, Licence, Location, OpeningHours, Service, StatusPeriod
from punte.territory.models import Uat


class Status(NamedTuple):
    """A row of `StatusPeriod`, its end left out; `current` where it has none."""

    id: UUID
    status: str
    start: dt.date
    current: bool
    until: dt.date | None


class Hours(NamedTuple):
    """A row of `OpeningHours`."""

    weekday: int
    opens: dt.time
    closes: dt.time


class Places(NamedTuple):
    """A row of `Capacity`."""

    id: UUID
    year: int
    value: int
    unit: str
    created_at: dt.datetime


class License(NamedTuple):
    """A row of `Licence`."""

    number: str
    issued_by: str
    end: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A service, with what was read around it.

    Attributes:
        statuses: all since it opened, the newest first; read of every service only where all is told, else of those
            that are not active.
        hours, capacities, licences, locations: as they stand today; empty where one line is told.
    """

    service: Service
    statuses: Sequence[Status] = ()
    hours: Sequence[Hours] = ()
    capacities: Sequence[Places] = ()
    licences: Sequence[License] = ()
    locations: Sequence[Location] = ()

    @property
    def key(self) -> UUID:
        """The primary key of the service."""
        return self.service.pk


_ON_ONE_LINE = (
    *("code", "name", "description", "website", "email", "status", "status_since", "price", "free_of_charge"),
    *("eligibility", "min_age", "max_age", "confirmed_at", "modified_at"),
    *(f"provider__{name}" for name in ("name", "short_name", "kind", "uat", "email", "website")),
)


def on_one_line(found: QuerySet[Service]) -> list[Read]:
    """With what one line of a service says, and no more of it is read. Three queries."""
    services = list(found.select_related("provider").only(*_ON_ONE_LINE))
    _seat([service.provider for service in services])
    return _with_their_status(services)


def in_short(found: QuerySet[Service]) -> list[Read]:
    """With no more than tells what changed, for there may be very many. Two queries."""
    return _with_their_status(list(found.only("name", "status", "modified_at")))


def whole(found: QuerySet[Service]) -> list[Read]:
    """With everything that is published of a service. Seven queries."""
    services = list(found.select_related("provider"))
    keys = [service.pk for service in services]
    statuses, hours = _statuses(keys), _hours(keys)
    capacities, licences = _capacities(keys), _licences(keys)
    locations = _locations(keys)
    _seat([*(one.provider for one in services), *(one for here in locations.values() for one in here)])
    for here in locations.values():
        here.sort(key=lambda one: (one.uat.name, one.address))
    return [
        Read(
            service=service,
            statuses=statuses[service.pk],
            hours=hours[service.pk],
            capacities=capacities[service.pk],
            licences=licences[service.pk],
            locations=locations[service.pk],
        )
        for service in services
    ]


def _with_their_status(services: Sequence[Service]) -> list[Read]:
    changed = [service.pk for service in services if service.status != ServiceStatus.ACTIVE]
    statuses = _statuses(changed)
    return [Read(service=service, statuses=statuses.get(service.pk, ())) for service in services]


def _seat(rows: Iterable[Any]) -> None:
    """Give providers and locations their UAT with its county: few UATs have many of them. One query."""
    sited = [row for row in rows if row.uat_id is not None]
    uats = Uat.objects.select_related("county").in_bulk({row.uat_id for row in sited})
    for row in sited:
        row.uat = uats[row.uat_id]


def _by_service(rows: Iterable[tuple[UUID, Any]]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for service, row in rows:
        found[service].append(row)
    return found


def _statuses(keys: Sequence[UUID]) -> dict[UUID, list[Status]]:
    if not keys:
        return {}
    rows = StatusPeriod.objects.filter(service__in=keys).order_by("-start")
    told = rows.values_list("service", "pk", "status", "start", "end", "expected_until")
    return _by_service(
        (service, Status(pk, status, start, end is None, until))
        for service, pk, status, start, end, until in told
    )


def _hours(keys: Sequence[UUID]) -> dict[UUID, list[Hours]]:
    rows = OpeningHours.objects.filter(service__in=keys).order_by("weekday", "opens")
    told: Any = rows.values_list("service", "weekday", "opens", "closes")
    return _by_service((service, Hours(*row)) for service, *row in told)


def _capacities(keys: Sequence[UUID]) -> dict[UUID, list[Places]]:
    """The newest first."""
    rows = Capacity.objects.stated().filter(service__in=keys).order_by("-year", "-pk")
    told: Any = rows.values_list("service", "pk", "year", "value", "unit", "created_at")
    return _by_service((service, Places(*row)) for service, *row in told)


def _licences(keys: Sequence[UUID]) -> dict[UUID, list[License]]:
    rows = Licence.objects.current().filter(service__in=keys).order_by("-start")
    told: Any = rows.values_list("service", "number", "issued_by", "end")
    return _by_service((service, License(*row)) for service, *row in told)


def _locations(keys: Sequence[UUID]) -> dict[UUID, list[Location]]:
    links = Service.locations.through._default_manager.filter(service__in=keys).select_related("location")
    return _by_service((link.service_id, link.location) for link in links.order_by("pk"))
