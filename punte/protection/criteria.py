"""By what a family is looked for: `content/matching.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from punte.kernel.evidence import EVIDENCE, NOT_KNOWN_FOR_SURE
from punte.methodology.definition_files import one_of, only, read_text
from punte.methodology.errors import gettext_noop
from punte.methodology.model import Text
from punte.methodology.source_files import Section, section_of, text_of

KNOWN = ("free_places", "age", "sex", "needs", "siblings", "school", "distance")
"""What can be asked of a family; which of it is asked, and what it weighs, the file says."""
_KEYS = {"strict", "relaxes", "points", "years", "km", "label", "met", "not_met"}
_YES = ("true", "false")


@dataclass(frozen=True)
class Criterion:
    """One thing asked of a family.

    Attributes:
        strict: whether a family that does not meet it is no candidate.
        relaxes: whether it is one in a search that was made wider.
        points: what meeting it is worth in the order.
        measure: years by which an age may be off in a wider search, or kilometres within which is near.
    """

    key: str
    label: Text
    met: Text
    not_met: Text
    strict: bool = False
    relaxes: bool = False
    points: int = 0
    measure: int = 0


@dataclass(frozen=True)
class Criteria:
    """All of the file, in its order."""

    each: Mapping[str, Criterion]
    source: str
    evidence: str

    @property
    def is_proposal(self) -> bool:
        """Whether nobody has confirmed it yet."""
        return self.evidence in NOT_KNOWN_FOR_SURE


def criteria() -> Criteria:
    """Those of this installation; read anew when the file changes.

    Raises:
        PackError: the file does not hold together.
    """
    path = Path(settings.CONTENT) / "matching.yaml"
    return _read(path, path.stat().st_mtime_ns)


def in_words(text: Text) -> str:
    """A text in the language of the screen."""
    return text["ro" if (get_language() or "ro").startswith("ro") else "en"]


@lru_cache(maxsize=2)
def _read(path: Path, _changed_at: int) -> Criteria:
    top = section_of(text_of(path), str(path))
    only(top, {"criteria", "source", "evidence"})
    section = top.section("criteria")
    only(section, KNOWN)
    return Criteria(
        {key: _criterion(key, one) for key, one in section.sections()},
        top.text("source"),
        one_of(top, "evidence", EVIDENCE),
    )


def _criterion(key: str, one: Section) -> Criterion:
    only(one, _KEYS)
    strict, relaxes = (one_of(one, name, _YES, "false") == "true" for name in ("strict", "relaxes"))
    return Criterion(
        key,
        read_text(one, "label"),
        read_text(one, "met"),
        read_text(one, "not_met"),
        strict=strict,
        relaxes=relaxes,
        points=_whole(one, "points"),
        measure=_whole(one, "years") or _whole(one, "km"),
    )


def _whole(one: Section, key: str) -> int:
    text = one.text(key, "0")
    if not text.isdecimal():
        raise one.error(gettext_noop("%(key)s is a whole number"), key, key=key)
    return int(text)
