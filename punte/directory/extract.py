"""The tables of an extract that the directory hands over: services, and their places."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import OuterRef, Subquery

from punte.directory.models import Capacity, OccupancySnapshot, Service
from punte.kernel.extracts import PORTION, Pseudonyms, Table


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """All of them; of a day none, for what is published is not kept day by day."""
    return () if as_of else TABLES


def _services(_pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    rows = Service.objects.order_by().values_list(
        "pk",
        "provider",
        "provider__kind",
        "code",
        "code__mode",
        "status",
        "locations__uat",
        "locations__uat__county",
    )
    yield from rows.iterator(PORTION)


def _capacities(_pseudonyms: Pseudonyms, moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    counted = OccupancySnapshot.objects.filter(service=OuterRef("service"), at__lte=moment).order_by(
        "-at", "-id"
    )
    rows = Capacity.objects.stated().annotate(
        taken=Subquery(counted.values("taken")[:1]), counted_at=Subquery(counted.values("at")[:1])
    )
    listed = rows.order_by().values_list("service", "year", "value", "unit", "source", "taken", "counted_at")
    for service, year, value, unit, source, taken, at in listed.iterator(PORTION):
        yield service, year, value, unit, source, taken, at.astimezone(dt.UTC).isoformat() if at else None


TABLES: tuple[Table, ...] = (
    Table(
        "services",
        {
            "service": "VARCHAR",
            "provider": "VARCHAR",
            "provider_kind": "VARCHAR",
            "code": "VARCHAR",
            "mode": "VARCHAR",
            "status": "VARCHAR",
            "uat": "INTEGER",
            "county": "VARCHAR",
        },
        _services,
    ),
    Table(
        "capacities",
        {
            "service": "VARCHAR",
            "year": "SMALLINT",
            "value": "INTEGER",
            "unit": "VARCHAR",
            "source": "VARCHAR",
            "taken": "INTEGER",
            "counted_at": "TIMESTAMPTZ",
        },
        _capacities,
    ),
)
