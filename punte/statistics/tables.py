"""The tables of an extract: their columns, and their rows from the database. Nobody's name, address or number."""

import csv
import datetime as dt
import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from punte.assessments.models import Assessment, Finding, FindingSet
from punte.directory.models import Capacity, OccupancySnapshot, Service
from punte.methodology.columns import literal
from punte.people.models import Household

_PORTION = 5000
_HELD_BY_MONTH = "%Y-%m"


class Pseudonyms:
    """Names without meaning for the rows of one extract."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, kind: str, pk: UUID | None) -> str:
        """The pseudonym of a row; empty where there is none."""
        if pk is None:
            return ""
        return hmac.new(self._key, f"{kind}:{pk}".encode(), hashlib.sha256).hexdigest()[:24]


Rows = Callable[[Pseudonyms, dt.datetime], Iterator[tuple[Any, ...]]]


@dataclass(frozen=True)
class Table:
    """One file of an extract."""

    name: str
    columns: dict[str, str]
    rows: Rows


def write_table(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    table: Table,
    pseudonyms: Pseudonyms,
    moment: dt.datetime,
) -> dict[str, Any]:
    """Write one table as Parquet, its rows in an order that says nothing; its number of rows and its SHA-256."""
    plain, target = folder / f"{table.name}.csv", folder / f"{table.name}.parquet"
    try:
        with plain.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.columns)
            writer.writerows(table.rows(pseudonyms, moment))
        columns = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in table.columns.items())
        read = f"read_csv({literal(str(plain))}, header = true, columns = {{{columns}}}, nullstr = '')"
        copy = f"COPY (SELECT * FROM {read} ORDER BY ALL) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd)"
        written = connection.execute(copy).fetchall()[0][0]
    finally:
        plain.unlink(missing_ok=True)
    return {"rows": int(written), "sha256": hashlib.sha256(target.read_bytes()).hexdigest()}


def _newest() -> Iterator[tuple[UUID, UUID, dt.date]]:
    """Household, newest assessment and its day."""
    newest = (
        Assessment.objects.setting_severity()
        .filter(household=OuterRef("pk"))
        .order_by("-visited_on", "-submitted_at", "-pk")
    )
    homes = Household.objects.annotate(newest=Subquery(newest.values("pk")[:1])).filter(newest__isnull=False)
    days = homes.annotate(day=Subquery(newest.values("visited_on")[:1]))
    yield from days.order_by().values_list("pk", "newest", "day").iterator(_PORTION)


def _households(pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    days = {home: day for home, _assessment, day in _newest()}
    homes = Household.objects.order_by().values_list("pk", "keeper", "uat", "uat__county", "sealed")
    for home, keeper, uat, county, sealed in homes.iterator(_PORTION):
        day = days.get(home)
        month = day.strftime(_HELD_BY_MONTH) if day else ""
        yield (
            pseudonyms.of("household", home),
            pseudonyms.of("organization", keeper),
            uat,
            county,
            sealed,
            day is not None,
            month,
        )


def _findings(pseudonyms: Pseudonyms, moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    homes = {assessment: home for home, assessment, _day in _newest()}
    later = FindingSet.objects.filter(assessment=OuterRef("assessment")).order_by("-created_at", "-pk")
    sets = FindingSet.objects.annotate(newest=Subquery(later.values("pk")[:1]))
    current = {
        pk: homes[assessment]
        for pk, assessment, newest in sets.order_by()
        .values_list("pk", "assessment", "newest")
        .iterator(_PORTION)
        if pk == newest and assessment in homes
    }
    alive = Finding.objects.of_the_living(timezone.localdate(moment))
    rows = alive.order_by().values_list(
        "finding_set", "person", "code", "severity", "dimension", "compartment", "finding_set__pack__version"
    )
    for one, person, code, severity, dimension, compartment, version in rows.iterator(_PORTION):
        if one in current:
            yield (
                pseudonyms.of("household", current[one]),
                pseudonyms.of("person", person),
                code,
                severity,
                dimension,
                compartment,
                version,
            )


def _services(_pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    rows = Service.objects.order_by().values_list(
        "pk",
        "provider",
        "code",
        "code__mode",
        "status",
        "locations__uat",
        "locations__uat__county",
    )
    yield from rows.iterator(_PORTION)


def _capacities(_pseudonyms: Pseudonyms, moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    counted = OccupancySnapshot.objects.filter(service=OuterRef("service"), at__lte=moment).order_by(
        "-at", "-id"
    )
    rows = Capacity.objects.stated().annotate(
        taken=Subquery(counted.values("taken")[:1]), counted_at=Subquery(counted.values("at")[:1])
    )
    listed = rows.order_by().values_list("service", "year", "value", "unit", "source", "taken", "counted_at")
    for service, year, value, unit, source, taken, at in listed.iterator(_PORTION):
        yield service, year, value, unit, source, taken, at.astimezone(dt.UTC).isoformat() if at else None


TABLES: Iterable[Table] = (
    Table(
        "households",
        {
            "household": "VARCHAR",
            "keeper": "VARCHAR",
            "uat": "INTEGER",
            "county": "VARCHAR",
            "sealed": "BOOLEAN",
            "assessed": "BOOLEAN",
            "month": "VARCHAR",
        },
        _households,
    ),
    Table(
        "findings",
        {
            "household": "VARCHAR",
            "person": "VARCHAR",
            "code": "VARCHAR",
            "severity": "TINYINT",
            "dimension": "VARCHAR",
            "compartment": "VARCHAR",
            "methodology": "VARCHAR",
        },
        _findings,
    ),
    Table(
        "services",
        {
            "service": "UUID",
            "provider": "UUID",
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
            "service": "UUID",
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
