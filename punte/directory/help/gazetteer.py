"""Places that residents name: neighbourhoods and localities, found by their names without diacritics."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from django.conf import settings
from django.db.models import Count, Max, Sum
from rapidfuzz import process
from rapidfuzz.distance import OSA

from punte.kernel.tables.places import keys_of
from punte.kernel.text import fold
from punte.territory.models import Uat

_AFTER = frozenset(
    ("in", "din", "la", "langa", "aproape", "cartierul", "cartier", "near", "around", "from", "at")
)
_MOST_WORDS = 3
_SHORTEST_TO_MEND = 5
_COUNTY = re.compile(r"\(([^)]*)\)\s*$")


@dataclass(frozen=True)
class Place:
    """A point to look from. `siruta` is the locality's; `approximate` that the point was read by hand from a map."""

    name: str
    siruta: int
    latitude: float
    longitude: float
    approximate: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Gazetteer:
    """The places by their folded names; where names are shared, the neighbourhood or the larger locality counts."""

    by_name: Mapping[str, Place]
    offered: tuple[str, ...]

    def find(self, name: str) -> Place | None:
        """The place of this name, in whatever spelling, with one slip forgiven; None where there is none."""
        plain = fold(_COUNTY.sub("", name)[:100])
        county = _COUNTY.search(name)
        if county and (exact := self.by_name.get(f"{plain} {fold(county[1])}")):
            return exact
        if plain in self.by_name or len(plain) < _SHORTEST_TO_MEND:
            return self.by_name.get(plain)
        near = process.extractOne(plain, self.by_name.keys(), scorer=OSA.distance, score_cutoff=1)
        return self.by_name[near[0]] if near else None

    def named_in(self, text: str) -> tuple[Place | None, str]:
        """The place that a text names after „în”, „la”, „lângă” and the like, and the text without it."""
        words = text[:300].split()
        plain = [fold(word) for word in words]
        for start in range(1, len(words)):
            if plain[start - 1] not in _AFTER:
                continue
            for length in range(_MOST_WORDS, 0, -1):
                name = " ".join(plain[start : start + length])
                if start + length <= len(words) and name in self.by_name:
                    return self.by_name[name], " ".join(words[: start - 1] + words[start + length :])
        return None, text


def gazetteer() -> Gazetteer:
    """The places known now; read anew only when the localities change. One query."""
    state = Uat.objects.aggregate(n=Count("siruta"), last=Max("siruta"), sum=Sum("siruta"))
    return _gazetteer(tuple(state.values()))


@lru_cache(maxsize=2)
def _gazetteer(_state: tuple[Any, ...]) -> Gazetteer:
    uats = Uat.objects.exclude(latitude=None).order_by("population", "siruta")
    by_name: dict[str, Place] = {}
    known = {}
    for uat in uats:
        place = Place(uat.name, uat.siruta, uat.latitude or 0.0, uat.longitude or 0.0)
        known[uat.siruta] = place
        for key in keys_of(uat.name):
            by_name[key] = place
            by_name[f"{key} {uat.county_id.lower()}"] = place
    neighbourhoods = []
    for row in yaml.safe_load((settings.CONTENT / "find" / "places.yaml").read_text("utf-8")):
        if row["uat"] not in known:
            continue
        for printed in row["places"]:
            place = Place(
                printed["name"], row["uat"], printed["latitude"], printed["longitude"], approximate=True
            )
            neighbourhoods.append(printed["name"])
            by_name.update({fold(name): place for name in (printed["name"], *printed["names"])})
    return Gazetteer(by_name, tuple(sorted(neighbourhoods, key=fold)))
