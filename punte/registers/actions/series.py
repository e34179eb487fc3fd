"""The entries that follow a step, written down one after the other."""

import datetime as dt
from typing import Any

from punte.accounts.models import User
from punte.registers.actions.add import add_entry
from punte.registers.definition import Writes
from punte.registers.models import Entry
from punte.registers.totals.definition import months_before
from punte.registers.values import Values

_MOST = 120
_WEEK = dt.timedelta(days=7)


def write_series(*, by: User, entry: Entry, subject: Any, step: Writes, said: Values) -> None:
    """Write the entries that a step of `entry` announces; where a field that it needs is empty, none.

    Args:
        said: what the entry says after the step.

    Raises: as `add_entry`.
    """
    first, times = said.get(step.start), said.get(step.times)
    if first is None or not times:
        return
    for at in range(min(times, _MOST)):
        day = months_before(first, -at) if step.every == "month" else first + at * _WEEK
        given = {theirs: said[ours] for theirs, ours in step.sets.items() if ours in said}
        add_entry(
            by=by,
            register=step.register,
            subject=subject,
            start=day,
            given={**given, step.by: entry},
            confirmed=True,
        )
