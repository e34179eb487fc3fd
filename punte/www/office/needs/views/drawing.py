"""The map of a county, drawn on the server: its UATs, and a sign at every seat."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from punte.territory.models import County, Uat
from punte.territory.shapes import shapes_of
from punte.www.frame.maps.drawing import Frame, Ground, Point, Shade, ground

WIDTH, _MARGIN = 720.0, 8.0
_SMALLEST, _LARGEST, _PROPOSED = 4.0, 17.0, 11.0
NAMED_FROM = 15_000
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
        return diamond(self.x, self.y, self.size * 1.15)


def diamond(x: float, y: float, reach: float) -> str:
    """The corners of a diamond around a point, as SVG writes them."""
    corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
    return " ".join(f"{across:.1f},{down:.1f}" for across, down in corners)


@dataclass(frozen=True)
class Drawing:
    """A map: what lies below, the signs above."""

    ground: Ground
    signs: Sequence[Sign]


@dataclass(frozen=True)
class Marker:
    """A UAT with what its sign says."""

    uat: Uat
    state: str
    caption: str
    href: str
    rank: int | None = None


def draw(county: County, markers: Iterable[Marker]) -> Drawing | None:
    """The map of a county (one query); None where no place is known."""
    markers = [one for one in markers if one.uat.latitude is not None and one.uat.longitude is not None]
    if not markers:
        return None
    frame, below = county_ground(
        county,
        {one.uat.pk: (one.uat.longitude or 0.0, one.uat.latitude or 0.0) for one in markers},
        {one.uat.pk: Shade(one.state) for one in markers},
    )
    most = max((one.uat.population or 0) for one in markers) or 1
    # Large signs first, so that none hides a smaller one.
    signs = sorted((_sign(one, frame, most) for one in markers), key=lambda sign: -sign.size)
    return Drawing(below, _named(signs))


def county_ground(
    county: County, seats: Mapping[int, Point], shades: Mapping[int, Shade]
) -> tuple[Frame, Ground]:
    """The ground of a county's map (one query), with the frame that it is drawn in.

    Args:
        seats: longitude and latitude of its UATs, by SIRUTA.
        shades: of its UATs, by SIRUTA.
    """
    shapes = shapes_of([county.pk])
    points = [*seats.values(), *(corner for shape in shapes for corner in shape.corners)]
    frame = Frame(points, width=WIDTH, margin=_MARGIN)
    return frame, ground(frame, shapes, shades, seats)


def _sign(one: Marker, frame: Frame, most: int) -> Sign:
    x, y = frame.at(one.uat.longitude or 0.0, one.uat.latitude or 0.0)
    people = one.uat.population or 0
    size = round(_SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(people / most), 1)
    size = max(size, _PROPOSED) if one.state == PROPOSED else size
    return Sign(one.uat, x, y, size, one.state, one.caption, one.href, one.rank)


def _named(signs: Sequence[Sign]) -> list[Sign]:
    """With a name at every place proposed and every large town, above or below the sign, where it covers no other."""
    taken: list[tuple[float, float, float, float]] = []
    wanted = [one for one in signs if one.state == PROPOSED or (one.uat.population or 0) >= NAMED_FROM]
    labels: dict[int, tuple[float, float]] = {}
    for sign in sorted(wanted, key=lambda one: one.state != PROPOSED):
        half = len(sign.uat.name) * _LETTER / 2
        x = min(max(sign.x, half), WIDTH - half)
        for y in (sign.y - sign.size - 5, sign.y + sign.size + 14):
            box = (x - half, y - 12, x + half, y + 3)
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                labels[sign.uat.pk] = (round(x, 1), round(y, 1))
                break
    return [replace(sign, label=labels.get(sign.uat.pk)) for sign in signs]


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
