"""Whether a score foresaw what happened: shares with their intervals, and groups to which it was unequal. Pure.

Intervals (Wilson), tests (Fisher, Mann-Whitney, McNemar) and the control of false findings (Benjamini-Hochberg) are
scipy's. Where too few were seen nothing is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

RATE = 0.05
"""How often something is found where there is nothing: once in twenty times that somebody looks back."""
_FEW = 5


@dataclass(frozen=True)
class Case:
    """One that was looked back on: what the score said, what was decided, what happened; its groups by name."""

    band: str
    decision: str
    overridden: bool
    happened: bool
    groups: Mapping[str, str]


@dataclass(frozen=True)
class Share:
    """How often it happened among some of them.

    Attributes:
        seen: how many they are; `happened`: to how many it did.
        low, high: the 95% interval of the share; None where too few were seen.
    """

    seen: int
    happened: int
    low: float | None = None
    high: float | None = None

    @property
    def is_enough(self) -> bool:
        """Whether anything may be said."""
        return self.low is not None

    @property
    def is_few(self) -> bool:
        """Whether so few had it happen, or not, that the number would tell of them."""
        return 0 < self.happened < _FEW or 0 < self.seen - self.happened < _FEW

    @property
    def percent(self) -> int:
        """The share in percent."""
        return round(100 * self.happened / self.seen)

    @property
    def between(self) -> tuple[int, int]:
        """The interval in percent."""
        return round(100 * (self.low or 0)), round(100 * (self.high or 0))


@dataclass(frozen=True)
class Unequal:
    """A group to which the same band of the score meant something else than to the others."""

    group: str
    value: str
    band: str
    its: Share
    others: Share


@dataclass(frozen=True)
class LookedBack:
    """The answer to one question.

    Attributes:
        told_apart: of two of whom one had it happen, how often the score put that one higher (0.5: as a coin); None
            where too few were seen.
        chance: how probable as much would be if the score said nothing.
        compared: how many comparisons `unequal` was looked for in.
    """

    whole: Share
    bands: Mapping[str, Share]
    decisions: Mapping[str, Share]
    overridden: Share
    followed: Share
    groups: Mapping[str, Mapping[str, Share]]
    told_apart: float | None
    chance: float | None
    unequal: Sequence[Unequal]
    compared: int


def look_back(cases: Sequence[Case], *, bands: Sequence[str], least: int) -> LookedBack:
    """Reckon a question.

    Args:
        bands: of the score, from the lowest.
        least: how many must have been seen before anything is said.
    """
    told_apart, chance = _told_apart(cases, bands, least)
    unequal, compared = _unequal(cases, bands, least)
    names = sorted({name for case in cases for name in case.groups})
    return LookedBack(
        whole=share_of(cases, least),
        bands={band: share_of([c for c in cases if c.band == band], least) for band in bands},
        decisions={
            decision: share_of([c for c in cases if c.decision == decision], least)
            for decision in sorted({c.decision for c in cases})
        },
        overridden=share_of([c for c in cases if c.overridden], least),
        followed=share_of([c for c in cases if not c.overridden], least),
        groups={
            name: {
                value: share_of([c for c in cases if c.groups[name] == value], least)
                for value in sorted({c.groups[name] for c in cases})
            }
            for name in names
        },
        told_apart=told_apart,
        chance=chance,
        unequal=unequal,
        compared=compared,
    )


def share_of(cases: Sequence[Case], least: int) -> Share:
    """How often it happened among these."""
    return share(len(cases), sum(case.happened for case in cases), least)


def share(seen: int, happened: int, least: int) -> Share:
    """A share with its interval, where enough were seen."""
    from scipy.stats import binomtest

    if seen < least:
        return Share(seen, happened)
    interval = binomtest(happened, seen).proportion_ci(method="wilson")
    return Share(seen, happened, float(interval.low), float(interval.high))


def found_true(chances: Sequence[float]) -> list[bool]:
    """Which of many tests found something, so that of what is found no more than the rate is found by chance."""
    from scipy.stats import false_discovery_control

    return [bool(one <= RATE) for one in false_discovery_control(chances)] if chances else []


def _told_apart(cases: Sequence[Case], bands: Sequence[str], least: int) -> tuple[float | None, float | None]:
    from scipy.stats import mannwhitneyu

    at = {band: place for place, band in enumerate(bands)}
    with_it = [at[case.band] for case in cases if case.happened]
    without = [at[case.band] for case in cases if not case.happened]
    if len(cases) < least or min(len(with_it), len(without)) < _FEW:
        return None, None
    test = mannwhitneyu(with_it, without)
    return float(test.statistic) / len(with_it) / len(without), float(test.pvalue)


def _unequal(cases: Sequence[Case], bands: Sequence[str], least: int) -> tuple[list[Unequal], int]:
    from scipy.stats import fisher_exact

    compared: list[tuple[Unequal, float]] = []
    for name in sorted({name for case in cases for name in case.groups}):
        values = sorted({case.groups[name] for case in cases})
        # Of two groups one says what the other does.
        for value in values if len(values) > 2 else values[:1]:
            for band in bands:
                here = [case for case in cases if case.band == band]
                its = share_of([case for case in here if case.groups[name] == value], least)
                others = share_of([case for case in here if case.groups[name] != value], least)
                if its.is_enough and others.is_enough:
                    table = [[one.happened, one.seen - one.happened] for one in (its, others)]
                    chance: Any = fisher_exact(table).pvalue
                    compared.append((Unequal(name, value, band, its, others), float(chance)))
    found = found_true([chance for _one, chance in compared])
    return [one for (one, _chance), is_found in zip(compared, found, strict=True) if is_found], len(compared)


@dataclass(frozen=True)
class Change:
    """A dimension of a place between the first and the last visit of the same homes.

    Attributes:
        first, later: how often it was a need then and now.
        better, worse: in how many homes it is none any more, and became one.
        is_change: whether more than chance.
    """

    first: Share
    later: Share
    better: int
    worse: int
    is_change: bool = False

    @property
    def both(self) -> tuple[Share, Share]:
        """Then and now."""
        return self.first, self.later


def changes(pairs: Mapping[Any, Sequence[tuple[bool, bool]]], *, least: int) -> dict[Any, Change]:
    """What changed, by whatever the pairs are named: of each home whether it was a need at first, and is one now."""
    from dataclasses import replace

    from scipy.stats import binomtest

    found, chances = {}, {}
    for name, homes in pairs.items():
        better = sum(was and not now for was, now in homes)
        worse = sum(now and not was for was, now in homes)
        first = share(len(homes), sum(was for was, _now in homes), least)
        found[name] = Change(first, share(len(homes), sum(now for _was, now in homes), least), better, worse)
        if first.is_enough:
            chances[name] = float(binomtest(worse, better + worse).pvalue) if better + worse else 1.0
    for name, is_change in zip(chances, found_true(list(chances.values())), strict=True):
        found[name] = replace(found[name], is_change=is_change)
    return found
