"""Pure rules about people."""

import datetime as dt


def completed_years(born: dt.date, *, on: dt.date) -> int:
    """Age in completed years on a day.

    A year is complete on its anniversary; for a birth on 29 February, in a common year, on 1 March.
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
