"""Pure rules about people."""

import datetime as dt

EMERGENCY_LASTS = dt.timedelta(hours=24)
"""How long a record stays open that was opened in an emergency."""

EMERGENCY_IS_THE_TEAMS = dt.timedelta(minutes=15)
"""How long the case team alone may answer who asks for a sealed record; then who sees all cases may too."""


def completed_years(born: dt.date, *, on: dt.date) -> int:
    """Age in completed years on a day.

    A year is complete on its anniversary; for a birth on 29 February, in a common year, on 1 March.
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def born_between(least: int | None, most: int | None, *, on: dt.date) -> tuple[dt.date | None, dt.date]:
    """The days of birth, both included, of who has from `least` to `most` completed years on a day; None: no bound."""
    latest = _years_before(on, least or 0)
    earliest = None if most is None else _years_before(on, most + 1) + dt.timedelta(days=1)
    return earliest, latest


def _years_before(day: dt.date, years: int) -> dt.date:
    """The last day of birth of who has completed so many years."""
    if (day.month, day.day) == (2, 29):
        return dt.date(day.year - years, 3, 1) - dt.timedelta(days=1)
    return day.replace(year=day.year - years)


YOUNGEST_PARENT = 12
"""Years between a parent and a child at the least: two files further apart are of two people."""


def may_be_parent_and_child(one: dt.date | None, other: dt.date | None) -> bool:
    """Whether two people were born so far apart that they may be parent and child; not where one date is not known."""
    return one is not None and other is not None and abs(one.year - other.year) >= YOUNGEST_PARENT


def first_text_after(beginning: str) -> str | None:
    """The first folded text after all those that begin so; None where no range says it.

    „Begins with” as a range `[beginning, after)` is answered by an ordinary index on every database, as long as all
    of them order the letters alike, which they do of the plain Latin ones alone.
    """
    letters = beginning.rstrip("z")
    if not letters or not beginning.isascii():
        return None
    following = {" ": "0", "9": "a"}.get(letters[-1], chr(ord(letters[-1]) + 1))
    return letters[:-1] + following
