"""Days that somebody can mean: near enough that no reckoning with them leaves the calendar of the machine."""

import datetime as dt

YEARS = range(1800, 2200)


def is_meant(day: dt.date) -> bool:
    """Whether the year of a day or moment is one that a record can be about; 0001 and 9999 are slips."""
    return day.year in YEARS
