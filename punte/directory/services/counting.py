"""Whether a number of places taken can be true beside the capacity: `content/counts.yaml` says what is asked about."""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.kernel.evidence import EVIDENCE


class CountsError(Exception):
    """A file of limits that cannot be used; says why."""


@dataclass(frozen=True)
class Limits:
    """What a count is held against; `content/counts.yaml` says what each is."""

    asked_above: int
    refused_above: int
    refused_beyond: int
    refused_without_capacity: int
    source: str
    evidence: str


def check_count(taken: int, *, capacity: int | None, before: int | None, reason: str, limits: Limits) -> None:
    """Whether a number of places taken may be kept.

    Args:
        capacity: None or 0 where it is not known.
        before: the newest count; a number no higher than it was answered for already.
        reason: why more are taken than there are; empty where none was given.

    Raises:
        DomainError: a slip of the finger, or more than the capacity without a reason.
    """
    if not capacity:
        if taken > limits.refused_without_capacity:
            message = _("%(taken)s places taken is too many to be true. Check the number.")
            raise DomainError(message % {"taken": taken}, field="taken")
        return
    said = {"taken": taken, "capacity": capacity, "percent": round(100 * taken / capacity)}
    if said["percent"] > limits.refused_above and taken - capacity > limits.refused_beyond:
        message = _(
            "%(taken)s of %(capacity)s places is %(percent)s%%. Check the number; where the capacity has grown, note"
            " the capacity first."
        )
        raise DomainError(message % said, field="taken")
    crowded = 100 * taken > limits.asked_above * capacity and taken > (before or 0)
    if crowded and not reason.strip():
        message = _(
            "%(taken)s of %(capacity)s places is %(percent)s%%. If it is so, write why; if not, correct the number."
        )
        raise DomainError(message % said, field="reason")


@cache
def limits() -> Limits:
    """The limits of the installation."""
    return read_limits(settings.CONTENT / "counts.yaml")


def read_limits(path: Path) -> Limits:
    """The limits of a file.

    Raises:
        CountsError: it says what cannot be.
    """
    try:
        top = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CountsError(f"{path}: {error}") from error
    names = {field.name for field in fields(Limits)}
    if not isinstance(top, dict) or set(top) != names:
        raise CountsError(f"{path}: {', '.join(sorted(names))} are wanted, and nothing else")
    made = Limits(**top)
    numbers = (made.asked_above, made.refused_above, made.refused_beyond, made.refused_without_capacity)
    if not all(type(number) is int and number >= 0 for number in numbers):
        raise CountsError(f"{path}: a limit is a whole number, 0 or more")
    if not 0 < made.asked_above <= made.refused_above:
        raise CountsError(f"{path}: what is refused is not asked about: refused_above is the larger")
    if made.evidence not in EVIDENCE:
        raise CountsError(f"{path}: {made.evidence} is none of {', '.join(EVIDENCE)}")
    return made
