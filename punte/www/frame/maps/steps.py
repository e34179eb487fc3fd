"""The steps of a shading: none, then up to four ranges that hold about as many areas each. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_MOST = 4
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Steps:
    """The first and the last whole number of each range, from light to dark."""

    ranges: Sequence[tuple[int, int]]

    def of(self, value: int | None) -> str:
        """The step of a value, by its name in the stylesheet."""
        if value is None:
            return UNKNOWN
        if not value:
            return "step1"
        return f"step{2 + bisect_left([last for _first, last in self.ranges], value)}"

    @property
    def named(self) -> list[tuple[str, int, int]]:
        """The name of each range with its first and its last number, the darkest first."""
        return [(self.of(last), first, last) for first, last in reversed(self.ranges)]


def steps_of(values: Iterable[int | None]) -> Steps:
    """The ranges of some values; none of their own for zero and for what is unknown."""
    known = sorted(value for value in values if value)
    distinct = sorted(set(known))
    if len(distinct) <= _MOST:
        return Steps([(value, value) for value in distinct])
    lasts = sorted({*(known[len(known) * part // _MOST - 1] for part in range(1, _MOST)), known[-1]})
    if len(lasts) < _MOST - 1:
        # Most areas have one value: what tells the others apart would be lost.
        lasts = [*(distinct[len(distinct) * part // _MOST - 1] for part in range(1, _MOST)), distinct[-1]]
    firsts = [distinct[0], *(distinct[bisect_right(distinct, last)] for last in lasts[:-1])]
    return Steps(list(zip(firsts, lasts, strict=True)))
