"""What entries come to, as a page draws it: the number, why it is so, and a bar for each month."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from punte.registers.showing import ShownEntry
from punte.registers.totals.showing import ShownTotal

_WIDTH, _HEIGHT = 640, 110
_GAP = 8


@dataclass(frozen=True)
class MonthBar:
    """A month in the picture; what is below nothing is drawn downwards from the line."""

    first: dt.date
    words: str
    x: float
    y: float
    width: float
    height: float
    below: bool
    came: int = 0

    @property
    def middle(self) -> float:
        """Where its name stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class TotalRow:
    """A total with the lines of the entries that make it up; `came`: how often to groups told beside it."""

    total: ShownTotal
    parts: Sequence[tuple[UUID, str, str]]
    came: Mapping[dt.date, int] = field(default_factory=dict)

    @cached_property
    def bars(self) -> list[MonthBar]:
        """The last months; empty where it is not told by months, or nothing happened in any."""
        months = self.total.months
        most = max((value for _first, value, _words in months), default=0)
        least = min(0, min((value for _first, value, _words in months), default=0))
        if most <= 0 and not least:
            return []
        scale = _HEIGHT / float(max(most, 0) - least)
        wide = _WIDTH / len(months)
        bars = []
        for at, (first, value, words) in enumerate(months):
            height = abs(float(value)) * scale
            y = self.zero - height if value > 0 else self.zero
            x = round(at * wide + _GAP / 2, 1)
            size = round(wide - _GAP, 1), round(height, 1)
            bars.append(MonthBar(first, words, x, round(y, 1), *size, value < 0, self.came.get(first, 0)))
        return bars

    @cached_property
    def zero(self) -> float:
        """Where nothing lies, from the top."""
        values = [float(value) for _first, value, _words in self.total.months]
        most, least = max([0.0, *values]), min([0.0, *values])
        return round(_HEIGHT * most / (most - least), 1) if most != least else _HEIGHT


def total_rows(
    totals: Iterable[ShownTotal],
    entries: Iterable[ShownEntry],
    came: Mapping[str, Mapping[dt.date, int]] | None = None,
) -> list[TotalRow]:
    """Those that say something, with the lines of their entries.

    Args:
        came: by register how often somebody came to the groups that are told beside it, month by month.
    """
    lines = {getattr(one.entry, "pk", None): f"{one.line} · {one.days}" for one in entries}
    return [
        TotalRow(
            one,
            [(key, lines[key], said) for key, said in one.parts if key in lines],
            (came or {}).get(one.reckoned.definition.key, {}),
        )
        for one in totals
        if not one.is_nothing
    ]
