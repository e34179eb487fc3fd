"""What families are asked to agree to, and by which law something goes without it (`content/consents.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language

from punte.kernel.evidence import EVIDENCE, NOT_KNOWN_FOR_SURE
from punte.kernel.own_content import kept_file, product_file

SHARING, TRANSFER, REFERRAL = "share_with_institution", "transfer", "referral"
REMINDERS, FAMILY_PAGE = "reminders", "family_page"
"""What a family opts in to: nothing of it happens where the file does not name it."""
_KNOWN_TO_THE_CODE = frozenset({SHARING, TRANSFER, REFERRAL})
_RECEIVER = ("required", "optional", "none")
_FILE = "consents.yaml"


@dataclass(frozen=True)
class Purpose:
    """What somebody may agree to; a `retired` one is read but no longer asked.

    Attributes:
        says: by language the sentence that is read to the family.
        receiver: whether it is said who receives: required, optional or none.
        months: for how long it is proposed.
    """

    key: str
    ro: str
    en: str
    says: Mapping[str, str]
    receiver: str
    months: int
    retired: bool = False

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.ro

    @property
    def sentence(self) -> str:
        """What is read to the family, in the language of the page."""
        return self.says["en" if get_language() == "en" else "ro"]


@dataclass(frozen=True)
class Ground:
    """A law by which something may be handed over without consent."""

    key: str
    ro: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.ro


@dataclass(frozen=True)
class Agreements:
    """What the file says; one that `is_proposal` nobody has confirmed. A sharing lasts at most `sharing_months`."""

    purposes: Mapping[str, Purpose]
    grounds: Mapping[str, Ground]
    sharing_months: int
    is_proposal: bool


@kept_file(_FILE, find=product_file)
def agreements(path: Path) -> Agreements:
    """The file, read anew when it changes.

    Raises:
        ImproperlyConfigured: it does not hold together, or lacks what the product itself asks for.
    """
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        purposes = {key: _purpose(key, row) for key, row in said["purposes"].items()}
        grounds = {key: Ground(key, row["ro"], row["en"]) for key, row in said["grounds"].items()}
        sharing_months = int(said["sharing_months"])
        if not 1 <= sharing_months <= 60:
            raise ValueError("sharing_months is from 1 to 60")
        if said["evidence"] not in EVIDENCE:
            raise ValueError(f"evidence is none of {', '.join(EVIDENCE)}")
        if missing := _KNOWN_TO_THE_CODE - purposes.keys():
            raise ValueError(f"the product asks for {', '.join(sorted(missing))}")
    except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
        raise ImproperlyConfigured(f"{path}: {error}") from error
    return Agreements(purposes, grounds, sharing_months, said["evidence"] in NOT_KNOWN_FOR_SURE)


def _purpose(key: str, row: Mapping[str, Any]) -> Purpose:
    if row["receiver"] not in _RECEIVER:
        raise ValueError(f"{key}: receiver is none of {', '.join(_RECEIVER)}")
    if not 1 <= int(row["months"]) <= 60:
        raise ValueError(f"{key}: months is from 1 to 60")
    says = {language: str(row["says"][language]) for language in ("ro", "en")}
    retired = bool(row.get("retired", False))
    return Purpose(key, row["ro"], row["en"], says, row["receiver"], int(row["months"]), retired)


def purpose_in_words(key: str) -> str:
    """A purpose on a page; one that is in the file no more, by its key."""
    return str(agreements().purposes.get(key, key))


def ground_in_words(key: str) -> str:
    """A ground on a page; one that is in the file no more, by its key."""
    return str(agreements().grounds.get(key, key))
