"""Somebody who knows every figure published, and perhaps a part of the counts: what can they work out?"""

from collections.abc import Mapping
from typing import Any

import highspy

from punte.statistics.disclosure import Count, Published


def range_of(
    area: Any, counts: Mapping[Any, Count], told: Published, knower: str | None
) -> tuple[float, float]:
    """The least and the most that the part of a count unknown to the attacker may be (a linear programme)."""
    return _extreme(area, counts, told, knower, highspy.ObjSense.kMinimize), _extreme(
        area, counts, told, knower, highspy.ObjSense.kMaximize
    )


def _extreme(
    area: Any, counts: Mapping[Any, Count], told: Published, knower: str | None, sense: Any
) -> float:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    cells = {}
    for name, count in counts.items():
        own = count.parts.get(knower, 0) if knower else 0
        if name in told.hidden:
            # Every hidden count is at least one, and no greater than what it is counted out of.
            least, most = max(0, 1 - own), highspy.kHighsInf
            if count.out_of is not None:
                most = sum(count.out_of.values()) - (count.out_of.get(knower, 0) if knower else 0)
        else:
            least = most = told.shown[name] - own
        cells[name] = solver.addVariable(lb=least, ub=most, obj=1.0 if name == area else 0.0)
    if told.total is not None:
        own = sum(count.parts.get(knower, 0) for count in counts.values()) if knower else 0
        solver.addConstr(sum(cells.values()) == told.total - own)
    solver.changeObjectiveSense(sense)
    solver.run()
    if solver.getModelStatus() == highspy.HighsModelStatus.kUnbounded:
        return float("inf")
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, solver.getModelStatus()
    return solver.getInfo().objective_function_value
