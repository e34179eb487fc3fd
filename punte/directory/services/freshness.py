"""What must be said anew of a service, by whom and by when: `content/freshness.yaml` laid on what is known."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from punte.deadlines.calendar import due_date
from punte.deadlines.model import LANGUAGES, UNITS, Offset
from punte.directory.enums import ServiceStatus
from punte.kernel.evidence import EVIDENCE
from punte.organizations.enums import OrganizationKind

Key = Literal["places", "details", "capacity", "licence", "reopening", "proposal"]
KEYS: tuple[Key, ...] = ("places", "details", "capacity", "licence", "reopening", "proposal")
OWNERS = ("provider", "directory")
# Their day is written in the record itself.
_BY_THEIR_OWN_DAY = ("licence", "reopening")
_FIELDS = {"key", "text", "within", "remind", "who", "providers", "source", "evidence"}

_PLACE = re.compile(r"\{[^{}]*\}?|\}")


class FreshnessError(Exception):
    """A file of duties that cannot be used; says which duty and why."""


@dataclass(frozen=True)
class Duty:
    """One thing that must be said anew.

    Attributes:
        text: what its owner reads, by language; `{year}` is the year of the day on which it is due.
        within: how long after it was last said; None where the record itself has the day.
        remind: days before its day from which it is shown.
        providers: kinds of organisation that it is for; empty means all.
    """

    key: Key
    text: Mapping[str, str]
    within: Offset | None
    remind: int
    who: str
    source: str
    evidence: str
    providers: frozenset[str] = frozenset()

    def is_for(self, provider_kind: str) -> bool:
        """Whether providers of a kind have it."""
        return not self.providers or provider_kind in self.providers


@dataclass(frozen=True)
class Known:
    """What is known of one service, as far as it grows stale.

    Attributes:
        since: the day from which what was never said is counted: that on which the directory learnt of the service.
        counted: the newest count of places taken; `counts` whether the service has places that are counted.
        capacity_year: the newest year with a capacity.
        licence_ends: the last day of the licence; None where it has no end or is not known.
        reopens: the day on which a suspended service means to open again.
        proposed: when the oldest proposal that waits was written.
    """

    provider_kind: str
    status: str
    since: dt.date
    counts: bool = False
    counted: dt.date | None = None
    confirmed: dt.date | None = None
    capacity_year: int | None = None
    licence_ends: dt.date | None = None
    reopens: dt.date | None = None
    proposed: dt.date | None = None


@dataclass(frozen=True)
class Owed:
    """A duty of one service, and the last day on which it is in time."""

    duty: Duty
    due_on: dt.date

    def sentence(self) -> str:
        """What its owner reads, in the language of the page; a year in it is that of this duty's own day."""
        text = self.duty.text.get(get_language() or "ro", self.duty.text["ro"])
        return text.format(year=self.due_on.year)

    def is_late(self, today: dt.date) -> bool:
        """Whether the day has passed."""
        return self.due_on < today

    def is_near(self, today: dt.date) -> bool:
        """Whether its owner is reminded of it: the day has come near, or has passed."""
        return self.due_on - dt.timedelta(days=self.duty.remind) <= today


def owed(known: Known, duties: Iterable[Duty]) -> list[Owed]:
    """What must be said anew of a service, the earliest day first."""
    found = [
        Owed(duty, day)
        for duty in duties
        if duty.is_for(known.provider_kind)
        for day in [_day(duty, known)]
        if day is not None
    ]
    return sorted(found, key=lambda one: (one.due_on, KEYS.index(one.duty.key)))


def near(known: Known, duties: Iterable[Duty], today: dt.date) -> list[Owed]:
    """What is late or soon due of a service."""
    return [one for one in owed(known, duties) if one.is_near(today)]


def _day(duty: Duty, known: Known) -> dt.date | None:
    if duty.key == "proposal":
        return _after(duty, known.proposed)
    if known.status == ServiceStatus.CLOSED:
        return None
    if duty.key == "reopening":
        return known.reopens if known.status == ServiceStatus.SUSPENDED else None
    if duty.key == "licence":
        return known.licence_ends
    if known.status != ServiceStatus.ACTIVE:
        return None
    if duty.key == "places":
        return _after(duty, known.counted or known.since) if known.counts else None
    if duty.key == "capacity":
        # The year's figure is owed from its first day, and late once the year is over.
        return _after(duty, dt.date(known.capacity_year, 12, 31) if known.capacity_year else known.since)
    return _after(duty, known.confirmed or known.since)


def _after(duty: Duty, day: dt.date | None) -> dt.date | None:
    if day is None or duty.within is None:
        return None
    return due_date(timezone.make_aware(dt.datetime.combine(day, dt.time())), duty.within)


@cache
def duties() -> tuple[Duty, ...]:
    """The duties of the installation."""
    return read_duties(settings.CONTENT / "freshness.yaml")


def read_duties(path: Path) -> tuple[Duty, ...]:
    """The duties of a file.

    Raises:
        FreshnessError: it says what cannot be.
    """
    try:
        top = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FreshnessError(f"{path}: {error}") from error
    if not isinstance(top, dict) or set(top) != {"duties"} or not isinstance(top["duties"], list):
        raise FreshnessError(f"{path}: a list of duties is wanted")
    made = tuple(_duty(row, f"{path}: duty {place}") for place, row in enumerate(top["duties"], 1))
    for place, one in enumerate(made):
        for other in made[:place]:
            shared = one.providers & other.providers or not (one.providers and other.providers)
            if one.key == other.key and shared:
                raise FreshnessError(f"{path}: two duties {one.key} are for the same provider")
    return made


def _duty(row: Any, where: str) -> Duty:
    if not isinstance(row, dict):
        raise FreshnessError(f"{where}: a mapping is wanted")
    unknown = set(row) - _FIELDS
    missing = _FIELDS - {"within", "providers"} - set(row)
    if unknown or missing:
        raise FreshnessError(f"{where}: {', '.join(sorted(unknown | missing))} unknown or missing")
    _one_of(row["key"], KEYS, where)
    _one_of(row["who"], OWNERS, where)
    _one_of(row["evidence"], EVIDENCE, where)
    for kind in row.get("providers", []):
        _one_of(kind, OrganizationKind.values, where)
    if set(row["text"]) != set(LANGUAGES):
        raise FreshnessError(f"{where}: the text in {', '.join(LANGUAGES)}, please")
    for text in row["text"].values():
        if set(_PLACE.findall(text)) - {"{year}"}:
            raise FreshnessError(f"{where}: only {{year}} may stand between braces")
    if not isinstance(row["remind"], int) or row["remind"] < 0:
        raise FreshnessError(f"{where}: remind is a number of days")
    return Duty(
        key=row["key"],
        text=row["text"],
        within=_within(row, where),
        remind=row["remind"],
        who=row["who"],
        source=row["source"],
        evidence=row["evidence"],
        providers=frozenset(row.get("providers", [])),
    )


def _within(row: Mapping[str, Any], where: str) -> Offset | None:
    within = row.get("within")
    if (within is None) != (row["key"] in _BY_THEIR_OWN_DAY):
        raise FreshnessError(f"{where}: within stands for all but {', '.join(_BY_THEIR_OWN_DAY)}")
    if within is None:
        return None
    if not isinstance(within, dict) or len(within) != 1:
        raise FreshnessError(f"{where}: within takes one unit")
    (unit, amount), *_rest = within.items()
    _one_of(unit, UNITS, where)
    if not isinstance(amount, int) or amount < 1:
        raise FreshnessError(f"{where}: within is a whole number above 0")
    return Offset(amount, unit)


def _one_of(word: Any, words: Iterable[str], where: str) -> None:
    if word not in words:
        raise FreshnessError(f"{where}: {word} is none of {', '.join(words)}")
