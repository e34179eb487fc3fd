"""Kinds of emergencies, needs, languages and where people went: `content/emergencies.yaml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils.translation import get_language

from punte.deadlines.nodes import Nodes, gettext_noop
from punte.kernel.evidence import EVIDENCE
from punte.kernel.own_content import kept_file

FILE = "emergencies.yaml"
SECTIONS = ("kinds", "needs", "languages", "left_to", "shelters")
LANGUAGES = ("ro", "en", "uk")


@dataclass(frozen=True)
class Word:
    """One line of the file; a need that comes `first` is counted above the list."""

    key: str
    words: Mapping[str, str]
    first: bool = False

    def __str__(self) -> str:
        return self.words.get((get_language() or "ro")[:2]) or self.words["ro"]


Content = Mapping[str, Mapping[str, Word]]
"""Each section by key, in its order."""


@kept_file(FILE)
def content(path: Path) -> Content:
    """What the file of the operator says, else that of the product; read anew when it changes.

    Raises:
        punte.deadlines.nodes.RulesError: a word or an evidence that is not known, a key twice; names the line.
    """
    return _Reader(path).read()


def choices(section: str) -> list[tuple[str, str]]:
    """What is offered in a form."""
    return [(one.key, str(one)) for one in content()[section].values()]


def said(section: str, keys: Iterable[str]) -> list[str]:
    """Keys in words, in the order of the file; itself where the file no longer has one."""
    known = content()[section]
    wanted = list(keys)
    return [str(known[key]) for key in known if key in wanted] + [key for key in wanted if key not in known]


class _Reader(Nodes):
    def read(self) -> Content:
        node = self.compose()
        top = self.mapping(node)
        self.only(top, SECTIONS)
        return {name: self._section(self.field(top, name, node)) for name in SECTIONS}

    def _section(self, node: yaml.Node) -> Mapping[str, Word]:
        found: dict[str, Word] = {}
        for item in self.items(node):
            fields = self.mapping(item)
            self.only(fields, {"key", "source", "evidence", "first", *LANGUAGES})
            key = self.text(fields, "key", item)
            self.text(fields, "source", item)
            self.one_of(self.field(fields, "evidence", item), EVIDENCE)
            if key in found:
                raise self.error(gettext_noop("%(name)s is given twice"), item, name=key)
            words = {name: self.text(fields, name, item) for name in LANGUAGES}
            found[key] = Word(key, words, "first" in fields)
        return found
