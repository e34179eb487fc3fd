"""Where the next services should stand so that most people who have none come to have one. Pure.

The maximal covering location problem (Church and ReVelle, 1974): of the candidate places open `sites`, so that the
weight of the demand within reach of one of them is greatest. HiGHS solves it exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy

_SECONDS = 20.0


class NoAnswer(RuntimeError):
    """The solver did not finish in its time."""


@dataclass(frozen=True)
class Question:
    """Who needs a service, and where one may stand.

    Attributes:
        weights: of each demand without a service now; whole numbers, none negative.
        reach: for each candidate place, the demands that a service there would serve.
        prefer: for each candidate place, what decides among equally good answers (more is better).
        sites: how many may be opened.
    """

    weights: Sequence[int]
    reach: Sequence[Sequence[int]]
    prefer: Sequence[int]
    sites: int


def best_sites(question: Question) -> list[int]:
    """The candidates to open, the one that serves most first, each judged by what those before it leave.

    A candidate that would add nothing is not opened, so there may be fewer than asked.

    Raises:
        NoAnswer: the solver did not finish.
    """
    chosen = _solve(question)
    served: set[int] = set()
    ordered = []
    while chosen:
        gains = {place: gain(question, place, served) for place in chosen}
        best = max(chosen, key=lambda place: (gains[place], question.prefer[place], -place))
        if gains[best] == 0:
            break
        ordered.append(best)
        served |= set(question.reach[best])
        chosen.remove(best)
    return ordered


def gain(question: Question, place: int, served: set[int]) -> int:
    """The weight that a service at a place adds to what is served already."""
    return sum(question.weights[demand] for demand in question.reach[place] if demand not in served)


def _solve(question: Question) -> list[int]:
    useful = [
        place for place, demands in enumerate(question.reach) if any(question.weights[d] for d in demands)
    ]
    if not useful or question.sites < 1:
        return []
    near: dict[int, list[int]] = {}
    for place in useful:
        for demand in question.reach[place]:
            if question.weights[demand]:
                near.setdefault(demand, []).append(place)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("time_limit", _SECONDS),
        ("mip_rel_gap", 0.0),
    ):
        solver.setOptionValue(option, value)
    tie = _tie_breaks(question, useful)
    opened = {place: solver.addBinary(obj=tie[place]) for place in useful}
    reached = {demand: solver.addVariable(lb=0, ub=1, obj=float(question.weights[demand])) for demand in near}
    solver.addConstr(sum(opened.values()) <= question.sites)
    for demand, places in near.items():
        solver.addConstr(reached[demand] - sum(opened[place] for place in places) <= 0)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise NoAnswer
    values = solver.getSolution().col_value
    return [place for place in useful if values[opened[place].index] > 0.5]


def _tie_breaks(question: Question, useful: Sequence[int]) -> dict[int, float]:
    """Small rewards that together weigh less than one: they choose only among equally good answers."""
    most = max(question.prefer[place] for place in useful) or 1
    return {place: 0.5 * question.prefer[place] / most / (question.sites + 1) for place in useful}
