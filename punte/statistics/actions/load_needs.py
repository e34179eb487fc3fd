"""Bringing in the needs that the strategy's annex states by UAT."""

import csv
from pathlib import Path

from django.db import transaction

from punte.kernel.text import fold
from punte.statistics.models import StatedNeed
from punte.territory.models import Uat

DATASET = "uat_needs_2023_2030"
COUNTY = "CJ"
EVERYWHERE = "Toate"


@transaction.atomic
def load_needs(folder: Path) -> tuple[int, int]:
    """Make or bring up to date every line of the annex (R130, R197).

    Not a verb: the installation does it, no account does, and it touches nobody's record.

    Args:
        folder: where the file lies; without it nothing changes.

    Returns:
        How many needs there are now, and how many of them are new.

    Raises:
        KeyError: a line names a UAT that the county does not have.
    """
    path = folder / f"{DATASET}.csv"
    before = StatedNeed.objects.count()
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            _write(list(csv.DictReader(file)))
    after = StatedNeed.objects.count()
    return after, after - before


def _write(rows: list[dict[str, str]]) -> None:
    uats = {
        fold(name): siruta for name, siruta in Uat.objects.filter(county=COUNTY).values_list("name", "pk")
    }
    needs = [
        StatedNeed(
            county_id=COUNTY,
            uat_id=None if row["uat"] == EVERYWHERE else uats[fold(row["uat"])],
            dataset=DATASET,
            order=order,
            line=int(row["source_line"]),
            component=row["component"],
            beneficiaries=row["beneficiary_group"],
            service_kind=row["service_kind"],
            vulnerability=row["vulnerability"],
            need=row["need"],
            note=row["note"],
        )
        for order, row in enumerate(rows, start=1)
    ]
    StatedNeed.objects.bulk_create(
        needs,
        update_conflicts=True,
        unique_fields=["dataset", "order"],
        update_fields=[
            "county",
            "uat",
            "line",
            "component",
            "beneficiaries",
            "service_kind",
            "vulnerability",
            "need",
            "note",
        ],
    )
