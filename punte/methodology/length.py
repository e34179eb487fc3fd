"""How long a questionnaire takes: the answers that a family of five, or one person, gives on a plain visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from punte.methodology.assess import times_asked
from punte.methodology.model import Pack

SECONDS_FOR_ANSWER = 15
"""Four answers a minute, with the time to explain and to listen: an estimate of our own, not measured."""

_VISIT = date(2026, 10, 15)
_HOME: dict[str, Any] = {
    "household_id": "h",
    "visit_date": _VISIT,
    "dwelling": "house",
    "violence_signs": "none",
}
_GROWN: dict[str, Any] = {"chronic_disease": True, "disability": "none", "low_mood": False}
_CHILD: dict[str, Any] = {"mother": "home", "father": "abroad", "disability": "none", "low_mood": False}
_FIVE: tuple[dict[str, Any], ...] = (
    {"birth_date": date(1990, 3, 3), "sex": "f", "pregnant": False, **_GROWN},
    {"birth_date": date(1987, 6, 6), "sex": "m", **_GROWN},
    {"birth_date": date(2011, 5, 5), "sex": "f", "enrolled": "school", "pregnant": False, **_CHILD},
    {"birth_date": date(2017, 4, 4), "sex": "m", "enrolled": "school", **_CHILD},
    {"birth_date": date(2025, 9, 9), "sex": "f", "enrolled": "none", **_CHILD},
)
_ONE: dict[str, Any] = {"birth_date": date(1948, 2, 2), "sex": "f", "helper": "family", "alone_now": True}


@dataclass(frozen=True)
class Length:
    """How many answers are given, and about how many minutes that takes."""

    answers: int

    @property
    def minutes(self) -> int:
        return round(self.answers * SECONDS_FOR_ANSWER / 60)


@lru_cache(maxsize=32)
def length_of(pack: Pack) -> Length:
    """The length of a visit: of five people, an infant among them and a father away, or of one person.

    Who they are (names, numbers, kinship) is counted too: on a first visit it is asked.
    """
    people = _FIVE if pack.about == "household" else (_ONE,)
    members = [{**one, "household_id": "h", "member_id": str(at)} for at, one in enumerate(people)]
    times = times_asked(pack, [_HOME], members)
    given = {
        name: 1 if question.table == "household" else len(people) for name, question in pack.questions.items()
    }
    asked = (name for name, question in pack.questions.items() if question.label)
    return Length(sum(times.get(name, given[name]) for name in asked))
