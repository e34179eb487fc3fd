"""The place that a postal code stands for, as far as `content/reference/postcodes.csv` knows."""

import csv
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

_FEWEST_DIGITS, _MOST_DIGITS = 2, 6


@dataclass(frozen=True)
class CodedPlace:
    """A county, and its UAT where the digits tell it."""

    county: str
    siruta: int | None


def place_of(postcode: str) -> CodedPlace | None:
    """The place of six digits; the longest known prefix counts."""
    known = _known()
    for length in range(_MOST_DIGITS, _FEWEST_DIGITS - 1, -1):
        if postcode[:length] in known:
            return known[postcode[:length]]
    return None


@lru_cache(maxsize=1)
def _known() -> dict[str, CodedPlace]:
    path = settings.CONTENT / "reference" / "postcodes.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            row["prefix"]: CodedPlace(row["county"], int(row["siruta"]) if row["siruta"] else None)
            for row in csv.DictReader(lines)
        }
