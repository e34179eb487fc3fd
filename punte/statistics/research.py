"""Rows of people that nobody can be picked out of: as fine as k allows, then coarser, and the rest is left out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

LEAST_K = 5
"""Nobody shares what tells them apart with fewer than four others; a decision may ask for more, never for less."""
LEFT_OUT = "*"
_FINE = (2, 6, 13, 17, 29, 44, 64, 79)
_COARSE = (17, 64)

Told = tuple[str, str, str, str]
"""County, town or village, ages, sex."""


@dataclass(frozen=True)
class Trait:
    """What tells somebody apart."""

    county: str
    urban: bool
    age: int | None
    sex: str


def released(people: Mapping[UUID, Trait], *, k: int) -> dict[UUID, Told]:
    """Of each who may be told of, what is told: at least k are told of alike; the others are missing.

    Ages are told in narrow bands where k are alike, else in three, else without town or village, else without ages.

    Raises:
        ValueError: k is below what is allowed.
    """
    if k < LEAST_K:
        raise ValueError(k)
    left, told = dict(people), dict[UUID, Told]()
    for level in range(_LEVELS):
        coarser = {key: _at(trait, level) for key, trait in left.items()}
        alike = Counter(coarser.values())
        enough = {key: words for key, words in coarser.items() if alike[words] >= k}
        told |= enough
        left = {key: trait for key, trait in left.items() if key not in enough}
    return told


_LEVELS = 4


def _at(trait: Trait, level: int) -> Told:
    where = ("urban" if trait.urban else "rural") if level < 2 else LEFT_OUT
    ages = _band(trait.age, _FINE if level == 0 else _COARSE) if level < 3 else LEFT_OUT
    return trait.county, where, ages, trait.sex


def _band(age: int | None, tops: Sequence[int]) -> str:
    if age is None:
        return ""
    lowest = 0
    for top in tops:
        if age <= top:
            return f"{lowest}-{top}"
        lowest = top + 1
    return f"{lowest}+"
