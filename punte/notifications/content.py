"""Channels, kinds, reasons, forms of abuse, words and answers of notifications: `content/notifications.yaml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from django.utils.translation import get_language

from punte.accounts.enums import Compartment
from punte.deadlines.nodes import Nodes, gettext_noop
from punte.kernel.evidence import EVIDENCE
from punte.kernel.own_content import kept_file

FILE = "notifications.yaml"
USES = ("office", "partner", "public")
COMPARTMENTS: tuple[str, ...] = (Compartment.GENERAL, Compartment.ABUSE, Compartment.VIOLENCE)
SCOPES = ("child", "domestic", "older", "any")
UNKNOWN = "unknown"
"""The kind of what nobody can name yet, and of what a file no longer names."""
CHILD = "child_abuse"
"""What a child's own call is taken for until somebody has looked: only who reads of abuse reads it."""
_ALWAYS = {"kinds": (UNKNOWN, CHILD), "channels": ("site", "petition", "child_self")}
"""What comes in without anybody choosing it; no file may do without."""
_LEVELS = ("1", "2", "3")
_COMMON = {"key", "ro", "en", "uk", "source", "evidence"}
_WORDS = {
    "urgent": {"number"},
    "lines": {"number"},
    "call_kinds": set[str](),
    "call_outcomes": set[str](),
    "channels": {"by"},
    "kinds": {"by", "level", "compartment", "directorate", "step", "said"},
    "reasons": {"level"},
    "abuse": {"scope"},
    "states": set[str](),
    "answers": set[str](),
    "package": {"from"},
}


@dataclass(frozen=True)
class Word:
    """One line of the file.

    Attributes:
        by: who may choose it; nobody is asked where it is empty.
        level: how urgent it makes a notification.
        step: of a kind, what is done first.
        said: of a kind, the term in the words of its source.
        to_directorate: whether the county directorate is the one that checks.
        number: to be called.
        scope: of a form of abuse, whom it is done to; of a paper, who gives it.
    """

    key: str
    words: Mapping[str, str]
    source: str
    evidence: str
    by: frozenset[str] = frozenset()
    level: int = 1
    compartment: str = Compartment.GENERAL
    step: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    to_directorate: bool = False
    number: str = ""
    scope: str = ""

    def __str__(self) -> str:
        return _in_words(self.words)

    @property
    def first_step(self) -> str:
        """What is done first, in words."""
        return _in_words(self.step) if self.step else ""


@dataclass(frozen=True)
class Content:
    """The whole file, each section by key in its order."""

    sections: Mapping[str, Mapping[str, Word]]

    def section(self, name: str) -> Mapping[str, Word]:
        """The lines of a section."""
        return self.sections[name]

    def choices(self, name: str, *, by: str = "") -> list[tuple[str, str]]:
        """What is offered in a form, for who may choose it."""
        return [(one.key, str(one)) for one in self.sections[name].values() if not by or by in one.by]

    def said(self, name: str, key: str) -> str:
        """A key in words; itself where the file no longer has it."""
        found = self.sections[name].get(key)
        return str(found) if found else key

    def kind(self, key: str) -> Word:
        """A kind by its key; that of what is not known where the file no longer has it."""
        kinds = self.sections["kinds"]
        return kinds.get(key) or kinds[UNKNOWN]


def _in_words(words: Mapping[str, str]) -> str:
    language = (get_language() or "ro")[:2]
    return words.get(language) or words["en"]


@kept_file(FILE)
def content(path: Path) -> Content:
    """What the file says, the operator's own where there is one; read anew when it changes.

    Raises:
        punte.deadlines.nodes.RulesError: a word, level, compartment or evidence that is not known; names the line.
    """
    return _Reader(path).read()


class _Reader(Nodes):
    def read(self) -> Content:
        node = self.compose()
        top = self.mapping(node)
        self.only(top, _WORDS)
        sections = {name: self._section(name, self.field(top, name, node)) for name in _WORDS}
        for name, keys in _ALWAYS.items():
            for key in keys:
                if key not in sections[name]:
                    raise self.error(gettext_noop("%(name)s is missing"), top[name], name=key)
        if "public" not in sections["kinds"][CHILD].by:
            raise self.error(gettext_noop("%(name)s is for everybody"), top["kinds"], name=CHILD)
        return Content(sections)

    def _section(self, name: str, node: yaml.Node) -> Mapping[str, Word]:
        found: dict[str, Word] = {}
        for item in self.items(node):
            word = self._word(name, item)
            if word.key in found:
                raise self.error(gettext_noop("%(name)s is given twice"), item, name=word.key)
            found[word.key] = word
        return found

    def _word(self, name: str, node: yaml.Node) -> Word:
        fields = self.mapping(node)
        self.only(fields, _COMMON | _WORDS[name])
        one = {key: self.scalar(fields[key]) for key in ("number", "said") if key in fields}
        compartment = fields.get("compartment")
        scopes = SCOPES if name == "abuse" else ("spas", "family")
        scope = fields.get("scope") or fields.get("from")
        return Word(
            key=self.text(fields, "key", node),
            words={
                key: self.text(fields, key, node)
                for key in ("ro", "en", "uk")
                if key != "uk" or key in fields
            },
            source=self.text(fields, "source", node),
            evidence=self.one_of(self.field(fields, "evidence", node), EVIDENCE),
            by=self._uses(fields.get("by")),
            level=int(self.one_of(fields["level"], _LEVELS)) if "level" in fields else 1,
            compartment=self.one_of(compartment, COMPARTMENTS) if compartment else Compartment.GENERAL,
            step=self._step(fields.get("step")),
            to_directorate="directorate" in fields,
            scope=self.one_of(scope, scopes) if scope else "",
            **one,
        )

    def _uses(self, node: yaml.Node | None) -> frozenset[str]:
        if node is None:
            return frozenset()
        return self.words(
            node, USES, gettext_noop("unknown word %(word)s"), gettext_noop("a list is wanted here")
        )

    def _step(self, node: yaml.Node | None) -> Mapping[str, str]:
        if node is None:
            return {}
        fields = self.mapping(node)
        return {key: self.text(fields, key, node) for key in ("ro", "en")}


def level_of(kind: str, reasons: Iterable[str], *, danger: bool) -> int:
    """How urgent a notification is by what is known of it: the highest of all that is asked for.

    Args:
        danger: whether somebody is in danger now.
    """
    known = content()
    levels = [known.section("reasons")[key].level for key in reasons if key in known.section("reasons")]
    return max([known.kind(kind).level, *levels, *([3] if danger else [])])
