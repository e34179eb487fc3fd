"""A map of numbered places, numbered like the list beside it.

    pin_map([Pin(1, "Centrul de zi Licurici", 46.757, 23.554, href="#s1"), …])

makes what `{% include "frame/maps/pins.html" with map=… label=… %}` shows, with the stylesheet `css/map.css`. Pins
that would cover each other are gathered into one that says the numbers of all (“3–5”), more of them on a narrow screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from punte.territory.models import Uat
from punte.territory.shapes import shapes_of, shipped_counties
from punte.www.frame.maps.boxes import Box, gathered, is_clear
from punte.www.frame.maps.drawing import Frame, Ground, Point, Shade, ground

# The drawing is 6 wide and 5 high, as its stylesheet says; on a telephone of 320 and beside a list, in CSS pixels.
_WIDTH, _HEIGHT = 360.0, 300.0
_NARROW, _WIDE = 272.0, 520.0
_TARGET, _SIGN, _LETTER, _LINE = 44.0, 28.0, 8.0, 18.0
_MARGIN = 40.0
# From south to north, about 7 km.
_LEAST = 0.06
# Of more counties than these only the UATs with a shade are drawn.
_DETAILED = 4
_MOST_TOWNS = 10
_LONGEST, _MOST_NAMES = 7, 6


@dataclass(frozen=True)
class Pin:
    """A place on the map: its number in the list, what it is, and where it leads (`#…` for its row in the list).

    One that is not `exact` is drawn with a broken line.
    """

    number: int
    label: str
    latitude: float
    longitude: float
    href: str = ""
    exact: bool = True


@dataclass(frozen=True)
class Sign:
    """One pin, or several gathered.

    Attributes:
        text: the numbers.
        caption: the numbers with the labels.
        left, top: of its middle, in hundredths of the drawing.
        width, target: of what is drawn and of what is touched, in CSS pixels.
        exact: whether one of them stands at its exact place.
    """

    text: str
    caption: str
    href: str
    left: float
    top: float
    width: float
    target: float
    exact: bool

    @property
    def corner(self) -> tuple[float, float]:
        """The left ends of what is drawn and of what is touched, from the middle."""
        return -self.width / 2, -self.target / 2


@dataclass(frozen=True)
class Town:
    """The name of a town, in hundredths of the drawing."""

    name: str
    left: float
    top: float


@dataclass(frozen=True)
class Layer:
    """What stands on the ground, on a screen of one width."""

    signs: Sequence[Sign]
    towns: Sequence[Town]


@dataclass(frozen=True)
class PinMap:
    """A map of pins: its ground, what is on it on a narrow and on a wide screen, and where one looks from, if known."""

    ground: Ground
    narrow: Layer
    wide: Layer
    here: Town | None


def pin_map(
    pins: Sequence[Pin],
    *,
    around: Sequence[Point] = (),
    here: Point | None = None,
    shades: Mapping[int, Shade] | None = None,
) -> PinMap:
    """The map of some places, in two queries.

    Args:
        around: longitudes and latitudes that it shows besides the pins.
        here: of the place that one looks from, marked on it. Without any of the three it shows the whole country.
        shades: of UATs, by SIRUTA.
    """
    points = [*((pin.longitude, pin.latitude) for pin in pins), *around, *([here] if here else [])]
    points = points or [corner for one in shipped_counties() for corner in one.corners]
    frame = Frame(points, width=_WIDTH, height=_HEIGHT, margin=_MARGIN, least=_LEAST)
    seen = [one.county for one in shipped_counties() if frame.shows(one.bounds)]
    shapes = shapes_of(seen)
    if len(seen) > _DETAILED:
        shapes = [shape for shape in shapes if shape.uat is None or shape.uat in (shades or {})]
    urban = Uat.objects.filter(county__in=seen, urban=True)
    listed = urban.order_by("-population", "pk").values_list("name", "longitude", "latitude")
    towns = [(name, x, y) for name, x, y in listed if x is not None and y is not None]
    return PinMap(
        ground(frame, shapes, shades),
        _layer(pins, towns, frame, _NARROW),
        _layer(pins, towns, frame, _WIDE),
        Town("", *_hundredths(*frame.at(*here), (_WIDTH, _HEIGHT))) if here else None,
    )


def _layer(
    pins: Sequence[Pin], towns: Sequence[tuple[str, float, float]], frame: Frame, width: float
) -> Layer:
    size = width, width * _HEIGHT / _WIDTH

    def spot(longitude: float, latitude: float) -> Point:
        x, y = frame.at(longitude, latitude)
        return x * width / _WIDTH, y * width / _WIDTH

    def box(group: list[Pin]) -> Box:
        places = [spot(pin.longitude, pin.latitude) for pin in group]
        x, y = (sum(along) / len(places) for along in zip(*places, strict=True))
        return Box(x, y, max(_width(group), _TARGET), _TARGET).within(*size)

    groups = gathered(pins, box)
    taken = [box for _group, box in groups]
    named: list[Town] = []
    for name, longitude, latitude in towns:
        x, y = spot(longitude, latitude)
        label = Box(x, y, len(name) * _LETTER, _LINE)
        if len(named) < _MOST_TOWNS and label == label.within(*size) and is_clear(label, taken):
            taken.append(label)
            named.append(Town(name, *_hundredths(x, y, size)))
    return Layer([_sign(group, box, size) for group, box in groups], named)


def _sign(group: list[Pin], box: Box, size: tuple[float, float]) -> Sign:
    names = list(dict.fromkeys(f"{pin.number}. {pin.label}" for pin in group))
    told = names[:_MOST_NAMES]
    if more := len(names) - len(told):
        told.append(ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more})
    left, top = _hundredths(box.x, box.y, size)
    # What is heard has what is seen in it.
    heard = "; ".join(told) if len(names) == 1 else f"{_numbers(group)}: {'; '.join(told)}"
    return Sign(
        text=_numbers(group),
        caption=heard,
        href=group[0].href,
        left=left,
        top=top,
        width=_width(group),
        target=box.width,
        exact=any(pin.exact for pin in group),
    )


def _width(group: list[Pin]) -> float:
    return max(_SIGN, len(_numbers(group)) * _LETTER + 12)


def _numbers(group: list[Pin]) -> str:
    """`3`, `3–5`, `1, 7`; where that is long the first and how many more: `1 +8`."""
    numbers = sorted({pin.number for pin in group})
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    text = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return text if len(text) <= _LONGEST else f"{numbers[0]} +{len(numbers) - 1}"


def _hundredths(x: float, y: float, size: tuple[float, float]) -> Point:
    return round(100 * x / size[0], 2), round(100 * y / size[1], 2)
