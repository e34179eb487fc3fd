"""Freezing the data behind published figures, and working out which figures may be published from it."""

import datetime as dt
import json
import secrets
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.kernel.extracts import Pseudonyms, Table, of_one_moment
from punte.methodology.columns import literal
from punte.methodology.database import connect
from punte.statistics.disclosure import Count, protect
from punte.statistics.models import Extract, PublishedCount
from punte.statistics.tables import handed_over, tables, write_tables

QUERIES = ("households_assessed", "households_with_finding")
# The UATs with too few assessed households count together, as one area that is shown nowhere.
_REST = 0
Parts = dict[str, int]
Files = dict[str, dict[str, Any]]
"""By the name of a table its number of rows and its SHA-256."""


def make_extract(*, moment: dt.datetime | None = None) -> Extract:
    """Write the extract, named by its moment, and publish its figures; either both happen or neither.

    Not a verb: the installation does it, no account does; names, addresses and numbers of people never enter it.
    The pseudonyms are made with a key that is thrown away: nobody can go back from them, nor link two extracts.

    Args:
        moment: when; now unless given.

    Raises:
        DomainError: there is already an extract of that moment.
    """
    moment = (moment or timezone.now()).astimezone(dt.UTC)
    name = _named(moment)
    folder = _folder(name)
    aside = folder.with_name(f".{name}")
    with _set_aside(aside):
        connection = connect(folders=[aside])
        try:
            files = _written(connection, aside, moment, tables())
            with transaction.atomic():
                made = _fill(connection, name, moment, aside, files)
                aside.rename(folder)
        finally:
            connection.close()
    return made


def make_extract_of_day(day: dt.date, *, moment: dt.datetime | None = None) -> tuple[str, Files]:
    """Write the dated tables with what was true on a day, as it is known at a moment; its name and its files.

    No figure is published from it, and none of the tables that are not dated are in it.

    Raises:
        DomainError: there is already one of that day and moment.
    """
    moment = (moment or timezone.now()).astimezone(dt.UTC)
    name = f"{_named(moment)}-as-of-{day.isoformat()}"
    folder = _folder(name)
    aside = folder.with_name(f".{name}")
    with _set_aside(aside):
        connection = connect(folders=[aside])
        try:
            files = _written(connection, aside, moment, handed_over(day))
        finally:
            connection.close()
        _sign(aside, {"name": name, "moment": moment.isoformat(), "as_of": day.isoformat(), "files": files})
        aside.rename(folder)
    return name, files


def _named(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%dT%H-%M-%SZ}"


def _folder(name: str) -> Path:
    folder = Path(settings.VAR) / "extracts" / name
    if folder.exists() or Extract.objects.filter(name=name).exists():
        raise DomainError(_("There is already an extract of this moment: %(name)s.") % {"name": name})
    return folder


@contextmanager
def _set_aside(folder: Path) -> Iterator[None]:
    """A folder that is filled, and is gone where that does not succeed."""
    folder.mkdir(parents=True)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _written(
    connection: duckdb.DuckDBPyConnection, folder: Path, moment: dt.datetime, written: Sequence[Table]
) -> Files:
    pseudonyms = Pseudonyms(secrets.token_bytes(32))
    with of_one_moment():
        return write_tables(connection, folder, written, pseudonyms, moment)


def _sign(folder: Path, manifest: dict[str, Any]) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2), encoding="utf-8")


def _fill(
    connection: duckdb.DuckDBPyConnection, name: str, moment: dt.datetime, folder: Path, files: Files
) -> Extract:
    queries = {query: _text(query) for query in QUERIES}
    made = Extract.objects.create(
        name=name,
        moment=moment,
        threshold=settings.PUBLICATION_THRESHOLD,
        files=files,
        queries=queries,
    )
    _publish(connection, folder, made)
    known = {"name": name, "moment": moment.isoformat(), "threshold": made.threshold, "files": files}
    _sign(folder, known)
    for query, text in queries.items():
        (folder / f"{query}.sql").write_text(text, encoding="utf-8")
    return made


def _text(query: str) -> str:
    path: Path = settings.CONTENT / "statistics" / f"{query}.sql"
    return path.read_text(encoding="utf-8")


def _publish(connection: duckdb.DuckDBPyConnection, folder: Path, extract: Extract) -> None:
    for table in extract.files:
        path = literal(str(folder / f"{table}.parquet"))
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({path})")
    assessed: dict[str, dict[int, Parts]] = defaultdict(lambda: defaultdict(dict))
    for county, uat, keeper, number in _rows(connection, extract, "households_assessed"):
        assessed[county][uat][keeper] = number
    found: dict[str, dict[str, dict[int, Parts]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(dict))
    )
    for code, county, uat, keeper, number in _rows(connection, extract, "households_with_finding"):
        found[county][code][uat][keeper] = number
    rows = [
        PublishedCount(extract=extract, county_id=county, uat_id=uat, code=code, households=households)
        for county, areas in assessed.items()
        for uat, code, households in figures(areas, found[county], extract.threshold)
    ]
    PublishedCount.objects.bulk_create(rows)


def _rows(connection: duckdb.DuckDBPyConnection, extract: Extract, query: str) -> list[Any]:
    return connection.execute(extract.queries[query]).fetchall()


def figures(
    assessed: dict[int, Parts], found: dict[str, dict[int, Parts]], threshold: int
) -> list[tuple[int | None, str, int | None]]:
    """The figures of one county: UAT (None: the county), code (empty: assessed), households (None: held back).

    Args:
        assessed: households assessed, by UAT and keeper.
        found: households with a finding, by code, UAT and keeper.
    """
    houses = protect({uat: Count(parts) for uat, parts in assessed.items()}, threshold)
    made: list[tuple[int | None, str, int | None]] = [(None, "", houses.total)]
    made += [(uat, "", houses.shown.get(uat)) for uat in assessed]
    if houses.total is None:
        return made
    areas = _together(assessed, houses.hidden)
    for code, by_uat in sorted(found.items()):
        parts = _together(by_uat, houses.hidden)
        counts = {area: Count(parts.get(area, {}), of) for area, of in areas.items()}
        safe = protect(counts, threshold)
        made.append((None, code, safe.total))
        made += [
            (int(area), code, safe.shown.get(area))
            for area, count in counts.items()
            if area != _REST and count.value
        ]
    return made


def _together(by_uat: dict[int, Parts], hidden: frozenset[Any]) -> dict[int, Parts]:
    areas: dict[int, Parts] = defaultdict(lambda: defaultdict(int))
    for uat, parts in by_uat.items():
        for keeper, number in parts.items():
            areas[_REST if uat in hidden else uat][keeper] += number
    return areas
