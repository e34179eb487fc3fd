"""Read a YAML file value by value; what cannot be is refused, naming the line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TypeVar

import yaml

# The reader in C, where the library has it, reads the same in a seventh of the time.
_YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Word = TypeVar("Word", bound=str)
Fields = dict[str, yaml.Node]


def gettext_noop(message: str) -> str:
    """Mark a msgid for translation without needing Django's settings."""
    return message


class RulesError(Exception):
    """A file of rules that cannot be used; names the line to correct.

    Args:
        message: an English msgid with `%(name)s` places; `params` are their values.
    """

    def __init__(self, message: str, file: str, line: int, **params: object) -> None:
        self.message, self.file, self.line, self.params = message, file, line, params
        super().__init__(f"{file}:{line}: {message % params if params else message}")


class Nodes:
    """The values of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def compose(self) -> yaml.Node:
        """The file as one node."""
        try:
            node = yaml.compose(self.path.read_text(encoding="utf-8"), Loader=_YAML_LOADER)
        except (OSError, UnicodeDecodeError) as error:
            raise RulesError(gettext_noop("the file cannot be read"), str(self.path), 1) from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            message = gettext_noop("not YAML: %(problem)s")
            raise RulesError(message, str(self.path), line, problem=error.problem) from error
        if node is None:
            raise RulesError(gettext_noop("the file is empty"), str(self.path), 1)
        return node

    def words(
        self, node: yaml.Node, known: Collection[str] | None, unknown: str, none: str
    ) -> frozenset[str]:
        """A list of known words, at least one; any where `known` is None.

        Args:
            unknown, none: what is said of a word that is not known, and where there is none.
        """
        found = []
        for item in self.items(node):
            word = self.scalar(item)
            if known is not None and word not in known:
                raise self.error(unknown, item, word=word)
            found.append(word)
        if not found:
            raise self.error(none, node)
        return frozenset(found)

    def one_of(self, node: yaml.Node, words: tuple[Word, ...]) -> Word:
        """One of some words."""
        for word in words:
            if self.scalar(node) == word:
                return word
        raise self.error(gettext_noop("must be one of %(words)s"), node, words=", ".join(words))

    def number(self, node: yaml.Node) -> int:
        """A whole number above 0."""
        written = self.scalar(node)
        if not written.isdecimal() or int(written) < 1:
            raise self.error(gettext_noop("must be a whole number above 0"), node)
        return int(written)

    def date(self, node: yaml.Node | None) -> dt.date | None:
        """A date, if one is given."""
        if node is None:
            return None
        try:
            return dt.date.fromisoformat(self.scalar(node))
        except ValueError as error:
            raise self.error(gettext_noop("a date is written YYYY-MM-DD"), node) from error

    def text(self, fields: Fields, name: str, parent: yaml.Node) -> str:
        """The text of a field that must be there."""
        node = self.field(fields, name, parent)
        if not self.scalar(node):
            raise self.error(gettext_noop("%(name)s is empty"), node, name=name)
        return self.scalar(node)

    def field(self, fields: Fields, name: str, parent: yaml.Node) -> yaml.Node:
        """A field that must be there."""
        if name not in fields:
            raise self.error(gettext_noop("%(name)s is missing"), parent, name=name)
        return fields[name]

    def only(self, fields: Fields, names: Collection[str]) -> None:
        """Refuse all fields but some."""
        for name, node in fields.items():
            if name not in names:
                raise self.error(gettext_noop("unknown word %(name)s"), node, name=name)

    def mapping(self, node: yaml.Node) -> Fields:
        """The fields of a mapping, each given once."""
        if not isinstance(node, yaml.MappingNode):
            raise self.error(gettext_noop("a mapping is wanted here"), node)
        fields: Fields = {}
        for key, value in node.value:
            if key.value in fields:
                raise self.error(gettext_noop("%(name)s is given twice"), key, name=key.value)
            fields[key.value] = value
        return fields

    def items(self, node: yaml.Node) -> Iterator[yaml.Node]:
        """The items of a list."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(gettext_noop("a list is wanted here"), node)
        yield from node.value

    def scalar(self, node: yaml.Node) -> str:
        """One value, as it is written."""
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(gettext_noop("one value is wanted here"), node)
        return str(node.value).strip()

    def error(self, message: str, node: yaml.Node, **params: object) -> RulesError:
        """What is wrong at a place of the file."""
        return RulesError(message, str(self.path), node.start_mark.line + 1, **params)
