"""The map of a county, drawn on the server: outlines where the operator imported them, and a sign at every seat."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from punte.territory.models import County, Outline, Uat

_WIDTH, _MARGIN = 720.0, 18.0
_SMALLEST, _LARGEST, _PROPOSED = 4.0, 17.0, 11.0
_NAMED_FROM = 15_000
_LETTER = 7.2
PROPOSED = "proposed"


@dataclass(frozen=True)
class Sign:
    """One seat: where it stands on the drawing, how large, and its state.

    States are `here`, `near`, `missing`, `none` and `proposed`; each has a shape of its own beside its colour.
    """

    uat: Uat
    x: float
    y: float
    size: float
    state: str
    caption: str
    href: str
    rank: int | None = None
    label: tuple[float, float] | None = None

    @property
    def square(self) -> tuple[float, float, float]:
        """The left, top and side of a square of the sign's size."""
        half = self.size * 0.9
        return round(self.x - half, 1), round(self.y - half, 1), round(2 * half, 1)

    @property
    def diamond(self) -> str:
        """The corners of a diamond of the sign's size."""
        r = self.size * 1.15
        corners = ((self.x, self.y - r), (self.x + r, self.y), (self.x, self.y + r), (self.x - r, self.y))
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


@dataclass(frozen=True)
class Area:
    """The outline of a UAT, or of the county (no state), as an SVG path."""

    path: str
    state: str = ""


@dataclass(frozen=True)
class Drawing:
    """A map: its size, the areas below, the signs above."""

    width: int
    height: int
    areas: Sequence[Area]
    county: Sequence[Area]
    signs: Sequence[Sign]


@dataclass(frozen=True)
class Marker:
    """A UAT with what its sign says."""

    uat: Uat
    state: str
    caption: str
    href: str
    rank: int | None = None


class _Frame:
    """Degrees to the units of the drawing: true to scale at the middle of the county."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        self._west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, self._north = min(y for _, y in points), max(y for _, y in points)
        self._squeeze = math.cos(math.radians((south + self._north) / 2))
        across = max((east - self._west) * self._squeeze, 0.01)
        self._scale = (_WIDTH - 2 * _MARGIN) / across
        self.height = math.ceil(max(self._north - south, 0.01) * self._scale + 2 * _MARGIN)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = (longitude - self._west) * self._squeeze * self._scale + _MARGIN
        return round(x, 1), round((self._north - latitude) * self._scale + _MARGIN, 1)


def draw(county: County, markers: Iterable[Marker]) -> Drawing | None:
    """The map of a county (one query); None where no place is known."""
    markers = [one for one in markers if one.uat.latitude is not None and one.uat.longitude is not None]
    if not markers:
        return None
    rows = Outline.objects.filter(county=county) | Outline.objects.filter(uat__county=county)
    shapes = [(row.uat_id, json.loads(row.geometry)) for row in rows.distinct()]
    points = [(one.uat.longitude or 0.0, one.uat.latitude or 0.0) for one in markers]
    for _siruta, geometry in shapes:
        points += [(point[0], point[1]) for ring in _rings(geometry) for point in ring]
    frame = _Frame(points)
    states: Mapping[int, str] = {one.uat.pk: one.state for one in markers}
    most = max((one.uat.population or 0) for one in markers) or 1
    return Drawing(
        width=int(_WIDTH),
        height=frame.height,
        areas=[
            Area(_path(geometry, frame), states.get(siruta, ""))
            for siruta, geometry in shapes
            if siruta is not None
        ],
        county=[Area(_path(geometry, frame)) for siruta, geometry in shapes if siruta is None],
        # Large signs first, so that none hides a smaller one.
        signs=_named(sorted((_sign(one, frame, most) for one in markers), key=lambda sign: -sign.size)),
    )


def _sign(one: Marker, frame: _Frame, most: int) -> Sign:
    x, y = frame.at(one.uat.longitude or 0.0, one.uat.latitude or 0.0)
    people = one.uat.population or 0
    size = round(_SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(people / most), 1)
    size = max(size, _PROPOSED) if one.state == PROPOSED else size
    return Sign(one.uat, x, y, size, one.state, one.caption, one.href, one.rank)


def _named(signs: Sequence[Sign]) -> list[Sign]:
    """With a name at every place proposed and every large town, above or below the sign, where it covers no other."""
    taken: list[tuple[float, float, float, float]] = []
    wanted = [one for one in signs if one.state == PROPOSED or (one.uat.population or 0) >= _NAMED_FROM]
    labels: dict[int, tuple[float, float]] = {}
    for sign in sorted(wanted, key=lambda one: one.state != PROPOSED):
        half = len(sign.uat.name) * _LETTER / 2
        x = min(max(sign.x, half), _WIDTH - half)
        for y in (sign.y - sign.size - 5, sign.y + sign.size + 14):
            box = (x - half, y - 12, x + half, y + 3)
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                labels[sign.uat.pk] = (round(x, 1), round(y, 1))
                break
    return [replace(sign, label=labels.get(sign.uat.pk)) for sign in signs]


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _rings(geometry: Mapping[str, Any]) -> list[list[list[float]]]:
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return [ring for polygon in polygons for ring in polygon]


def _path(geometry: Mapping[str, Any], frame: _Frame) -> str:
    parts = []
    for ring in _rings(geometry):
        points = [frame.at(point[0], point[1]) for point in ring]
        parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
    return "".join(parts)
