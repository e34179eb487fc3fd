"""The table of subsidies (I.D.3) beside the services of I.A; what both ways of reading a shifted table share."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from statistics import fmean

from punte.annual_plans.content import PlanContent, ServiceLine, SubsidyLine


@dataclass(frozen=True)
class Shift:
    """Amounts that slid one row down in the table of subsidies.

    Attributes:
        first: the row that was left without an amount.
        last: the row without a code that holds the amount of the row before it.
        moved: the rows from `first` on, each with the amount that is its own.
        off_printed, off_moved: how many times, on (geometric) average, the amount of a code is away from what its
            services ask in I.A, as printed and once moved back; over `compared` codes.
    """

    first: SubsidyLine
    last: SubsidyLine
    moved: tuple[tuple[SubsidyLine, Decimal], ...]
    off_printed: float
    off_moved: float
    compared: int


def subsidised(content: PlanContent) -> list[ServiceLine]:
    """Services of others that are to have money from the local budget: the ones that subsidies are for."""
    return [line for line in content.services if line.local and not _own(content, line)]


def _own(content: PlanContent, line: ServiceLine) -> bool:
    if line.organization and content.owner:
        return line.organization == content.owner
    return line.provider == content.organization


def asked(content: PlanContent) -> dict[str, list[ServiceLine]]:
    """The subsidised services by their code."""
    by_code: dict[str, list[ServiceLine]] = defaultdict(list)
    for line in subsidised(content):
        if line.code:
            by_code[line.code].append(line)
    return dict(by_code)


def total_of(lines: Iterable[ServiceLine]) -> Decimal:
    """What services ask of the local budget, together."""
    return sum((line.local or Decimal(0) for line in lines), Decimal(0))


def shift_in(content: PlanContent) -> Shift | None:
    """The slide of amounts in I.D.3, where there is one: a code without an amount, and after it one amount too many."""
    return _shift(content.subsidies, tuple(sorted((k, total_of(v)) for k, v in asked(content).items())))


@lru_cache(maxsize=8)
def _shift(rows: Sequence[SubsidyLine], sums: tuple[tuple[str, Decimal], ...]) -> Shift | None:
    empty = [at for at, row in enumerate(rows) if row.code and row.amount is None]
    spare = [at for at, row in enumerate(rows) if not row.code and row.amount is not None]
    if len(empty) != 1 or len(spare) != 1 or spare[0] <= empty[0]:
        return None
    between = rows[empty[0] : spare[0] + 1]
    moved = tuple(
        (row, below.amount)
        for row, below in zip(between, between[1:], strict=False)
        if below.amount is not None
    )
    as_printed = {row.code: row.amount for row, _amount in moved if row.amount is not None}
    once_moved = {row.code: amount for row, amount in moved}
    compared = {code: wanted for code, wanted in sums if code in once_moved}
    return Shift(
        first=between[0],
        last=between[-1],
        moved=moved,
        off_printed=_off(as_printed, compared),
        off_moved=_off(once_moved, compared),
        compared=len(compared),
    )


def _off(given: dict[str, Decimal], sums: dict[str, Decimal]) -> float:
    ratios = [abs(math.log(given[code] / wanted)) for code, wanted in sums.items() if given.get(code)]
    return math.exp(fmean(ratios)) if ratios else 1.0


def amounts(content: PlanContent) -> list[tuple[SubsidyLine, Decimal | None]]:
    """Each coded row of I.D.3 with its amount, moved back where the table slid."""
    shift = shift_in(content)
    moved = {row.id or str(row.position): amount for row, amount in shift.moved} if shift else {}
    return [
        (row, moved.get(row.id or str(row.position), row.amount)) for row in content.subsidies if row.code
    ]
