"""What somebody who knows every number published can say of those that are hidden.

A hidden cell is safe where two tables agree with all that is published and differ in it by the width of the rule. Such
tables, the witnesses, are worked out from what is published alone, so that they may be published too.
"""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from punte.statistics.safety.programme import model, solved, with_costs
from punte.statistics.safety.system import System

_PATIENCE = 4
_NEARLY = 1e-6
_HIGHEST = 1e12


@dataclass(frozen=True)
class Witnesses:
    """Of hidden cells that hang together: possible tables, one a row, and the cells that they do not keep safe."""

    cells: Sequence[int]
    points: Any
    unsafe: Sequence[int]


def knots(system: System, hidden: Collection[int]) -> list[list[int]]:
    """The hidden cells in groups: a line that two of them are in ties them together."""
    left, found = set(hidden), []
    for first in sorted(hidden):
        if first not in left:
            continue
        left.discard(first)
        group, ahead = [first], [first]
        while ahead:
            for line in system.lines_at[ahead.pop()]:
                for cell, _sign in system.lines[line]:
                    if cell in left:
                        left.discard(cell)
                        group.append(cell)
                        ahead.append(cell)
        found.append(sorted(group))
    return found


def witnesses(system: System, cells: Sequence[int], width: float) -> Witnesses:
    """Look for possible tables that keep each of the cells of a knot safe."""
    solver = _possible(system, cells, width)
    chance = random.Random(len(cells))  # noqa: S311
    points = np.empty((0, len(cells)))
    waiting, idle = len(cells), 0
    while waiting and idle < _PATIENCE:
        before = waiting
        narrow = _narrow(points, width, len(cells))
        costs = np.zeros(len(cells))
        costs[narrow] = [chance.choice((-1.0, 1.0)) for _ in narrow]
        for direction in (costs, -costs):
            points = np.vstack([points, with_costs(solver, direction)])
        waiting = len(_narrow(points, width, len(cells)))
        idle = 0 if waiting < before else idle + 1
    unsafe = []
    for place in _narrow(points, width, len(cells)):
        if place not in _narrow(points, width, len(cells)):
            continue
        for sign in (1.0, -1.0):
            costs = np.zeros(len(cells))
            costs[place] = sign
            points = np.vstack([points, with_costs(solver, costs)])
        if np.ptp(points[:, place]) < width - _NEARLY:
            unsafe.append(cells[place])
    return Witnesses(cells, points if unsafe else _fewest(points, width), unsafe)


def _narrow(points: Any, width: float, count: int) -> list[int]:
    if not len(points):
        return list(range(count))
    return [int(place) for place in np.flatnonzero(np.ptp(points, axis=0) < width - _NEARLY)]


def _fewest(points: Any, width: float) -> Any:
    """Without those that are not needed."""
    place = 0
    while place < len(points) and len(points) > 2:
        fewer = np.delete(points, place, axis=0)
        if (np.ptp(fewer, axis=0) >= width - _NEARLY).all():
            points = fewer
        else:
            place += 1
    return points


def _possible(system: System, cells: Sequence[int], width: float) -> Any:
    """The programme whose points are the tables that agree with what is published.

    A hidden number may be nought; how high it may be is bounded only so that no programme runs away. The bound, as all
    else, follows from what is published.
    """
    at = {cell: place for place, cell in enumerate(cells)}
    numbers = sorted({line for cell in cells for line in system.lines_at[cell]})
    rows, sides = [], []
    for number in numbers:
        row, shown = [], 0
        for cell, sign in system.lines[number]:
            if cell in at:
                row.append((at[cell], float(sign)))
            else:
                shown += sign * system.values[cell]
        rows.append(row)
        sides.append((float(-shown), float(-shown)))
    count = len(cells)
    most = 10 * (sum(abs(low) for low, _high in sides) + width * count)
    while True:
        solver = model(rows, sides=sides, least=[0.0] * count, most=[most] * count, costs=[0.0] * count)
        if solved(solver) is not None:
            return solver
        if most > _HIGHEST:
            raise AssertionError("the true table is always possible")
        most *= 10
