"""The minimum inclusion income and the heating aid reckoned again, from the tables of the sources alone.

Written apart from the rules: plain Python over plain rows, exact numbers, no SQL and no file of content.
"""

import datetime as dt
import math
from dataclasses import dataclass
from fractions import Fraction

# Level for one equivalent person, of somebody of 65 alone, threshold for families with children: by the day. A level
# known by calculation alone (456 and 797, of January 2024) is none.
LEVELS = [
    (dt.date(2024, 1, 1), 313, None, None),
    (dt.date(2024, 3, 1), 346, 504, 879),
    (dt.date(2025, 3, 1), 366, 533, 930),
]
FAMILY_FROM = dt.date(2025, 3, 1)
COUPLE, SINGLE = {1: 143, 2: 286, 3: 428, 4: 570}, {1: 161, 2: 320, 3: 479, 4: 638}
HEATING_FROM, HEATING_EACH, HEATING_ALONE = dt.date(2025, 10, 1), 1386, 2053
SHARES = [(200, 100), (320, 90), (440, 80), (560, 70), (680, 60), (920, 50)]
LAST_SHARE = 10


@dataclass(frozen=True)
class Member:
    """Who lives in a household."""

    born: dt.date
    relation: str
    occupation: str | None


@dataclass(frozen=True)
class Home:
    """A household and what it said; the income in bani."""

    members: tuple[Member, ...]
    bani: int
    heating: str
    dwelling: str
    gets_inclusion: bool
    gets_heating: bool


def age(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _levels(day: dt.date) -> tuple[int | None, int | None, int | None]:
    held = [row[1:] for row in LEVELS if row[0] <= day]
    return held[-1] if held else (None, None, None)


def _size(home: Home, day: dt.date) -> Fraction | None:
    """Equivalent persons: who can work and is not registered does not count."""
    counted = [
        one
        for one in home.members
        if not (18 <= age(one.born, day) < 65 and one.occupation == "unregistered")
    ]
    return 1 + Fraction(1, 2) * (len(counted) - 1) if counted else None


def inclusion(home: Home, day: dt.date) -> int | None:
    """The inclusion aid in lei, None where there is none."""
    each, older, _family = _levels(day)
    alone = len(home.members) == 1 and age(home.members[0].born, day) >= 65
    level, size = (older if alone else each), _size(home, day)
    if level is None or size is None or home.gets_inclusion:
        return None
    income = Fraction(home.bani, 100)
    if income / size >= level:
        return None
    return math.ceil((level - income / size) * size)


def family(home: Home, day: dt.date) -> tuple[bool, int | None]:
    """Whether the aid for families with children seems to be there, and how much where that is known."""
    each, _older, threshold = _levels(day)
    children = sum(age(one.born, day) < 18 for one in home.members)
    size = _size(home, day)
    if threshold is None or size is None or not children or home.gets_inclusion:
        return False, None
    adjusted = Fraction(home.bani, 100) / size
    if adjusted > threshold:
        return False, None
    if each is None or adjusted > each or day < FAMILY_FROM:
        return True, None
    couple = any(one.relation in ("spouse", "partner") for one in home.members)
    return True, (COUPLE if couple else SINGLE)[min(children, 4)]


def heating(home: Home, day: dt.date) -> tuple[bool, int | None]:
    """The same of the heating aid, a month."""
    if day < HEATING_FROM or 4 <= day.month <= 9 or home.gets_heating:
        return False, None
    if "none" in (home.heating, home.dwelling):
        return False, None
    income = Fraction(home.bani, 100)
    each = income / len(home.members)
    most = HEATING_ALONE if len(home.members) == 1 else HEATING_EACH
    if each > most:
        return False, None
    share = next((share for limit, share in SHARES if each <= limit), LAST_SHARE)
    match home.heating:
        case "stove":
            return True, max(100, 320 * share // 100)
        case "electric":
            return True, 500 * share // 100
    return True, None
