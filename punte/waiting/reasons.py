"""Why somebody comes before others: `content/waiting.yaml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import yaml
from django.conf import settings
from django.utils.translation import get_language


@dataclass(frozen=True)
class Reason:
    """One reason that a person may declare."""

    key: str
    points: int
    words: Mapping[str, str]

    def __str__(self) -> str:
        return self.words.get(get_language() or "ro") or self.words["ro"]


@cache
def reasons() -> Mapping[str, Reason]:
    """Those of the installation, by key."""
    top = yaml.safe_load((settings.CONTENT / "waiting.yaml").read_text(encoding="utf-8"))
    return {
        key: Reason(key, int(one["points"]), {"ro": one["ro"], "en": one["en"]})
        for key, one in top["reasons"].items()
    }


def points_of(keys: Iterable[str]) -> int:
    """The sum of the points of some reasons."""
    return sum(reasons()[key].points for key in keys)


def said(keys: Iterable[str]) -> list[str]:
    """Reasons in words; one that is there no more is left out."""
    return [str(reasons()[key]) for key in keys if key in reasons()]
