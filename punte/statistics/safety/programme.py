"""Linear programmes for HiGHS."""

from collections.abc import Sequence
from typing import Any

import highspy
import numpy as np


def model(
    rows: Sequence[Sequence[tuple[int, float]]],
    *,
    sides: Sequence[tuple[float, float]],
    least: Sequence[float],
    most: Sequence[float],
    costs: Sequence[float],
) -> Any:
    """A programme that minimises the costs.

    Args:
        rows: of each the columns with their factors; `sides`: between what its sum lies.
        least, most: of each column its bounds.
    """
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(costs), len(rows)
    lp.col_cost_ = np.asarray(costs, dtype=float)
    lp.col_lower_, lp.col_upper_ = np.asarray(least, dtype=float), np.asarray(most, dtype=float)
    lp.row_lower_ = np.array([low for low, _high in sides], dtype=float)
    lp.row_upper_ = np.array([high for _low, high in sides], dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row) for row in rows)]).astype(np.int32)
    lp.a_matrix_.index_ = np.array([column for row in rows for column, _ in row], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([factor for row in rows for _, factor in row], dtype=float)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
        solver.setOptionValue(option, value)
    solver.passModel(lp)
    return solver


def solved(solver: Any) -> Any:
    """The best point; None where there is none."""
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.asarray(solver.getSolution().col_value)


def with_costs(solver: Any, costs: Any) -> Any:
    """The best point for other costs, going on from where the last one ended."""
    columns = len(costs)
    solver.changeColsCost(columns, np.arange(columns, dtype=np.int32), np.asarray(costs, dtype=float))
    return solved(solver)
