"""The picture of how far a group has come: a bar for each meeting, and the line of how many were meant."""

from dataclasses import dataclass

from punte.gatherings.figures import Figures

WIDTH, HEIGHT = 640, 120
_MOST = 60
_GAP = 2


@dataclass(frozen=True)
class Bar:
    """One meeting that was held; `enough` where as many came as were meant."""

    x: float
    y: float
    width: float
    height: float
    enough: bool


@dataclass(frozen=True)
class Progress:
    """What is drawn.

    Attributes:
        line: how high the number that was meant lies; None where nobody said.
        open_from: where what is still to come begins.
    """

    bars: list[Bar]
    line: float | None
    open_from: float
    highest: int


def progress_of(figures: Figures) -> Progress | None:
    """The last meetings as bars, in the width of as many as are meant; None before the first."""
    held = figures.held[-_MOST:]
    if not held:
        return None
    highest = max([one.came for one in held] + [figures.least or 1])
    slots = min(max(figures.planned, len(held)), _MOST)
    wide = WIDTH / slots

    def up(many: int) -> float:
        return round(HEIGHT * many / highest, 1)

    bars = [
        Bar(
            round(at * wide + _GAP / 2, 1),
            HEIGHT - up(one.came),
            round(max(wide - _GAP, 1), 1),
            up(one.came),
            one.came >= (figures.least or 0),
        )
        for at, one in enumerate(held)
    ]
    line = HEIGHT - up(figures.least) if figures.least else None
    return Progress(bars, line, round(len(held) * wide, 1), highest)
