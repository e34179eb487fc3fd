"""Why a rule holds, as a sentence: the explanation of a finding, with answers in words and counts in good Romanian.

Here for the few rows of one household; `explanation_sql` makes the same sentences in the database, where preparing
them costs more than saying the few that hold. A test holds both to the same letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from punte.methodology.model import DerivedFact, Fact, Pack, Parameter, Rule, Table, Unit

PLACE = re.compile(r"\{(\w*)\}")
SPECIAL_PLACES = frozenset({"parts", "findings"})
NOT_ANSWERED = {"ro": "fără răspuns", "en": "not answered"}
YES_NO = {"ro": ("da", "nu"), "en": ("yes", "no")}
_DATES = {"ro": "%d.%m.%Y", "en": "%d/%m/%Y"}
_ROMANIAN_MARKS = str.maketrans(",.", ".,")


def in_sentence(label: str) -> str:
    """A label inside a sentence: its first letter small, unless the word is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def rules_of(pack: Pack, table: Table) -> tuple[Rule, ...]:
    """The rules about households or about members, in the order of the pack."""
    return tuple(rule for rule in pack.rules.values() if rule.level == table)


def places_of(rule: Rule, language: str) -> set[str]:
    """The answers that a rule's explanation names."""
    templates = [rule.explanation[language], *(part.text[language] for part in rule.parts)]
    return {name for template in templates for name in PLACE.findall(template)} - SPECIAL_PLACES


def answers_named(pack: Pack, table: Table) -> list[str]:
    """The answers that the explanations of a table's rules may name."""
    return sorted(
        {name for rule in rules_of(pack, table) for name in places_of(rule, "ro") | places_of(rule, "en")}
    )


def explain(
    pack: Pack,
    rule: Rule,
    language: str,
    *,
    answers: Mapping[str, Any],
    holding: Sequence[bool],
    because_of: Sequence[str],
) -> str:
    """The sentence that says why a rule holds.

    Args:
        pack: the methodology.
        rule: the rule that holds.
        language: ``ro`` or ``en``.
        answers: the values of `answers_named`.
        holding: which of the rule's parts hold.
        because_of: the codes behind a derived rule; those of sealed compartments are not named.
    """
    special = {
        "parts": lambda: ", ".join(
            _filled(pack, part.text[language], language, answers, {})
            for part, holds in zip(rule.parts, holding, strict=True)
            if holds
        ),
        "findings": lambda: findings_named(pack, _open(pack, because_of), language),
    }
    return _filled(pack, rule.explanation[language], language, answers, special)


def _open(pack: Pack, codes: Sequence[str]) -> list[str]:
    return [code for code in codes if pack.rules[code].compartment not in pack.sealed]


def _filled(
    pack: Pack, template: str, language: str, answers: Mapping[str, Any], special: Mapping[str, Any]
) -> str:
    def put(match: Any) -> str:
        name = match[1]
        return (
            str(special[name]()) if name in special else answer_in_words(pack, name, answers[name], language)
        )

    return PLACE.sub(put, template)


def answer_in_words(pack: Pack, name: str, value: Any, language: str) -> str:
    """An answer as a sentence says it: a choice by its label, a number with its noun."""
    subject: Fact | DerivedFact | Parameter = (
        pack.facts.get(name) or pack.derived.get(name) or pack.parameters[name]
    )
    if value is None:
        return NOT_ANSWERED[language]
    if isinstance(value, bool):
        return YES_NO[language][0 if value else 1]
    if isinstance(subject, Fact) and subject.type == "choice":
        return in_sentence(subject.choices[value][language])
    if isinstance(value, date):
        return value.strftime(_DATES[language])
    return counted(value, subject.unit[language] if subject.unit else None, language)


def counted(number: Any, unit: Unit | None, language: str) -> str:
    """A number with its noun: ``1 an``, ``9 ani``, ``34 de ani``, ``274,99 lei``."""
    whole = number == int(number)
    written = f"{int(number):,}" if whole else f"{float(number):,.2f}"
    written = written.translate(_ROMANIAN_MARKS) if language == "ro" else written
    if unit is None:
        return written
    if number == 0 and unit.zero:
        return unit.zero
    few = language == "ro" and (number == 0 or not whole or 1 <= number % 100 <= 19)
    return f"{written} {unit.one if number == 1 else unit.few if few else unit.many}"


def explain_derived(pack: Pack, code: str, because_of: Iterable[str], language: str) -> str:
    """The explanation of a derived finding, naming exactly the codes given: those that the reader may see.

    Args:
        pack: the methodology.
        code: the derived code.
        because_of: the codes behind the finding that may be named.
        language: ``ro`` or ``en``.
    """
    return (
        pack.rules[code]
        .explanation[language]
        .replace("{findings}", findings_named(pack, because_of, language))
    )


def findings_named(pack: Pack, codes: Iterable[str], language: str) -> str:
    """``: name; name``; nothing when there is no code."""
    names = "; ".join(in_sentence(pack.rules[code].name[language]) for code in codes)
    return f": {names}" if names else ""
