"""Read a file of rules; one that does not hold together is refused, naming the line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import yaml

from punte.deadlines.model import (
    EVIDENCE,
    LANGUAGES,
    UNITS,
    Evidence,
    ObjectiveTerm,
    Offset,
    Rule,
    Rulebook,
    Validity,
)

# The reader in C, where the library has it, reads the same in a seventh of the time.
_YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_RULE_KEYS = {
    *("key", "text", "since", "offset", "met_by", "void_by", "who", "source", "evidence"),
    *("regimes", "per_subject", "valid_from", "valid_to", "deed"),
}
_TERM_KEYS = {"severity", "offset", "source", "evidence"}
_TERMS = "objective_terms"
SECTIONS = ("rules", "petitions")
"""The lists of rules that a file may hold: of cases, and of what residents send."""
Word = TypeVar("Word", bound=str)


class RulesError(Exception):
    """A file of rules that cannot be used; names the line to correct."""

    def __init__(self, message: str, file: str, line: int) -> None:
        self.message, self.file, self.line = message, file, line
        super().__init__(f"{file}:{line}: {message}")


def read_rules(
    path: Path, *, events: Collection[str], regimes: Collection[str] = (), section: str = "rules"
) -> Rulebook:
    """The rules of one section of a YAML file.

    Args:
        events: the kinds of event that a case has; a rule that waits for any other would never run.
        regimes: the regimes that a case may have.
        section: one of `SECTIONS`; the terms of objectives belong to the first.

    Raises:
        RulesError: the file is missing, is not YAML, or says what cannot be.
    """
    return _Reader(path, events, regimes, section).read()


def rules_in_force(
    path: Path, *, events: frozenset[str], regimes: frozenset[str] = frozenset(), section: str = "rules"
) -> Rulebook:
    """The same as `read_rules`, kept until the file changes.

    Raises:
        RulesError: see `read_rules`.
        OSError: there is no such file.
    """
    return _kept(path, path.stat().st_mtime_ns, events, regimes, section)


@lru_cache(maxsize=8)
def _kept(
    path: Path, _changed_at: int, events: frozenset[str], regimes: frozenset[str], section: str
) -> Rulebook:
    return read_rules(path, events=events, regimes=regimes, section=section)


class _Reader:
    def __init__(self, path: Path, events: Collection[str], regimes: Collection[str], section: str) -> None:
        self.path, self.events, self.regimes, self.section = path, events, regimes, section

    def read(self) -> Rulebook:
        top = self.mapping(self.compose())
        self.only(top, {*SECTIONS, _TERMS})
        if self.section not in top:
            raise RulesError(f"{self.section} is missing", str(self.path), 1)
        rules: list[Rule] = []
        for node in self.items(top[self.section]):
            rule = self.rule(node)
            if any(other.key == rule.key and other.validity.meets(rule.validity) for other in rules):
                raise self.error(f"two rules {rule.key} are in force on the same day", node)
            rules.append(rule)
        terms = []
        if self.section == SECTIONS[0] and _TERMS in top:
            terms = [self.term(node) for node in self.items(top[_TERMS])]
        return Rulebook(tuple(rules), {term.severity: term for term in terms})

    def compose(self) -> yaml.Node:
        try:
            node = yaml.compose(self.path.read_text(encoding="utf-8"), Loader=_YAML_LOADER)
        except (OSError, UnicodeDecodeError) as error:
            raise RulesError("the file cannot be read", str(self.path), 1) from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise RulesError(f"not YAML: {error.problem}", str(self.path), line) from error
        if node is None:
            raise RulesError("the file is empty", str(self.path), 1)
        return node

    def rule(self, node: yaml.Node) -> Rule:
        fields = self.mapping(node)
        self.only(fields, _RULE_KEYS)
        per_subject = self.optional(fields, "per_subject")
        return Rule(
            key=self.text(fields, "key", node),
            text=self.sentences(self.field(fields, "text", node)),
            since=self.words(self.field(fields, "since", node), self.events, "event"),
            offset=self.offset(self.field(fields, "offset", node)),
            met_by=self.words(self.field(fields, "met_by", node), self.events, "event"),
            void_by=self.words(fields["void_by"], self.events, "event")
            if "void_by" in fields
            else frozenset(),
            who=self.text(fields, "who", node),
            source=self.text(fields, "source", node),
            evidence=self.evidence(fields, node),
            regimes=self.words(fields["regimes"], self.regimes, "regime")
            if "regimes" in fields
            else frozenset(),
            per_subject=self.one_of(per_subject, ("true", "false")) == "true" if per_subject else False,
            validity=self.validity(fields, node),
            deed=self.sentences(fields["deed"]) if "deed" in fields else {},
        )

    def term(self, node: yaml.Node) -> ObjectiveTerm:
        fields = self.mapping(node)
        self.only(fields, _TERM_KEYS)
        return ObjectiveTerm(
            severity=self.number(self.field(fields, "severity", node)),
            offset=self.offset(self.field(fields, "offset", node)),
            source=self.text(fields, "source", node),
            evidence=self.evidence(fields, node),
        )

    def sentences(self, node: yaml.Node) -> dict[str, str]:
        fields = self.mapping(node)
        self.only(fields, set(LANGUAGES))
        return {language: self.text(fields, language, node) for language in LANGUAGES}

    def offset(self, node: yaml.Node) -> Offset:
        fields = self.mapping(node)
        if len(fields) != 1:
            raise self.error("offset takes one unit", node)
        (unit, amount), *_ = fields.items()
        for known in UNITS:
            if unit == known:
                return Offset(self.number(amount), known)
        raise self.error(f"unknown unit {unit}; one of {', '.join(UNITS)}", node)

    def evidence(self, fields: dict[str, yaml.Node], node: yaml.Node) -> Evidence:
        return self.one_of(self.field(fields, "evidence", node), EVIDENCE)

    def validity(self, fields: dict[str, yaml.Node], node: yaml.Node) -> Validity:
        start, end = (self.day(self.optional(fields, name)) for name in ("valid_from", "valid_to"))
        if start and end and end <= start:
            raise self.error("valid_to must be after valid_from", fields["valid_to"])
        return Validity(start, end)

    def day(self, node: yaml.Node | None) -> dt.date | None:
        if node is None:
            return None
        try:
            return dt.date.fromisoformat(self.scalar(node))
        except ValueError as error:
            raise self.error("a date is written YYYY-MM-DD", node) from error

    def words(self, node: yaml.Node, known: Collection[str], what: str) -> frozenset[str]:
        found = []
        for item in self.items(node):
            word = self.scalar(item)
            if word not in known:
                raise self.error(f"unknown {what} {word}", item)
            found.append(word)
        if not found:
            raise self.error(f"name at least one {what}", node)
        return frozenset(found)

    def one_of(self, node: yaml.Node, words: tuple[Word, ...]) -> Word:
        for word in words:
            if self.scalar(node) == word:
                return word
        raise self.error(f"must be one of {', '.join(words)}", node)

    def number(self, node: yaml.Node) -> int:
        written = self.scalar(node)
        if not written.isdecimal() or int(written) < 1:
            raise self.error("must be a whole number above 0", node)
        return int(written)

    def text(self, fields: dict[str, yaml.Node], name: str, parent: yaml.Node) -> str:
        node = self.field(fields, name, parent)
        if not self.scalar(node):
            raise self.error(f"{name} is empty", node)
        return self.scalar(node)

    def field(self, fields: dict[str, yaml.Node], name: str, parent: yaml.Node) -> yaml.Node:
        if name not in fields:
            raise self.error(f"{name} is missing", parent)
        return fields[name]

    def optional(self, fields: dict[str, yaml.Node], name: str) -> yaml.Node | None:
        return fields.get(name)

    def only(self, fields: dict[str, yaml.Node], names: set[str]) -> None:
        for name, node in fields.items():
            if name not in names:
                raise self.error(f"unknown word {name}", node)

    def mapping(self, node: yaml.Node) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self.error("a mapping is wanted here", node)
        fields: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value in fields:
                raise self.error(f"{key.value} is given twice", key)
            fields[key.value] = value
        return fields

    def items(self, node: yaml.Node) -> Iterator[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self.error("a list is wanted here", node)
        yield from node.value

    def scalar(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self.error("one value is wanted here", node)
        return str(node.value).strip()

    def error(self, message: str, node: yaml.Node) -> RulesError:
        return RulesError(message, str(self.path), node.start_mark.line + 1)
