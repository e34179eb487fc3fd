"""Sentence templates as SQL: the explanation of a finding, with answers in words and counts in good Romanian."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from punte.methodology.causes import flags_of
from punte.methodology.columns import quoted
from punte.methodology.model import DerivedFact, Fact, Pack, Parameter, Rule, Table, Unit

PLACE = re.compile(r"\{(\w*)\}")
SPECIAL_PLACES = frozenset({"parts", "findings"})
NOT_ANSWERED = {"ro": "fără răspuns", "en": "not answered"}
YES_NO = {"ro": ("da", "nu"), "en": ("yes", "no")}

MACROS = (
    """CREATE MACRO full_years(start, finish) AS
       ((year(finish) * 10000 + month(finish) * 100 + day(finish))
        - (year(start) * 10000 + month(start) * 100 + day(start))) // 10000""",
    "CREATE MACRO full_days(start, finish) AS finish - start",
    """CREATE MACRO spoken_number_en(x) AS
       CASE WHEN x = trunc(x) THEN format('{:,}', CAST(x AS BIGINT))
            ELSE format('{:,.2f}', CAST(x AS DOUBLE)) END""",
    "CREATE MACRO spoken_number_ro(x) AS translate(spoken_number_en(x), ',.', '.,')",
    """CREATE MACRO counted_ro(x, one, few, many) AS
       spoken_number_ro(x) || ' ' || CASE WHEN x = 1 THEN one
            WHEN x = 0 OR x <> trunc(x) OR x % 100 BETWEEN 1 AND 19 THEN few ELSE many END""",
    """CREATE MACRO counted_en(x, one, few, many) AS
       spoken_number_en(x) || ' ' || CASE WHEN x = 1 THEN one ELSE many END""",
)
"""What a connection needs before it can run conditions and sentences."""


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def in_sentence(label: str) -> str:
    """A label inside a sentence: its first letter small, unless the word is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def rules_of(pack: Pack, table: Table) -> tuple[Rule, ...]:
    """The rules about households or about members, in the order of the pack."""
    return tuple(rule for rule in pack.rules.values() if rule.level == table)


def said(name: str, language: str) -> str:
    """The column with an answer in words."""
    return f"{name}__said_{language}"


def spoken_columns(pack: Pack, table: Table, languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names and SQL of the answers in words that the explanations of a table's rules use, each made once."""
    for language in languages:
        names = {name for rule in rules_of(pack, table) for name in places_of(rule, language)}
        for name in sorted(names):
            words = f"coalesce({_answer_sql(pack, name, language)}, {literal(NOT_ANSWERED[language])})"
            yield said(name, language), words


def places_of(rule: Rule, language: str) -> set[str]:
    """The answers that a rule's explanation names."""
    templates = [rule.explanation[language], *(part.text[language] for part in rule.parts)]
    return {name for template in templates for name in PLACE.findall(template)} - SPECIAL_PLACES


def explanation_sql(pack: Pack, rule: Rule, language: str) -> str:
    """The SQL of the sentence that says why a rule holds, for a row on which it holds, over `spoken_columns`."""
    return _template_sql(pack, rule, rule.explanation[language], language)


def _template_sql(pack: Pack, rule: Rule, template: str, language: str) -> str:
    pieces = [
        _place_sql(pack, rule, piece, language) if index % 2 else literal(piece)
        for index, piece in enumerate(PLACE.split(template))
        if piece
    ]
    return " || ".join(pieces)


def _place_sql(pack: Pack, rule: Rule, name: str, language: str) -> str:
    if name == "parts":
        return _parts_sql(pack, rule, language)
    if name == "findings":
        return _findings_sql(pack, rule, language)
    return quoted(said(name, language))


def _parts_sql(pack: Pack, rule: Rule, language: str) -> str:
    pieces = [
        f"CASE WHEN {part.when.sql} THEN {_template_sql(pack, rule, part.text[language], language)} END"
        for part in rule.parts
    ]
    return f"concat_ws(', ', {', '.join(pieces)})"


def _answer_sql(pack: Pack, name: str, language: str) -> str:
    subject: Fact | DerivedFact | Parameter = (
        pack.facts.get(name) or pack.derived.get(name) or pack.parameters[name]
    )
    kind = "decimal" if isinstance(subject, Parameter) else subject.type
    column = quoted(name)
    if isinstance(subject, Fact) and kind == "choice":
        return _choice_sql(column, {key: text[language] for key, text in subject.choices.items()})
    if kind == "yesno":
        yes, no = YES_NO[language]
        return f"CASE WHEN {column} THEN {literal(yes)} WHEN NOT {column} THEN {literal(no)} END"
    if kind == "date":
        return f"strftime({column}, '{'%d.%m.%Y' if language == 'ro' else '%d/%m/%Y'}')"
    return _number_sql(column, subject.unit[language] if subject.unit else None, language)


def _choice_sql(column: str, labels: Mapping[str, str]) -> str:
    branches = " ".join(
        f"WHEN {literal(key)} THEN {literal(in_sentence(text))}" for key, text in labels.items()
    )
    return f"CASE {column} {branches} END"


def _number_sql(column: str, unit: Unit | None, language: str) -> str:
    if unit is None:
        return f"spoken_number_{language}({column})"
    counted = f"counted_{language}({column}, {literal(unit.one)}, {literal(unit.few)}, {literal(unit.many)})"
    if not unit.zero:
        return counted
    return f"CASE WHEN {column} = 0 THEN {literal(unit.zero)} ELSE {counted} END"


def _findings_sql(pack: Pack, rule: Rule, language: str) -> str:
    """``: name; name`` of the findings behind a derived one; those of sealed compartments are never named."""
    pieces = [
        f"CASE WHEN {flag} THEN {literal(in_sentence(pack.rules[code].name[language]))} END"
        for code, flag in flags_of(rule, pack).items()
        if pack.rules[code].compartment not in pack.sealed
    ]
    return f"coalesce(': ' || nullif(concat_ws('; ', {', '.join(pieces)}), ''), '')" if pieces else "''"


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
