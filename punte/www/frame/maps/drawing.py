"""From degrees to a drawing: the frame of a map, and the areas and borders that are its ground."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from punte.territory.shapes import Bounds, Ring, Shape

Point = tuple[float, float]


class Frame:
    """Degrees to the units of a drawing, true to scale at its middle.

    Args:
        points: longitudes and latitudes that the drawing shows.
        width, height: of the drawing; without a height it is as high as the points need.
        margin: around the points.
        least: how much of the earth it shows at least, in degrees from south to north.
    """

    def __init__(
        self,
        points: Sequence[Point],
        *,
        width: float,
        height: float | None = None,
        margin: float,
        least: float = 0.01,
    ) -> None:
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        self._middle = (west + east) / 2, (south + north) / 2
        self._squeeze = math.cos(math.radians(self._middle[1]))
        across, down = max((east - west) * self._squeeze, least), max(north - south, least)
        self._scale = (width - 2 * margin) / across
        if height is not None:
            self._scale = min(self._scale, (height - 2 * margin) / down)
        self.width = width
        self.height = height or math.ceil(down * self._scale + 2 * margin)

    def at(self, longitude: float, latitude: float) -> Point:
        """Where a place stands on the drawing."""
        x = (longitude - self._middle[0]) * self._squeeze * self._scale + self.width / 2
        return round(x, 1), round((self._middle[1] - latitude) * self._scale + self.height / 2, 1)

    def shows(self, bounds: Bounds) -> bool:
        """Whether something within the bounds may be on the drawing."""
        (west, north), (east, south) = self.at(bounds[0], bounds[3]), self.at(bounds[2], bounds[1])
        return west <= self.width and east >= 0 and north <= self.height and south >= 0


@dataclass(frozen=True)
class Shade:
    """How an area is filled, what it says when pointed at, and where it leads."""

    step: str
    caption: str = ""
    href: str = ""


@dataclass(frozen=True)
class Area:
    """The area of a UAT as an SVG path."""

    path: str
    shade: Shade


@dataclass(frozen=True)
class Ground:
    """What lies under the signs of a map.

    Attributes:
        schematic: whether UATs are cells about their seats, which is said beside the map.
    """

    width: float
    height: float
    areas: Sequence[Area] = ()
    borders: Sequence[str] = ()
    schematic: bool = False


_PLAIN = Shade("")
# In units of a drawing.
_SEAT, _SPOT = 5.0, 0.8


def ground(
    frame: Frame,
    shapes: Iterable[Shape],
    shades: Mapping[int, Shade] | None = None,
    seats: Mapping[int, Point] | None = None,
) -> Ground:
    """The areas and borders that lie within a frame.

    Args:
        shades: by SIRUTA; an area without one is plain.
        seats: longitude and latitude of UATs; one whose area is not among the shapes is drawn as a circle there.
    """
    shades = shades or {}
    seen = [shape for shape in shapes if frame.shows(shape.bounds)]
    areas = [
        Area(path_of(shape.rings, frame), shades.get(shape.uat, _PLAIN))
        for shape in seen
        if shape.uat is not None
    ]
    drawn = {shape.uat for shape in seen}
    areas += [
        Area(_circle(*frame.at(*point)), shades.get(uat, _PLAIN))
        for uat, point in (seats or {}).items()
        if uat not in drawn
    ]
    return Ground(
        width=frame.width,
        height=frame.height,
        areas=areas,
        borders=[path_of(shape.rings, frame) for shape in seen if shape.uat is None],
        schematic=any(shape.schematic for shape in seen),
    )


def path_of(rings: Iterable[Ring], frame: Frame) -> str:
    """Rings as an SVG path; corners too near to the one before to be seen are left out."""
    parts = []
    for ring in rings:
        kept: list[Point] = []
        for point in ring:
            x, y = frame.at(point[0], point[1])
            if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _SPOT:
                kept.append((x, y))
        parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z")
    return "".join(parts)


def _circle(x: float, y: float) -> str:
    return f"M{x - _SEAT:g} {y:g}a{_SEAT:g} {_SEAT:g} 0 1 0 {2 * _SEAT:g} 0a{_SEAT:g} {_SEAT:g} 0 1 0 {-2 * _SEAT:g} 0Z"
