"""Which counts may be published so that those held back cannot be worked out. Pure.

A count is held back where it is small, or where nearly everybody has what is counted. Beside totals one hidden count
would follow by subtraction, so others are hidden with it until nobody, knowing every figure published, can place it
within fewer than `threshold`; where that cannot be had, the total is held back too. Somebody who knows a part of the
counts (an organisation, its own households) is reckoned with in the same way.

One sum over hidden counts between bounds is all that an outsider has, so the range he can work out is exact:
from max(floor, R - others' most) to min(most, R - others' least). tests/statistics proves it with a linear programme.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Area = TypeVar("Area", bound=Hashable)


@dataclass(frozen=True)
class Count:
    """A count, in parts that each somebody knows.

    Attributes:
        parts: how many, by who knows them.
        out_of: how many at most, by who knows them; None where no such number is published.
    """

    parts: Mapping[str, int]
    out_of: Mapping[str, int] | None = None

    def seen_by(self, knower: str | None) -> "_Seen":
        """What the count is to somebody who knows one part of it, or to an outsider."""
        own = self.parts.get(knower, 0) if knower else 0
        most = None
        if self.out_of is not None:
            most = sum(self.out_of.values()) - (self.out_of.get(knower, 0) if knower else 0)
        # Only counts of at least one are ever hidden, which everybody may know.
        return _Seen(sum(self.parts.values()) - own, most, max(0, 1 - own))

    @property
    def value(self) -> int:
        """The whole."""
        return sum(self.parts.values())


@dataclass(frozen=True)
class _Seen:
    value: int
    most: int | None
    least: int

    def is_small(self, threshold: int) -> bool:
        """Whether it says something about few people: it is small, or nearly all of those counted."""
        if self.value == 0:
            return False
        return self.value < threshold or (self.most is not None and self.most - self.value < threshold)

    def needs(self, threshold: int) -> int:
        """How wide the range must be: the threshold, or all that is possible where that is less."""
        return threshold if self.most is None else min(threshold, self.most - self.least)


@dataclass(frozen=True)
class Published(Generic[Area]):
    """What may be shown.

    Attributes:
        shown: the counts that may be.
        hidden: the areas whose counts are held back.
        total: the sum over all areas; None where it is held back.
    """

    shown: Mapping[Area, int] = field(default_factory=dict)
    hidden: frozenset[Area] = frozenset()
    total: int | None = None


def protect(counts: Mapping[Area, Count], threshold: int) -> Published[Area]:
    """Decide which counts of one table, and its total, may be published.

    Args:
        counts: by area; the total is their sum.
        threshold: the least number of households that a figure may be about.
    """
    total = sum(count.value for count in counts.values())
    small = {
        area
        for area, count in counts.items()
        if any(count.seen_by(knower).is_small(threshold) for knower in _knowers([count]))
    }
    hidden, told = set(small), total >= threshold
    while told and hidden and not _is_safe([counts[area] for area in hidden], threshold):
        more = _next(counts, hidden, threshold)
        if more is None:
            # Without the total nothing links the counts, so none need hide for another.
            hidden, told = small, False
            break
        hidden.add(more)
    shown = {area: count.value for area, count in counts.items() if area not in hidden}
    return Published(shown, frozenset(hidden), total if told or total == 0 else None)


def _next(counts: Mapping[Area, Count], hidden: set[Area], threshold: int) -> Area | None:
    """The next area to hide: the smallest that brings the hidden sum to the threshold, else the largest there is."""
    left = sorted(
        (area for area, count in counts.items() if area not in hidden and count.value > 0),
        key=lambda area: (counts[area].value, str(area)),
    )
    wanted = threshold + len(hidden) - sum(counts[area].value for area in hidden)
    enough = [area for area in left if counts[area].value >= wanted]
    return next(iter(enough or left[-1:]), None)


def _is_safe(hidden: list[Count], threshold: int) -> bool:
    return all(_is_safe_from(knower, hidden, threshold) for knower in _knowers(hidden))


def _is_safe_from(knower: str | None, hidden: list[Count], threshold: int) -> bool:
    seen = [count.seen_by(knower) for count in hidden]
    rest = sum(one.value for one in seen)
    least = sum(one.least for one in seen)
    most = None if any(one.most is None for one in seen) else sum(one.most or 0 for one in seen)
    for one in seen:
        if not one.is_small(threshold):
            continue
        high = rest - (least - one.least)
        if one.most is not None:
            high = min(high, one.most)
        low = one.least
        if most is not None:
            low = max(low, rest - (most - (one.most or 0)))
        if high - low < one.needs(threshold):
            return False
    return True


def _knowers(counts: Iterable[Count]) -> list[str | None]:
    """An outsider, and everybody who knows a part of a count."""
    known = {
        knower
        for count in counts
        for part in (count.parts, count.out_of or {})
        for knower in part
        if part[knower]
    }
    return [None, *sorted(known)]
