"""The duties to inform the public, as `content/duties` lists them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from punte.deadlines.model import UNITS, Offset
from punte.kernel.evidence import EVIDENCE
from punte.kernel.own_content import until_changed
from punte.publication.enums import ItemKind


@dataclass(frozen=True)
class Duty:
    """One duty; `every` is how often it falls due, None where once is enough."""

    key: str
    title: str
    section: str
    what: str
    legal_basis: str
    channel: str = ""
    printed_frequency: str = ""
    every: Offset | None = None
    quantity: int | None = None
    responsible: str = ""
    kinds: tuple[str, ...] = ()
    applies: bool = True
    source_line: int | None = None


@dataclass(frozen=True)
class DutyList:
    """The duties of a year and where they were read."""

    year: int
    source: str
    evidence: str
    duties: tuple[Duty, ...]

    def find(self, key: str) -> Duty | None:
        """The duty of a key."""
        return next((duty for duty in self.duties if duty.key == key), None)


def duties(today: dt.date | None = None) -> DutyList:
    """The list in force: the newest that is not of a later year.

    Raises:
        ImproperlyConfigured: there is none, or it does not hold together.
    """
    year = (today or timezone.localdate()).year
    files = {int(path.stem): path for path in (Path(settings.CONTENT) / "duties").glob("[0-9]*.yaml")}
    known = [of for of in files if of <= year]
    if not known:
        raise ImproperlyConfigured("content/duties holds no list for this year or an earlier one")
    return _read(files[max(known)])


@until_changed
def _read(path: Path) -> DutyList:
    raw: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        found = tuple(_duty(item) for item in raw["duties"])
        made = DutyList(int(raw["year"]), raw["source"], raw["evidence"], found)
    except (KeyError, TypeError, ValueError) as error:
        raise ImproperlyConfigured(f"{path}: {error}") from error
    if made.evidence not in EVIDENCE or len({duty.key for duty in found}) < len(found):
        raise ImproperlyConfigured(f"{path}: unknown evidence, or a key given twice")
    return made


def _duty(item: Mapping[str, Any]) -> Duty:
    kinds = tuple(item.get("kinds", ()))
    if not set(kinds) <= set(ItemKind.values):
        raise ValueError(f"unknown kind in {item['key']}")
    return Duty(**{**item, "kinds": kinds, "every": _offset(item.get("every"))})


def _offset(every: Mapping[str, int] | None) -> Offset | None:
    if every is None:
        return None
    ((unit, amount),) = every.items()
    if unit not in UNITS or amount < 1:
        raise ValueError(f"unknown frequency {unit}: {amount}")
    return Offset(amount, unit)  # type: ignore[arg-type]
