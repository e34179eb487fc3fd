"""Years, quarters and months as returns name them: `2026`, `2026-T3`, `2026-09`. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from punte.deadlines.calendar import plus_months

Step = Literal["year", "quarter", "month"]
_MONTHS: dict[Step, int] = {"year": 12, "quarter": 3, "month": 1}


@dataclass(frozen=True)
class Period:
    """Whole months; `end` is the first day after them."""

    name: str
    start: dt.date
    end: dt.date

    @property
    def first(self) -> str:
        """Its first month, as an extract writes it."""
        return f"{self.start:%Y-%m}"

    @property
    def last(self) -> str:
        """Its last month."""
        return f"{plus_months(self.end, -1):%Y-%m}"

    @property
    def as_row(self) -> tuple[str, str, str, int]:
        """As a query reads it: its name, its first and last month, its year."""
        return self.name, self.first, self.last, self.start.year


def period_of(step: Step, day: dt.date) -> Period:
    """The period in which a day lies."""
    months = _MONTHS[step]
    start = dt.date(day.year, (day.month - 1) // months * months + 1, 1)
    name = {"year": f"{start:%Y}", "month": f"{start:%Y-%m}"}.get(step, f"{start:%Y}-T{start.month // 3 + 1}")
    return Period(name, start, plus_months(start, months))


def before(step: Step, period: Period) -> Period:
    """The one before it."""
    return period_of(step, period.start - dt.timedelta(days=1))


def last_periods(step: Step, today: dt.date, *, since: int, most: int) -> Sequence[Period]:
    """From the first of a year up to the one that is under way, at most so many, the oldest first."""
    found = [period_of(step, today)]
    while len(found) < most and before(step, found[0]).start.year >= since:
        found.insert(0, before(step, found[0]))
    return found
