"""Which services answer which stated need: content/needs/answers.yaml read into kinds. No database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import yaml
from django.utils.translation import get_language

from punte.kernel.own_content import kept_file, product_file
from punte.kernel.text import fold


class Stated(Protocol):
    """What a need says of itself."""

    beneficiaries: str
    vulnerability: str
    need: str


@dataclass(frozen=True)
class Kind:
    """A kind of service that needs ask for.

    Attributes:
        codes: codes of the Nomenclature; a service of any of them answers. None where it is no social service of the
            Nomenclature, so that the directory cannot tell.
        names, reasons: by language.
        planned: whether one may ask where the next should stand.
    """

    key: str
    codes: frozenset[str]
    names: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    planned: bool

    @property
    def name(self) -> str:
        """Its name in the language of the page."""
        return _spoken(self.names)

    @property
    def why(self) -> str:
        """Who answers for it, where it has no codes."""
        return _spoken(self.reasons)


@dataclass(frozen=True)
class Line:
    """A rule that says which kinds answer the needs it fits, and why where that is not plain."""

    group: str
    who: re.Pattern[str] | None
    words: re.Pattern[str]
    kinds: tuple[str, ...]
    why: str

    def fits(self, group: str, who: str, need: str) -> bool:
        """Whether it is about a need; the texts are folded."""
        return (
            group.startswith(self.group)
            and (self.who is None or bool(self.who.search(who)))
            and bool(self.words.search(need))
        )


@dataclass(frozen=True)
class Answer:
    """The kinds of service that answer one need; none where nobody has decided yet."""

    kinds: tuple[Kind, ...] = ()
    why: str = ""


class Answers:
    """The file as a whole."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.source = str(content["source"])
        self.kinds = {key: _kind(key, values) for key, values in content["kinds"].items()}
        self.lines = [_line(values) for values in content["lines"]]
        unknown = {kind for line in self.lines for kind in line.kinds} - set(self.kinds)
        if unknown:
            raise ValueError(f"answers.yaml names unknown kinds: {sorted(unknown)}")
        self._answers: dict[tuple[str, str, str], Answer] = {}

    def to(self, need: Stated) -> Answer:
        """The answer to a stated need: that of the first line which fits."""
        stated = need.beneficiaries, need.vulnerability, need.need
        if stated not in self._answers:
            self._answers[stated] = self._find(*map(fold, stated))
        return self._answers[stated]

    @property
    def planned(self) -> Sequence[Kind]:
        """The kinds of which one may ask where the next should stand."""
        return [kind for kind in self.kinds.values() if kind.planned]

    def _find(self, group: str, who: str, need: str) -> Answer:
        line = next((line for line in self.lines if line.fits(group, who, need)), None)
        return Answer(tuple(self.kinds[kind] for kind in line.kinds), line.why) if line else Answer()


@kept_file("needs/answers.yaml", find=product_file)
def answers(path: Path) -> Answers:
    """The answers of this installation, read again when the file changes."""
    return Answers(yaml.safe_load(path.read_text(encoding="utf-8")))


def _kind(key: str, values: dict[str, Any]) -> Kind:
    return Kind(
        key=key,
        codes=frozenset(values.get("codes", ())),
        names=tuple(values["name"].items()),
        reasons=tuple(values.get("why", {}).items()),
        planned=bool(values.get("planned")),
    )


def _line(values: dict[str, Any]) -> Line:
    return Line(
        group=values.get("group", ""),
        who=re.compile(values["who"]) if "who" in values else None,
        words=re.compile(values["words"]),
        kinds=tuple(values["kinds"]),
        why=values.get("why", ""),
    )


def _spoken(texts: tuple[tuple[str, str], ...]) -> str:
    by_language = dict(texts)
    return by_language.get((get_language() or "ro")[:2]) or by_language.get("ro", "")
