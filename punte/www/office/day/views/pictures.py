"""The pictures of a first page: asked for once the page stands, so that nobody waits to see what is to be done.

Without a script, the same address is a page of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from punte.accounts.pictures import Drawn, Picture, Place, Series
from punte.www.frame.access import SignedIn
from punte.www.frame.pictures import pictures_of

_STEP, _WIDE, _TOP, _FLOOR = 32, 22, 16, 104


@dataclass(frozen=True)
class Part:
    """A part of a column or bar: where it begins, how far it goes."""

    series: Series
    value: int
    start: float
    size: float

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.start + self.size


@dataclass(frozen=True)
class Row:
    """A column or bar: what it stands for, the number said of it, its parts that are not empty, each number.

    Attributes:
        x, top: of a column its left edge and its upper end.
    """

    place: Place
    head: int
    parts: Sequence[Part]
    numbers: Sequence[int]
    x: float = 0
    top: float = 0

    @property
    def middle(self) -> float:
        """Of a column where its words stand."""
        return self.x + _WIDE / 2


@dataclass(frozen=True)
class Shown:
    """A picture before one account."""

    picture: Picture
    drawn: Drawn
    rows: Sequence[Row]
    norm: float = 0

    @property
    def width(self) -> int:
        """Of columns all together."""
        return _STEP * len(self.rows)

    @property
    def says_parts(self) -> bool:
        """Whether bars are made of several things, which are then said one by one."""
        return not self.drawn.apart and sum(bool(one.total) for one in self.drawn.series) > 1


@require_safe
def first_pictures(request: SignedIn) -> HttpResponse:
    """What the account would look at weekly; for the page that asks for it the pictures alone."""
    today = timezone.localdate()
    drawn = [(one, one.draws(request.user, today)) for one in pictures_of(request.user)]
    shown = [_shown(one, told) for one, told in drawn if told is not None and not told.is_empty]
    asked_by_page = request.headers.get("HX-Request") == "true"
    name = "pictures" if asked_by_page else "pictures_page"
    answer = render(request, f"office_day/{name}.html", {"pictures": shown, "alone": not asked_by_page})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _shown(picture: Picture, drawn: Drawn) -> Shown:
    """The numbers with their places in a box: columns up to 88 high, bars in hundredths of its width."""
    most = max(*drawn.totals, drawn.norm, 1)
    whole = _FLOOR - _TOP if picture.shape == "weeks" else 100
    rows = []
    for at, (place, total) in enumerate(zip(drawn.places, drawn.totals, strict=True)):
        parts, reached = [], 0
        for one in drawn.series:
            value = one.values[at]
            if value:
                start, size = whole * reached / most, whole * value / most
                if picture.shape == "weeks":
                    start = _FLOOR - start - size
                parts.append(Part(one, value, round(start, 1), round(size, 1)))
            reached += value
        numbers = [one.values[at] for one in drawn.series]
        top = round(_FLOOR - whole * total / most, 1)
        rows.append(Row(place, drawn.heads[at], parts, numbers, _STEP * at + (_STEP - _WIDE) / 2, top))
    return Shown(picture, drawn, rows, round(100 * drawn.norm / most, 1))
