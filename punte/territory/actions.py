"""Bringing in the territory from content/reference."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from punte.territory.models import Community, County, Uat

Row = Mapping[str, str]


@transaction.atomic
def load_territory(*, counties: Iterable[Row], uats: Iterable[Row], communities: Iterable[Row]) -> None:
    """Make or bring up to date every county and UAT, and make the communities that are not there yet.

    Args:
        counties, uats, communities: rows of the files of those names, by column.
    """
    County.objects.bulk_create(
        [_county(row) for row in counties],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["siruta", "name", "region", "latitude", "longitude", "population"],
    )
    Uat.objects.bulk_create(
        [_uat(row) for row in uats],
        update_conflicts=True,
        unique_fields=["siruta"],
        update_fields=["county", "name", "kind", "urban", "latitude", "longitude", "population"],
    )
    Community.objects.bulk_create(
        [Community(uat_id=int(row["uat"]), name=row["name"], source=row["source"]) for row in communities],
        ignore_conflicts=True,
    )


def _county(row: Row) -> County:
    return County(
        code=row["code"],
        siruta=int(row["siruta"]),
        name=row["name"],
        region=row["region"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        population=int(row["population"]),
    )


def _uat(row: Row) -> Uat:
    return Uat(
        siruta=int(row["siruta"]),
        county_id=row["county"],
        name=row["name"],
        kind=row["kind"],
        urban=row["urban"] == "yes",
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        population=int(row["population"]),
    )
