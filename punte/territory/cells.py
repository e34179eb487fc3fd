"""Schematic areas of UATs: each has what lies nearer to its seat than to any other seat of the county (Voronoi)."""

import math
from collections.abc import Collection, Mapping
from itertools import count

import shapely
from shapely.affinity import translate
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

# Of degrees: about 300 m, the least by which a seat lies within its county and apart from another.
_APART = 0.003
# Of degrees: about 10 m, the grid on which the corners of cells lie, so that neighbours share them.
_GRID = 1e-4
# In radians: turns of which none lies upon another.
_TURN = 2.4


def cells_of(boundary: BaseGeometry, seats: Mapping[int, tuple[float, float]]) -> dict[int, BaseGeometry]:
    """The cells of a county, which together are the county and overlap nowhere.

    A seat that an inexact outline leaves outside is taken to lie at the nearest place inside it.

    Args:
        boundary: the area of the county, in degrees.
        seats: longitude and latitude of each UAT.
    """
    within = boundary.buffer(-_APART)
    points: dict[int, Point] = {}
    for key, (longitude, latitude) in seats.items():
        points[key] = _seat(boundary, within, Point(longitude, latitude), points.values())
    if len(points) == 1:
        return dict.fromkeys(points, boundary)
    areas = shapely.voronoi_polygons(
        shapely.MultiPoint(list(points.values())), extend_to=boundary.envelope, ordered=True
    )
    clipped = shapely.intersection(shapely.get_parts(areas), boundary)
    return dict(zip(points, shapely.set_precision(clipped, _GRID), strict=True))


def _seat(boundary: BaseGeometry, within: BaseGeometry, point: Point, taken: Collection[Point]) -> Point:
    """The place inside the boundary nearest to a point; where somebody sits there, one beside it, on a spiral."""
    start = point if within.contains(point) else nearest_points(within, point)[0]
    for turn in count():
        away = _APART * math.sqrt(turn)
        place = translate(start, away * math.cos(turn * _TURN), away * math.sin(turn * _TURN))
        if boundary.contains(place) and all(place.distance(other) >= _GRID for other in taken):
            return place
    raise AssertionError
