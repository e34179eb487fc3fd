"""Read ``rules.yaml``: one entry for each vulnerability code; a code may read only codes above it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from punte.methodology.errors import gettext_noop
from punte.methodology.expressions import (
    Expression,
    ExpressionError,
    Symbol,
    counting_symbol,
    read_expression,
)
from punte.methodology.model import LANGUAGES, Fact, Part, Rule, Table, Text
from punte.methodology.source_files import Section, read_yaml
from punte.methodology.symbols import read_text

CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
PLACE = re.compile(r"\{(\w*)\}")
NATURES = ("structural", "situational", "descriptive")
SPECIAL_PLACES = {"parts", "findings"}


def read_rules(
    file: Path,
    symbols: Mapping[Table, Mapping[str, Symbol]],
    dimensions: Mapping[str, Text],
    compartments: Mapping[str, Text],
    sources: Mapping[str, str],
    facts: Mapping[str, Fact],
    *,
    levels: Collection[Table] = ("household", "member"),
) -> dict[str, Rule]:
    """The rules of a pack, in the order of the file; `levels` are those of whom something can be found.

    Raises:
        PackError: an unknown fact, a duplicate code, a missing text, a condition that is not a boolean.
    """
    reader = _Rules(symbols, dimensions, compartments, sources, facts, levels)
    top = read_yaml(file)
    for code, section in top.sections():
        reader.add(code, section)
    return reader.rules


class _Rules:
    def __init__(
        self,
        symbols: Mapping[Table, Mapping[str, Symbol]],
        dimensions: Mapping[str, Text],
        compartments: Mapping[str, Text],
        sources: Mapping[str, str],
        facts: Mapping[str, Fact],
        levels: Collection[Table],
    ) -> None:
        self.symbols = {table: dict(names) for table, names in symbols.items()}
        self.known: dict[str, Mapping[str, object]] = {
            "dimension": dimensions,
            "compartment": compartments,
            "source": sources,
            "nature": dict.fromkeys(NATURES),
            "level": dict.fromkeys(levels),
        }
        self.facts = facts
        self.rules: dict[str, Rule] = {}

    def add(self, code: str, section: Section) -> None:
        if not CODE.fullmatch(code):
            raise section.error(gettext_noop("not a code: %(code)s"), code=code)
        # The database tells names apart by their letters, not by capitals.
        if code.lower() in {name.lower() for name in self.symbols["member"]}:
            raise section.error(gettext_noop("%(code)s is also the name of an answer"), code=code)
        rule = self._rule(code, section)
        self._check_compartment(rule, section)
        self._check_derived(rule, section)
        self.rules[code] = rule
        self.symbols["member"][code] = Symbol("boolean")
        if rule.level == "household":
            self.symbols["household"][code] = Symbol("boolean")

    def _rule(self, code: str, section: Section) -> Rule:
        level: Table = "member" if self._one_of(section, "level") == "member" else "household"
        condition = self._condition(section, "when", level)
        explanation, parts = self._explanation(section, level)
        return Rule(
            code,
            level,
            self._severity(section),
            self._one_of(section, "dimension"),
            self._one_of(section, "nature"),
            self._one_of(section, "compartment"),
            read_text(section, "name"),
            condition,
            explanation,
            parts,
            str(self.known["source"][self._one_of(section, "source")]),
            tuple(name for name in condition.reads if name not in self.rules),
            self._derived_from(condition),
        )

    def _derived_from(self, condition: Expression) -> tuple[str, ...]:
        """The codes a condition reads: by name, or all of a severity above it when it counts them."""
        severities = {severity for _, severity in condition.counts}
        counted = [code for code, rule in self.rules.items() if rule.severity in severities]
        return tuple(dict.fromkeys([*(name for name in condition.reads if name in self.rules), *counted]))

    def _one_of(self, section: Section, key: str) -> str:
        value = section.text(key)
        if value not in self.known[key]:
            raise section.error(gettext_noop("unknown %(key)s: %(value)s"), key, key=key, value=value)
        return value

    def _severity(self, section: Section) -> int:
        value = section.text("severity")
        if value not in {"0", "1", "2", "3"}:
            raise section.error(gettext_noop("a severity is 0, 1, 2 or 3"), "severity")
        return int(value)

    def _condition(self, section: Section, key: str, level: Table) -> Expression:
        symbols = {**self.symbols[level], counting_symbol(): Symbol("boolean")}
        try:
            condition = read_expression(section.text(key), symbols)
        except ExpressionError as error:
            raise section.error(error.message, key, **error.params) from error
        if condition.kind != "boolean":
            raise section.error(
                gettext_noop("the condition is not a boolean: %(text)s"), key, text=condition.text
            )
        return condition

    def _explanation(self, section: Section, level: Table) -> tuple[Text, tuple[Part, ...]]:
        explanation = read_text(section, "because")
        parts = []
        for item in section.items_of("parts"):
            part = Part(self._condition(item, "when", level), {key: item.text(key) for key in LANGUAGES})
            self._check_places(item, "when", part.text, level)
            parts.append(part)
        self._check_places(section, "because", explanation, level)
        return explanation, tuple(parts)

    def _check_places(self, section: Section, key: str, text: Text, level: Table) -> None:
        for language in LANGUAGES:
            for name in PLACE.findall(text[language]):
                if name not in self.symbols[level] and name not in SPECIAL_PLACES:
                    raise section.error(
                        gettext_noop("the sentence names an unknown fact: %(name)s"), key, name=name
                    )

    def _check_compartment(self, rule: Rule, section: Section) -> None:
        """A code says what its answers say: it may not be more open than a closed answer it reads."""
        closed = {self.facts[name].compartment for name in rule.facts if name in self.facts} - {"general"}
        if closed and rule.compartment == "general":
            raise section.error(
                gettext_noop("%(code)s reads answers of the compartment %(name)s and cannot be general"),
                "compartment",
                code=rule.code,
                name=", ".join(sorted(closed)),
            )

    def _check_derived(self, rule: Rule, section: Section) -> None:
        """A derived code explains itself by the findings behind it alone, so that a screen can leave some out."""
        for language in LANGUAGES:
            places = set(PLACE.findall(rule.explanation[language]))
            if rule.derived_from and places != {"findings"} or "findings" in places and not rule.derived_from:
                raise section.error(
                    gettext_noop(
                        "%(code)s must name {findings}, and nothing else, if and only if it reads codes"
                    ),
                    "because",
                    code=rule.code,
                )
