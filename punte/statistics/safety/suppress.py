"""Which cells to hide beside those that are too small, so that these cannot be worked out.

First by lines: where one hidden cell stands alone, or the hidden ones of a line leave too little room, the cheapest
other is hidden with it. Then by a linear programme for each cell that the audit still finds unsafe: the cheapest way in
which it could be otherwise; the cells that would have to change with it are hidden. The audit decides.
"""

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from math import inf, log1p

from punte.statistics.safety.audit import Witnesses, knots, witnesses
from punte.statistics.safety.programme import model, solved
from punte.statistics.safety.system import CannotBeSafe, Rule, System

_STEPS = 2
_MOVES = 1e-6
_NOBODY = 20.0


def protect(
    system: System, rule: Rule, insiders: Sequence[Collection[int]] = ()
) -> tuple[set[int], list[Witnesses]]:
    """What is hidden, and the witnesses that it is safe.

    Args:
        insiders: cells that somebody knows who reads the table, as a town hall those of its own place: the small
            numbers of the others are safe from them too.

    Raises:
        CannotBeSafe: earlier publications leave no way.
    """
    hidden = system.first_hidden(rule)
    _fill_lines(system, hidden, rule, range(len(system.lines)))
    known: dict[tuple[int, ...], Witnesses] = {}
    while True:
        found = _hide_from(system, hidden, rule, known)
        before = len(hidden)
        for cells in insiders:
            _hide_from_insider(system, hidden, rule, _with_sums(system, cells))
        if len(hidden) == before:
            return hidden, found


def _hide_from(
    system: System, hidden: set[int], rule: Rule, known: dict[tuple[int, ...], Witnesses]
) -> list[Witnesses]:
    while True:
        found = []
        for knot in knots(system, hidden):
            key = tuple(knot)
            if key not in known:
                known[key] = witnesses(system, knot, rule.width)
            found.append(known[key])
        unsafe = [cell for one in found for cell in one.unsafe]
        if not unsafe:
            return found
        _hide_more(system, hidden, unsafe, rule)


def _with_sums(system: System, cells: Collection[int]) -> set[int]:
    """What somebody knows, with what is made of it alone, as the sum over a county of which they are the only place."""
    own, ahead = set(cells), deque(cells)
    while ahead:
        for line in system.lines_at[ahead.popleft()]:
            others = [cell for cell, _sign in system.lines[line] if cell not in own]
            if len(others) == 1:
                own.add(others[0])
                ahead.append(others[0])
    return own


def _hide_from_insider(system: System, hidden: set[int], rule: Rule, own: set[int]) -> None:
    """Hide more until who knows their own cells places no small number of the others."""
    small = system.first_hidden(rule)
    seen = replace(system, told=system.told | own)
    touched = {
        other for cell in own & hidden for line in system.lines_at[cell] for other, _ in system.lines[line]
    }
    while True:
        left = hidden - own
        unsafe = [
            cell
            for knot in knots(seen, left)
            if touched.intersection(knot)
            for cell in witnesses(seen, knot, rule.width).unsafe
            if cell in small
        ]
        if not unsafe:
            return
        _hide_more(seen, left, unsafe, rule)
        hidden |= left


def _hide_more(system: System, hidden: set[int], unsafe: Sequence[int], rule: Rule) -> None:
    before = len(hidden)
    for cell in unsafe:
        more = _cheapest_way(system, hidden, cell, rule)
        touched = {line for other in more - hidden for line in system.lines_at[other]}
        hidden |= more
        _fill_lines(system, hidden, rule, touched)
    if len(hidden) == before:
        raise CannotBeSafe


def _fill_lines(system: System, hidden: set[int], rule: Rule, lines: Iterable[int]) -> None:
    counts = [0] * len(system.lines)
    for cell in hidden:
        for line in system.lines_at[cell]:
            counts[line] += 1
    ahead = deque(line for line in lines if counts[line])
    while ahead:
        line = ahead.popleft()
        while (short := _short(system, hidden, line, rule)) > 0:
            added = _cheapest(system, hidden, counts, line, short)
            if added is None:
                break
            hidden.add(added)
            for other in system.lines_at[added]:
                counts[other] += 1
                if other != line:
                    ahead.append(other)


def _short(system: System, hidden: Collection[int], line: int, rule: Rule) -> float:
    """How much the hidden cells of a line lack to leave one another room; nought where they do."""
    signs, room = set(), 0
    for cell, sign in system.lines[line]:
        if cell in hidden:
            signs.add(sign)
            room += system.values[cell]
    if len(signs) != 1:
        return 0
    alone = sum(cell in hidden for cell, _sign in system.lines[line]) == 1
    return max(rule.width - room, 1 if alone else 0)


def _cheapest(
    system: System, hidden: Collection[int], counts: Sequence[int], line: int, short: float
) -> int | None:
    """The cell of a line to hide: one that leaves few others alone, that fills what lacks, and is small."""
    best: int | None = None
    least: tuple[object, ...] = ()
    for cell, _sign in system.lines[line]:
        value = system.values[cell]
        if cell in hidden or cell in system.told:
            continue
        alone = sum(counts[other] == 0 for other in system.lines_at[cell] if other != line)
        price = (not value, alone, value < short, value, cell)
        if best is None or price < least:
            best, least = cell, price
    return best


def _price(system: System, hidden: Collection[int], cell: int) -> float:
    """What it costs to hide a cell; that there is nobody is told where it can be."""
    if cell in hidden:
        return 0.001
    return 1 + log1p(system.values[cell]) if system.values[cell] else _NOBODY


def _cheapest_way(system: System, hidden: Collection[int], cell: int, rule: Rule) -> set[int]:
    near = _near(system, cell)
    if (found := _way(system, hidden, cell, rule, near)) is not None:
        return found
    found = _way(system, hidden, cell, rule, set(range(len(system.values))))
    if found is None:
        raise CannotBeSafe
    return found


def _near(system: System, cell: int) -> set[int]:
    found = {cell}
    for _ in range(_STEPS):
        found |= {
            other for one in found for line in system.lines_at[one] for other, _sign in system.lines[line]
        }
    return found


def _way(
    system: System, hidden: Collection[int], cell: int, rule: Rule, near: Collection[int]
) -> set[int] | None:
    """The cells that change, cheapest first, so that one could differ by the width between two possible tables."""
    free = [one for one in sorted(near) if one not in system.told]
    at = {one: place for place, one in enumerate(free)}
    count = len(free)
    prices = [_price(system, hidden, one) for one in free]
    rows: list[list[tuple[int, float]]] = []
    for line in sorted({line for one in free for line in system.lines_at[one]}):
        row = [(at[one], float(sign)) for one, sign in system.lines[line] if one in at]
        # Of two tables, each as what it has more and what it has less than the true one.
        for table in (0, 2 * count):
            more = [(table + place, sign) for place, sign in row]
            rows.append(more + [(table + count + place, -sign) for place, sign in row])
    sides = [(0.0, 0.0)] * len(rows)
    place = at[cell]
    rows.append([(place, 1.0), (count + place, -1.0), (2 * count + place, -1.0), (3 * count + place, 1.0)])
    sides.append((float(rule.width), inf))
    less = [float(system.values[one]) for one in free]
    solver = model(
        rows, sides=sides, least=[0.0] * (4 * count), most=([inf] * count + less) * 2, costs=prices * 4
    )
    point = solved(solver)
    if point is None:
        return None
    return {one for place, one in enumerate(free) if point[place::count].max() > _MOVES}
