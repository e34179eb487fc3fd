"""The areas that maps are drawn from: those shipped with the product, or those that an operator imported instead.

`content/reference/outlines.json` has a feature a line, so that a county is read without the other forty-one. UATs in it
are schematic: cells about their seats (`scripts/outlines.py`).
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Q

from punte.territory.models import Outline

Bounds = tuple[float, float, float, float]
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Shape:
    """The area of a county or, with its SIRUTA, of a UAT.

    Attributes:
        geometry: of a GeoJSON, a Polygon or MultiPolygon in degrees.
        schematic: whether it is a cell about a seat, no true outline.
    """

    county: str
    uat: int | None
    geometry: Mapping[str, Any]
    schematic: bool = False

    @cached_property
    def rings(self) -> Sequence[Ring]:
        """Of all its parts, those of holes among them."""
        coordinates = self.geometry["coordinates"]
        polygons = [coordinates] if self.geometry["type"] == "Polygon" else coordinates
        return [ring for polygon in polygons for ring in polygon]

    @cached_property
    def bounds(self) -> Bounds:
        """West, south, east and north, in degrees."""
        across = [point[0] for ring in self.rings for point in ring]
        down = [point[1] for ring in self.rings for point in ring]
        return min(across), min(down), max(across), max(down)

    @property
    def corners(self) -> Sequence[tuple[float, float]]:
        """Longitude and latitude of the south-western and north-eastern ends."""
        west, south, east, north = self.bounds
        return (west, south), (east, north)


def shapes_of(counties: Collection[str]) -> list[Shape]:
    """The areas of counties and of their UATs (one query): schematic ones first, then true ones, then borders.

    Where true outlines of UATs stand, the border of the county is drawn only if it was imported too: one that does not
    follow them would lie across them.
    """
    rows = Outline.objects.filter(Q(county__in=counties) | Q(uat__county__in=counties)).order_by("pk")
    true = [
        Shape(county or of_uat, uat, json.loads(geometry))
        for county, of_uat, uat, geometry in rows.values_list("county", "uat__county", "uat", "geometry")
    ]
    known = {(one.county, one.uat) for one in true}
    told = {one.county for one in true}
    shipped = [
        one
        for county in sorted(counties)
        for one in shipped_shapes(county)
        if (one.county, one.uat) not in known and (one.uat is not None or one.county not in told)
    ]
    return sorted([*shipped, *true], key=lambda one: (one.uat is None, not one.schematic))


def county_shapes() -> list[Shape]:
    """The area of every county (one query)."""
    rows = Outline.objects.filter(county__isnull=False).order_by("county").values_list("county", "geometry")
    true = {county: Shape(county, None, json.loads(geometry)) for county, geometry in rows}
    return [true.get(one.county, one) for one in shipped_counties()]


def as_geojson(shapes: Iterable[Shape]) -> str:
    """The text of a GeoJSON FeatureCollection."""
    features = ",".join(
        json.dumps(
            {
                "type": "Feature",
                "properties": {"county": one.county, "uat": one.uat},
                "geometry": one.geometry,
            },
            separators=(",", ":"),
        )
        for one in shapes
    )
    return f'{{"type":"FeatureCollection","features":[{features}]}}'


@lru_cache(maxsize=64)
def shipped_shapes(county: str) -> tuple[Shape, ...]:
    """The county and the UATs in it as the product ships them; nothing where there is no such county."""
    lines = _shipped().get(county, ())
    return tuple(_shape(json.loads(line)) for line in lines)


@lru_cache(maxsize=1)
def shipped_counties() -> tuple[Shape, ...]:
    """Every county as the product ships it."""
    return tuple(_shape(json.loads(lines[0])) for lines in _shipped().values())


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Sequence[str]]:
    """The lines of each county: its own first."""
    by_county: dict[str, list[str]] = {}
    with (settings.CONTENT / "reference" / "outlines.json").open(encoding="utf-8") as file:
        for line in file:
            if line.startswith(_BEGINNING):
                county = line.removeprefix(_BEGINNING).partition('"')[0]
                by_county.setdefault(county, []).append(line.rstrip().removesuffix(","))
    return by_county


_BEGINNING = '{"type":"Feature","properties":{"county":"'


def _shape(feature: Mapping[str, Any]) -> Shape:
    about = feature["properties"]
    uat = about.get("uat")
    return Shape(about["county"], uat, feature["geometry"], schematic=uat is not None)
