"""Outlines of counties and UATs from an operator's GeoJSON: read strictly, simplified, and given back as GeoJSON."""

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from punte.kernel.errors import DomainError
from punte.kernel.text import fold
from punte.territory.models import County, Outline, Uat

MAX_BYTES = 64 * 1024 * 1024
_MOST_PROBLEMS = 20
# West, south, east and north of Romania in degrees, with a margin.
_WEST, _SOUTH, _EAST, _NORTH = 20.0, 43.3, 30.2, 48.7
# About 150 m: finer than a county map on a wide screen shows.
_TOLERANCE, _DECIMALS = 0.0015, 4
_NUMBERS = ("natcode", "siruta", "sirutauat", "codsiruta", "sirutacod", "natlev", "localid")
_LETTERS = (
    "countycode",
    "countymn",
    "mnemonic",
    "codjudet",
    "judet",
    "county",
    "iso31662",
    "iso1",
    "cod",
    "code",
)
_NAMES = ("name", "nume", "denumire", "uat", "judet", "county")
_COUNTY_LETTERS = re.compile(r"(?:RO-?)?([A-Z]{1,2})", re.IGNORECASE)


class DamagedOutlines(DomainError):
    """The file cannot be taken in; nothing was changed. `problems` names each by its place."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)[:_MOST_PROBLEMS]
        left = len(problems) - len(self.problems)
        told = [*self.problems, _("and %(number)s more") % {"number": left}] if left > 0 else self.problems
        super().__init__("\n".join(told))


@dataclass(frozen=True)
class Imported:
    """What an import took in, and the features that are no county or UAT known here."""

    counties: int
    uats: int
    unmatched: Sequence[str]


@dataclass(frozen=True)
class _Feature:
    number: int
    properties: Mapping[str, Any]
    geometry: BaseGeometry

    @property
    def label(self) -> str:
        names = [str(self.properties[key]) for key in _NAMES if self.properties.get(key)]
        return _("feature %(number)s (%(name)s)") % {
            "number": self.number,
            "name": names[0] if names else "–",
        }


def import_outlines(content: bytes, *, source: str) -> Imported:
    """Take in the outlines of a GeoJSON; those of the same county or UAT are replaced.

    A feature is matched by its SIRUTA (property natcode or siruta, or its id), a county also by its letters („CJ”).
    Not a verb: the operator of the installation does it, and it touches nobody's record.

    Args:
        content: the file, UTF-8, coordinates in degrees (WGS 84).
        source: where it comes from, kept beside each outline.

    Raises:
        DamagedOutlines: it is no such file, or nothing in it matches; nothing is changed.
    """
    features = _read(content)
    counties: dict[str, list[BaseGeometry]] = defaultdict(list)
    uats: dict[int, list[BaseGeometry]] = defaultdict(list)
    unmatched = []
    by_siruta = dict(County.objects.values_list("siruta", "code"))
    known_counties, known_uats = set(by_siruta.values()), set(Uat.objects.values_list("pk", flat=True))
    for feature in features:
        number = _siruta(feature.properties)
        letters = by_siruta.get(number or 0) or (_letters(feature.properties) if number is None else None)
        if number in known_uats:
            uats[number].append(feature.geometry)
        elif letters in known_counties:
            counties[str(letters)].append(feature.geometry)
        else:
            unmatched.append(feature.label)
    if not counties and not uats:
        raise DamagedOutlines(
            [
                _(
                    "Nothing in the file is a county or UAT: its features need a property “natcode” or “siruta” "
                    "with the SIRUTA code, or “countyCode” with the letters of the county."
                )
            ]
        )
    with transaction.atomic():
        Outline.objects.filter(county__in=counties).delete()
        Outline.objects.filter(uat__in=uats).delete()
        Outline.objects.bulk_create(
            [
                *(
                    Outline(county_id=key, geometry=text, source=source)
                    for key, text in _simplified(counties)
                ),
                *(Outline(uat_id=key, geometry=text, source=source) for key, text in _simplified(uats)),
            ],
            batch_size=500,
        )
    return Imported(len(counties), len(uats), unmatched)


def outlines_of(county: str | None) -> str:
    """The outlines of one county and its UATs, or all of them, as the text of a GeoJSON FeatureCollection."""
    rows = Outline.objects.select_related("county", "uat").order_by("county", "uat")
    if county:
        rows = rows.filter(county=county) | rows.filter(uat__county=county)
    features = ",".join(_feature_text(row) for row in rows)
    return f'{{"type":"FeatureCollection","features":[{features}]}}'


def _feature_text(row: Outline) -> str:
    if row.uat is not None:
        about = {"kind": "uat", "siruta": row.uat.pk, "name": row.uat.name, "county": row.uat.county_id}
    else:
        assert row.county is not None
        about = {
            "kind": "county",
            "siruta": row.county.siruta,
            "name": row.county.name,
            "county": row.county.pk,
        }
    told = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    return f'{{"type":"Feature","properties":{told},"geometry":{row.geometry}}}'


def _read(content: bytes) -> list[_Feature]:
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise DamagedOutlines([_("The file is larger than %(limit)s MB.") % {"limit": limit}])
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DamagedOutlines([_("The file is not written in UTF-8.")]) from error
    except (ValueError, RecursionError) as error:
        raise DamagedOutlines([_("The file is not JSON.")]) from error
    listed = (
        data.get("features") if isinstance(data, dict) and data.get("type") == "FeatureCollection" else None
    )
    if not isinstance(listed, list) or not listed:
        raise DamagedOutlines([_("The file is not a GeoJSON with features (FeatureCollection).")])
    features, problems = [], []
    for number, one in enumerate(listed, start=1):
        found = _feature(number, one)
        if isinstance(found, _Feature):
            features.append(found)
        else:
            problems.append(found)
    if problems:
        raise DamagedOutlines(problems)
    return features


def _feature(number: int, one: Any) -> _Feature | str:
    """A feature, or what is wrong with it."""
    properties, geometry = (
        (one.get("properties"), one.get("geometry")) if isinstance(one, dict) else (None, None)
    )
    if not isinstance(properties, dict | None) or not isinstance(geometry, dict):
        return _("feature %(number)s: it has no geometry") % {"number": number}
    plain = {_plain(key): value for key, value in (properties or {}).items()}
    plain.setdefault("localid", one.get("id"))
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return _("feature %(number)s: it is not an area (Polygon or MultiPolygon)") % {"number": number}
    try:
        # Numbers that are none are found below, by the bounds.
        with np.errstate(invalid="ignore"):
            area = shape({"type": geometry["type"], "coordinates": geometry["coordinates"]})
            whole = area if area.is_valid else _areas(shapely.make_valid(area))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, shapely.errors.ShapelyError):
        return _("feature %(number)s: its coordinates are damaged") % {"number": number}
    if whole.is_empty or not all(map(math.isfinite, whole.bounds)):
        return _("feature %(number)s: its coordinates are damaged") % {"number": number}
    west, south, east, north = whole.bounds
    if west < _WEST or south < _SOUTH or east > _EAST or north > _NORTH:
        return _(
            "feature %(number)s: it lies outside Romania; coordinates must be degrees, longitude first (WGS 84)"
        ) % {"number": number}
    return _Feature(number, plain, whole)


def _areas(geometry: BaseGeometry) -> BaseGeometry:
    """Of a mended geometry, its areas alone."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)


def _plain(key: object) -> str:
    return fold(str(key)).replace(" ", "")


def _siruta(properties: Mapping[str, Any]) -> int | None:
    for key in _NUMBERS:
        value = str(properties.get(key, "")).strip()
        number = re.fullmatch(r"0*(\d{1,6})(?:\.0+)?", value)
        if number:
            return int(number[1])
    return None


def _letters(properties: Mapping[str, Any]) -> str | None:
    for key in _LETTERS:
        letters = _COUNTY_LETTERS.fullmatch(str(properties.get(key, "")).strip())
        if letters:
            return letters[1].upper()
    return None


def _simplified(areas: Mapping[Any, list[BaseGeometry]]) -> Iterable[tuple[Any, str]]:
    """Each area with fewer points; borders that two share stay shared, so that no gap opens between them."""
    keys = list(areas)
    if not keys:
        return []
    whole = [shapely.union_all(parts) if len(parts) > 1 else parts[0] for parts in areas.values()]
    simple = shapely.coverage_simplify(whole, _TOLERANCE)
    kept = [new if not new.is_empty else old for new, old in zip(simple, whole, strict=True)]
    return [(key, _text(geometry)) for key, geometry in zip(keys, kept, strict=True)]


def _text(geometry: BaseGeometry) -> str:
    plain = shapely.geometry.mapping(geometry)
    told = {"type": plain["type"], "coordinates": _rounded(plain["coordinates"])}
    return json.dumps(told, separators=(",", ":"))


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float | int):
        return round(coordinates, _DECIMALS)
    inner = [_rounded(one) for one in coordinates]
    return inner[:2] if inner and isinstance(inner[0], float | int) else inner
