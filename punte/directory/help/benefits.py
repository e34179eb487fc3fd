"""Benefits and rights as content: what each is, for whom, where one asks, with what papers, by which law.

One file each in `content/benefits`, described in its README. A file that does not hold together is refused by its name
and line, as a pack is.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from punte.kernel.evidence import EVIDENCE, NOT_KNOWN_FOR_SURE
from punte.methodology.errors import gettext_noop
from punte.methodology.source_files import Section, read_yaml

Words = Mapping[str, str]
"""A text by language."""

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_REQUIRED = ("name", "who", "words", "what", "for_whom", "ask_at", "papers", "next", "law")
_OPTIONAL = ("urgent", "term", "helped_by")


@dataclass(frozen=True)
class Place:
    """A kind of institution where one asks; `written_to` by the form of the town hall."""

    name: Words
    written_to: bool


@dataclass(frozen=True)
class Known:
    """Where something was read, and how sure it is."""

    source: str
    evidence: str

    @property
    def proposed(self) -> bool:
        """Whether a county still has to confirm it."""
        return self.evidence in NOT_KNOWN_FOR_SURE

    @property
    def from_memory(self) -> bool:
        """Whether nobody read it."""
        return self.evidence == "memory"


@dataclass(frozen=True)
class Told:
    """A text with where it was read."""

    text: Words
    known: Known


@dataclass(frozen=True)
class Papers:
    """The papers to bring, and where that was read."""

    names: Sequence[Words]
    known: Known


@dataclass(frozen=True)
class Act:
    """An act that gives the right, in Romanian."""

    name: str
    known: Known


@dataclass(frozen=True)
class Benefit:
    """A right or a benefit. `term` is None where nobody read it: a term from memory is not told.

    Attributes:
        who: keys of `content/find/people.yaml`; it weighs between answers, and never finds one alone.
        words: by language, the needs in people's own words that lead here.
        next: by language, what to do, a step a line.
        helped_by: needs of `content/find/needs.yaml` whose services help to get it.
    """

    key: str
    name: Words
    who: tuple[str, ...]
    urgent: bool
    words: Mapping[str, Sequence[str]]
    what: Told
    for_whom: Told
    term: Told | None
    ask_at: Sequence[Place]
    papers: Papers
    next: Mapping[str, Sequence[str]]
    law: Sequence[Act]
    helped_by: tuple[str, ...]

    @property
    def known(self) -> list[Known]:
        """Where each part of it was read."""
        told = [self.what, self.for_whom, *([self.term] if self.term else ())]
        return [one.known for one in (*told, self.papers, *self.law)]

    @property
    def proposed(self) -> bool:
        """Whether a county still has to confirm some of it."""
        return any(one.proposed for one in self.known)

    @property
    def number(self) -> str:
        """What stands in its address, which lasts and tells nobody who looks on what it is about."""
        return blake2b(self.key.encode(), digest_size=4).hexdigest()


def read_benefits(
    folder: Path, *, languages: Sequence[str], people: Collection[str], needs: Collection[str]
) -> dict[str, Benefit]:
    """Every benefit by its key, which is the name of its file, in the order of the names.

    Raises:
        PackError: a part is missing or unknown, or names what does not exist; with the file and the line.
    """
    shared = _Shared(folder / "shared", languages, people, needs)
    return {path.stem: shared.benefit(path) for path in sorted(folder.glob("*.yaml"))}


class _Shared:
    """What every file may name."""

    def __init__(
        self, folder: Path, languages: Sequence[str], people: Collection[str], needs: Collection[str]
    ) -> None:
        self.languages, self.people, self.needs = languages, people, needs
        self.places = {
            key: Place(self._words(one.section("name")), self._yes(one, "written_to"))
            for key, one in read_yaml(folder / "places.yaml").sections()
        }
        self.papers = {key: self._words(one) for key, one in read_yaml(folder / "papers.yaml").sections()}

    def benefit(self, path: Path) -> Benefit:
        top = read_yaml(path)
        key = path.stem
        if not _KEY.fullmatch(key) or key in self.needs:
            raise top.error(gettext_noop("not a name of its own: %(key)s"), key=key)
        self._only(top, (*_REQUIRED, *_OPTIONAL))
        for part in _REQUIRED:
            if part not in top:
                raise top.error(gettext_noop("%(key)s is missing"), key=part)
        papers = top.section("papers")
        self._only(papers, ("bring", "source", "evidence"))
        return Benefit(
            key=key,
            name=self._words(top.section("name")),
            who=self._of(top, "who", self.people),
            urgent=self._yes(top, "urgent"),
            words=self._lists(top.section("words")),
            what=self._told(top.section("what")),
            for_whom=self._told(top.section("for_whom")),
            term=self._term(top),
            ask_at=[self.places[one] for one in self._of(top, "ask_at", self.places)],
            papers=Papers(
                [self.papers[one] for one in self._of(papers, "bring", self.papers)], self._known(papers)
            ),
            next=self._lists(top.section("next")),
            law=[self._act(one) for one in top.items_of("law")],
            helped_by=self._of(top, "helped_by", self.needs),
        )

    def _term(self, top: Section) -> Told | None:
        term = self._told(top.section("term")) if "term" in top else None
        return None if term is None or term.known.from_memory else term

    def _told(self, section: Section) -> Told:
        self._only(section, (*self.languages, "source", "evidence"))
        return Told(self._words(section), self._known(section))

    def _act(self, section: Section) -> Act:
        self._only(section, ("act", "source", "evidence"))
        return Act(section.text("act"), self._known(section))

    def _known(self, section: Section) -> Known:
        evidence = section.text("evidence")
        if evidence not in EVIDENCE:
            raise section.error(
                gettext_noop("unknown %(key)s: %(value)s"), "evidence", key="evidence", value=evidence
            )
        return Known(section.text("source"), evidence)

    def _words(self, section: Section) -> Words:
        return {language: section.text(language) for language in self.languages}

    def _lists(self, section: Section) -> Mapping[str, Sequence[str]]:
        self._only(section, self.languages)
        for language in self.languages:
            if not section.texts(language):
                raise section.error(gettext_noop("%(key)s is missing"), language, key=language)
        return {language: section.texts(language) for language in self.languages}

    def _yes(self, section: Section, key: str) -> bool:
        value = section.text(key, "no")
        if value not in ("yes", "no"):
            raise section.error(gettext_noop("unknown %(key)s: %(value)s"), key, key=key, value=value)
        return value == "yes"

    def _of(self, section: Section, key: str, known: Collection[str]) -> tuple[str, ...]:
        for value in section.texts(key):
            if value not in known:
                raise section.error(gettext_noop("unknown %(key)s: %(value)s"), key, key=key, value=value)
        return tuple(section.texts(key))

    def _only(self, section: Section, parts: Collection[str]) -> None:
        for key in section:
            if key not in parts:
                raise section.error(gettext_noop("unknown %(key)s: %(value)s"), key, key="part", value=key)
