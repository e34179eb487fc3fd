"""A score of one person in time: a band goes up by itself, and down only as its register and a second person say."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.methodology.model import Band, Pack, Score
from punte.people.models import Person
from punte.registers.models import Entry
from punte.registers.sight import Sight

AGREED, LEVEL = "agreed", "level"
"""Of a register by which a level goes down: the state in which it does, and the field that names the band."""
_BAND = "band_"


@dataclass(frozen=True)
class Step:
    """What one day said of a score.

    Attributes:
        value: as the answers of the day show it; None of a day on which the level was lowered.
        stands: the band in force from that day on.
        held: whether the answers show less than what stands: nobody has agreed yet that it is lower.
        source: the assessment or the entry that says it.
    """

    day: dt.date
    value: Decimal | None
    stands: Band
    held: bool
    source: Any

    @property
    def lowered(self) -> bool:
        """Whether it was lowered by a person, with a reason."""
        return self.value is None


def course_of(user: User, pack: Pack, score: Score, person: Person, made: Iterable[Assessment]) -> list[Step]:
    """A score in time, the oldest day first.

    Args:
        pack: of one person's questionnaire.
        made: the assessments of the person that the account reads, with their finding sets prefetched.
    """
    told: list[tuple[dt.date, int, Decimal, Any]] = [
        (one.visited_on, 0, value, one) for one in made if (value := _value(one, score)) is not None
    ]
    told += [(entry.start, 1, band, entry) for entry, band in _lowerings(user, score, person)]
    steps: list[Step] = []
    stands: Decimal | None = None
    for day, kind, value, source in sorted(told, key=lambda one: (one[0], one[1], one[3].created_at)):
        band = score.band_of(value).start
        if kind == 1 and (stands is None or band >= stands):
            continue
        held = kind == 0 and bool(score.lowered_by) and stands is not None and band < stands
        if not held:
            stands = band
        assert stands is not None
        steps.append(Step(day, value if kind == 0 else None, score.band_of(stands), held, source))
    return steps


def _value(made: Assessment, score: Score) -> Decimal | None:
    found = max(made.finding_sets.all(), key=lambda one: one.created_at, default=None)
    rows = found.scores if found else []
    text = next((row["value"] for row in rows if row["name"] == score.name), None)
    return Decimal(text) if text is not None else None


def _lowerings(user: User, score: Score, person: Person) -> Iterator[tuple[Entry, Decimal]]:
    if not score.lowered_by:
        return
    for entry in Sight(user, person).entries():
        if entry.register == score.lowered_by and entry.state == AGREED:
            yield entry, Decimal(entry.values[LEVEL].removeprefix(_BAND))
