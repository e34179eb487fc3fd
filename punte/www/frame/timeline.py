"""A line of time drawn on the server: lanes of stretches and marks, their gaps, and the same as a table. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from punte.accounts.guests import Lane, Mark, Stretch

_HEIGHT, _BAR, _TOP = 36, 28, 4
_MARGIN = 0.03
_A_DAY = dt.timedelta(days=1)
_LEAST = dt.timedelta(days=120)
_TICKS = 9
_LAST_WORD = 96.0
"""In percent of the width; a word farther right would be cut."""


@dataclass(frozen=True)
class Window:
    """The days that are drawn, `[start, end)`."""

    start: dt.date
    end: dt.date

    def at(self, day: dt.date) -> float:
        """Where a day stands, in percent of the width."""
        within = min(max(day, self.start), self.end)
        return round((within - self.start) / (self.end - self.start) * 100, 2)

    def meets(self, start: dt.date, end: dt.date | None) -> bool:
        """Whether something of a period is within."""
        return start < self.end and (end is None or end > self.start)


@dataclass(frozen=True)
class Line:
    """One row of the table: what, when and on which lane; a `gap` is a time of which nothing is known."""

    number: int
    lane: str
    whose: str
    what: str
    start: dt.date
    end: dt.date | None
    url: str = ""
    gap: bool = False
    planned: bool = False
    is_day: bool = False

    @property
    def last(self) -> dt.date | None:
        """The last day."""
        return self.end - _A_DAY if self.end else None

    @property
    def days(self) -> int:
        """How many days up to today, or to its end."""
        return 0 if self.end is None else (self.end - self.start).days


@dataclass(frozen=True)
class Bar:
    """A stretch on the drawing."""

    line: Line
    x: float
    width: float
    y: int
    step: str = ""


@dataclass(frozen=True)
class Sign:
    """A mark on the drawing."""

    line: Line
    x: float
    y: int
    shape: Literal["round", "square", "edge"]


@dataclass(frozen=True)
class DrawnLane:
    """One lane of the drawing; its bars lie in as many rows as are needed for none to cover another."""

    name: str
    height: int
    bars: Sequence[Bar]
    signs: Sequence[Sign]


@dataclass(frozen=True)
class Group:
    """The lanes of a person, or of the household."""

    name: str
    lanes: Sequence[DrawnLane]


@dataclass(frozen=True)
class Tick:
    """A day of the axis: the first of a year, or of a quarter."""

    x: float
    day: dt.date

    @property
    def is_year(self) -> bool:
        """Whether a year begins."""
        return self.day.month == 1


@dataclass(frozen=True)
class Drawn:
    """A line of time."""

    window: Window
    groups: Sequence[Group]
    lines: Sequence[Line]
    ticks: Sequence[Tick]
    today: float

    @property
    def lanes(self) -> int:
        """How many lanes it has."""
        return sum(len(group.lanes) for group in self.groups)

    @property
    def gaps(self) -> Sequence[Line]:
        """The times of which nothing is known."""
        return [line for line in self.lines if line.gap]


def draw(groups: Iterable[tuple[str, Sequence[Lane]]], *, today: dt.date, since: dt.date | None) -> Drawn:
    """Draw lanes under the names of whom they are of; what lies outside the window is left out, and empty lanes too.

    Args:
        since: the first day that is drawn; None for all that is known.
    """
    named = [(name, list(lanes)) for name, lanes in groups]
    window = _window([lane for _name, lanes in named for lane in lanes], today, since)
    pen = _Pen(window, today)
    drawn = [Group(name, [one for lane in lanes if (one := pen.lane(name, lane))]) for name, lanes in named]
    return Drawn(
        window=window,
        groups=[group for group in drawn if group.lanes],
        lines=pen.lines,
        ticks=_ticks(window),
        today=window.at(today),
    )


def _window(lanes: Sequence[Lane], today: dt.date, since: dt.date | None) -> Window:
    begins = [one.start for lane in lanes for one in lane.stretches]
    days = [one.day for lane in lanes for one in lane.marks]
    start = since or min([*begins, *days, today - _LEAST])
    last = max([today, *(day for day in days if day > today)])
    margin = max((last - start) * _MARGIN, 7 * _A_DAY)
    return Window(start, last + margin)


def _ticks(window: Window) -> list[Tick]:
    """The beginnings of quarters, or only of years, as many as can be read."""
    quarters = [
        dt.date(year, month, 1)
        for year in range(window.start.year, window.end.year + 1)
        for month in (1, 4, 7, 10)
    ]
    seen = [day for day in quarters if window.start <= day and window.at(day) <= _LAST_WORD]
    if len(seen) > _TICKS:
        years = [day for day in seen if day.month == 1]
        seen = years[:: -(-len(years) // _TICKS)] if years else seen[:1]
    return [Tick(window.at(day), day) for day in seen]


class _Pen:
    def __init__(self, window: Window, today: dt.date) -> None:
        self.window, self.today = window, today
        self.lines: list[Line] = []

    def lane(self, whose: str, lane: Lane) -> DrawnLane | None:
        stretches = [one for one in lane.stretches if self.window.meets(one.start, one.end)]
        marks = [one for one in lane.marks if self.window.meets(one.day, one.day + _A_DAY)]
        if not stretches and not marks:
            return None
        gaps = [one for one in gaps_of(lane) if self.window.meets(one.start, one.end)]
        bars: list[Bar] = []
        ends: list[dt.date] = []
        for one, is_gap in sorted(
            [(one, False) for one in stretches] + [(one, True) for one in gaps],
            key=lambda pair: (pair[0].start, pair[0].end or dt.date.max),
        ):
            row = next((number for number, end in enumerate(ends) if end <= one.start), len(ends))
            ends[row : row + 1] = [one.end or dt.date.max]
            bars.append(self._bar(lane, whose, one, row, is_gap=is_gap))
        signs = [self._sign(lane, whose, one) for one in sorted(marks, key=lambda one: one.day)]
        return DrawnLane(lane.name, _HEIGHT * max(len(ends), 1), bars, signs)

    def _bar(self, lane: Lane, whose: str, one: Stretch, row: int, *, is_gap: bool) -> Bar:
        line = self._line(
            Line(len(self.lines) + 1, lane.name, whose, one.what, one.start, one.end, one.url, gap=is_gap)
        )
        x = self.window.at(one.start)
        # What goes on is drawn up to today; what is not over then, to its end.
        width = self.window.at(one.end or max(self.today, one.start + _A_DAY)) - x
        return Bar(line, x, round(max(width, 0.4), 2), _HEIGHT * row + _TOP, one.step)

    def _sign(self, lane: Lane, whose: str, one: Mark) -> Sign:
        line = self._line(
            Line(
                len(self.lines) + 1,
                lane.name,
                whose,
                one.what,
                one.day,
                one.day + _A_DAY,
                one.url,
                planned=one.planned,
                is_day=True,
            )
        )
        return Sign(line, self.window.at(one.day), _TOP + _BAR // 2, one.shape)

    def _line(self, line: Line) -> Line:
        self.lines.append(line)
        return line


def gaps_of(lane: Lane) -> list[Stretch]:
    """The times between what a lane tells, and after it where that is asked, of which it tells nothing."""
    if not lane.gap:
        return []
    told = sorted(
        [(one.start, one.end or dt.date.max) for one in lane.stretches]
        + [(one.day, one.day + _A_DAY) for one in lane.marks if not one.planned]
    )
    found, reached = [], None
    for start, end in [*told, *([(lane.gap_until, lane.gap_until)] if lane.gap_until and told else [])]:
        if reached is not None and start - reached >= lane.gap_days * _A_DAY:
            found.append(Stretch(lane.gap, reached, start))
        reached = end if reached is None else max(reached, end)
    return found
