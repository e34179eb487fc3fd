"""How soon people are answered about their data, and what all who work here promise (`content/privacy.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language

from punte.kernel.evidence import EVIDENCE
from punte.kernel.own_content import Files, both_files, kept_files

_FILE = "privacy.yaml"
_PARTS = ("requests", "breaches", "who_looked", "promise")


@dataclass(frozen=True)
class Promise:
    """What each account accepts before it works, in one version."""

    version: str
    ro: str
    en: str

    @property
    def paragraphs(self) -> list[str]:
        """The text in the language of the page."""
        text = self.en if get_language() == "en" else self.ro
        return [part.strip() for part in text.split("\n") if part.strip()]


@dataclass(frozen=True)
class Privacy:
    """What the file says.

    Attributes:
        months: in which a person's request is answered; `more_months` may be added to a hard one.
        breach_hours: in which the authority is told of a breach, from when the institution knew.
        names_of_workers: whether a page for the family names who looked, beside role and institution.
    """

    months: int
    more_months: int
    breach_hours: int
    names_of_workers: bool
    promise: Promise


@kept_files(_FILE, find=both_files)
def privacy(files: Files) -> Privacy:
    """The product's file with what the operator's own says instead, read anew when one of them changes.

    Raises:
        ImproperlyConfigured: it does not hold together.
    """
    said: dict[str, Mapping[str, Any]] = {}
    for path, _own in files:
        try:
            said |= _parts(yaml.safe_load(path.read_text(encoding="utf-8")))
            read = _privacy(said)
        except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
            raise ImproperlyConfigured(f"{path}: {error}") from error
    return read


def _parts(said: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    for name, part in said.items():
        if name not in _PARTS:
            raise ValueError(f"{name} is none of {', '.join(_PARTS)}")
        if part["evidence"] not in EVIDENCE or not part["source"]:
            raise ValueError(f"{name}: evidence is none of {', '.join(EVIDENCE)}, or source is missing")
    return dict(said)


def _privacy(said: Mapping[str, Mapping[str, Any]]) -> Privacy:
    promise = said["promise"]
    return Privacy(
        months=_number(said["requests"], "months", 1, 3),
        more_months=_number(said["requests"], "more_months", 0, 3),
        breach_hours=_number(said["breaches"], "hours", 1, 72),
        names_of_workers=said["who_looked"]["names_of_workers"] is True,
        promise=Promise(str(promise["version"]), promise["ro"].strip(), promise["en"].strip()),
    )


def _number(part: Mapping[str, Any], name: str, least: int, most: int) -> int:
    number = int(part[name])
    if not least <= number <= most:
        raise ValueError(f"{name} is from {least} to {most}")
    return number
