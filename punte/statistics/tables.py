"""The tables of an extract: their columns, and their rows from the database. Nobody's name, address or number."""

import csv
import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
from django.db.models import Exists, F, Max, OuterRef
from django.utils import timezone

from punte.accounts.guests import guests
from punte.assessments.models import AssessedMember, Assessment, Finding, FindingSet
from punte.kernel.extracts import PORTION, Pseudonyms, Table, key, month_of
from punte.methodology.columns import literal
from punte.people.models import Household


def write_tables(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    written: Iterable[Table],
    pseudonyms: Pseudonyms,
    moment: dt.datetime,
) -> dict[str, dict[str, Any]]:
    """Write tables as Parquet, their rows in an order that says nothing; of each its number of rows and its SHA-256.

    While the rows of one are read, that before it is sorted and packed.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        packed: dict[str, Future[dict[str, Any]]] = {}
        for table in written:
            plain = folder / f"{table.name}.csv"
            with plain.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(table.columns)
                writer.writerows(table.rows(pseudonyms, moment))
            packed[table.name] = beside.submit(_pack, connection, plain, table)
        return {name: done.result() for name, done in packed.items()}


def _pack(connection: duckdb.DuckDBPyConnection, plain: Path, table: Table) -> dict[str, Any]:
    target = plain.with_suffix(".parquet")
    columns = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in table.columns.items())
    read = f"read_csv({literal(str(plain))}, header = true, columns = {{{columns}}}, nullstr = '')"
    copy = f"COPY (SELECT * FROM {read} ORDER BY ALL) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd)"
    written = connection.execute(copy).fetchall()[0][0]
    plain.unlink()
    return {"rows": int(written), "sha256": hashlib.sha256(target.read_bytes()).hexdigest()}


def _newest() -> dict[str, tuple[str, dt.date]]:
    """By household the newest assessment and its day."""
    visits = Assessment.objects.setting_severity().filter(household__isnull=False)
    in_time = visits.order_by("visited_on", "submitted_at", "pk").values_list(
        key("household"), key("pk"), "visited_on"
    )
    return {home: (assessment, day) for home, assessment, day in in_time.iterator(PORTION)}


def _newest_sets() -> dict[str, str]:
    """By assessment its newest findings."""
    sets = FindingSet.objects.order_by("created_at", "pk").values_list(key("assessment"), key("pk"))
    return dict(sets.iterator(PORTION))


def _households(pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    newest = _newest()
    homes = Household.objects.order_by().values_list(key("pk"), key("keeper"), "uat", "uat__county", "sealed")
    for home, keeper, uat, county, sealed in homes.iterator(PORTION):
        _assessment, day = newest.get(home, (None, None))
        yield (
            pseudonyms.of("household", home),
            pseudonyms.of("organization", keeper),
            uat,
            county,
            sealed,
            day is not None,
            month_of(day),
        )


def _findings(pseudonyms: Pseudonyms, moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    sets = _newest_sets()
    current = {sets[assessment]: home for home, (assessment, _day) in _newest().items() if assessment in sets}
    alive = Finding.objects.of_the_living(timezone.localdate(moment))
    rows = alive.order_by().values_list(
        *(key("finding_set"), key("person"), "code", "severity", "dimension", "compartment"),
        "finding_set__pack__version",
    )
    for one, person, code, severity, dimension, compartment, version in rows.iterator(PORTION):
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


def _people_assessed(pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    """Each person of each visit, with how severe the newest findings of that visit are."""
    worst: dict[str, int] = {}
    found = FindingSet.objects.order_by("created_at", "pk").annotate(worst=Max("findings__severity"))
    for assessment, severity in found.values_list(key("assessment"), "worst").iterator(PORTION):
        worst[assessment] = severity or 0
    rows = AssessedMember.objects.filter(assessment__in=Assessment.objects.setting_severity())
    home = "assessment__household__"
    read = (key("person"), "person__sex", "person__birth_date", key("assessment"), "assessment__visited_on")
    told = rows.order_by().values_list(*read, key(f"{home}keeper"), f"{home}uat", f"{home}uat__county")
    for person, sex, born, assessment, day, keeper, uat, county in told.iterator(PORTION):
        yield (
            pseudonyms.of("person", person),
            pseudonyms.of("organization", keeper),
            uat,
            county,
            sex,
            None if born is None else int((day - born).days // _DAYS_OF_YEAR),
            worst.get(assessment, 0),
            month_of(day),
        )


def _rounds(pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    """Each visit with the worst that was found in each dimension; nought where nothing was."""
    visits = Assessment.objects.setting_severity()
    newest = _newest_sets()
    worst: dict[str, dict[str, int]] = {}
    found = Finding.objects.filter(finding_set__assessment__in=visits).exclude(dimension__in=_NO_NEED)
    levels = found.order_by().values_list(key("finding_set"), "dimension").annotate(worst=Max("severity"))
    for pk, dimension, severity in levels.iterator(PORTION):
        worst.setdefault(pk, {})[dimension] = severity
    dimensions = sorted({name for of_one in worst.values() for name in of_one})
    grown = F("assessment__visited_on") - dt.timedelta(days=round(18 * _DAYS_OF_YEAR))
    young = AssessedMember.objects.filter(assessment=OuterRef("pk"), person__birth_date__gt=grown)
    rows = visits.filter(household__isnull=False).annotate(children=Exists(young)).order_by()
    home = (key("household__keeper"), "household__uat", "household__uat__urban", "household__community__name")
    for pk, household, day, children, keeper, uat, urban, community in rows.values_list(
        key("pk"), key("household"), "visited_on", "children", *home
    ).iterator(PORTION):
        levels_here = worst.get(newest[pk], {}) if pk in newest else {}
        about = (
            pseudonyms.of("household", household),
            pseudonyms.of("organization", keeper),
            *(uat, urban, community or "", children, month_of(day)),
        )
        for dimension in dimensions:
            yield (*about, dimension, levels_here.get(dimension, 0))


_NO_NEED = ("age", "overall")
_DAYS_OF_YEAR = 365.25
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
        "people_assessed",
        {
            "person": "VARCHAR",
            "keeper": "VARCHAR",
            "uat": "INTEGER",
            "county": "VARCHAR",
            "sex": "VARCHAR",
            "age": "SMALLINT",
            "severity": "TINYINT",
            "month": "VARCHAR",
        },
        _people_assessed,
    ),
    Table(
        "assessment_rounds",
        {
            "household": "VARCHAR",
            "keeper": "VARCHAR",
            "uat": "INTEGER",
            "urban": "BOOLEAN",
            "community": "VARCHAR",
            "children": "BOOLEAN",
            "month": "VARCHAR",
            "dimension": "VARCHAR",
            "severity": "TINYINT",
        },
        _rounds,
    ),
)


def tables() -> list[Table]:
    """All tables of an extract: those of this room, and those that others hand over."""
    return [*TABLES, *handed_over(None)]


def handed_over(as_of: dt.date | None) -> Sequence[Table]:
    """The tables of other rooms; of a day those that are dated, with what is true on it."""
    return [table for guest in guests() if guest.extract for table in guest.extract(as_of)]
