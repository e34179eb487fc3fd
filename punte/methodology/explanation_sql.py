"""Explanations as SQL, for the many rows of a batch: the same sentences as `explanations`, made by the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from punte.methodology.causes import flags_of
from punte.methodology.columns import literal, quoted
from punte.methodology.explanations import NOT_ANSWERED, PLACE, YES_NO, in_sentence, places_of, rules_of
from punte.methodology.model import DerivedFact, Fact, Pack, Parameter, Rule, Table, Unit

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
"""What a connection needs before it can run conditions and explanations."""


def words_column(name: str, language: str) -> str:
    """The column with an answer in words."""
    return f"{name}__in_words_{language}"


def columns_in_words(pack: Pack, table: Table, languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names and SQL of the answers in words that the explanations of a table's rules use, each made once."""
    for language in languages:
        names = {name for rule in rules_of(pack, table) for name in places_of(rule, language)}
        for name in sorted(names):
            words = f"coalesce({_answer_sql(pack, name, language)}, {literal(NOT_ANSWERED[language])})"
            yield words_column(name, language), words


def explanation_sql(pack: Pack, rule: Rule, language: str) -> str:
    """The SQL of the sentence that says why a rule holds, for a row on which it holds, over `columns_in_words`."""
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
    return quoted(words_column(name, language))


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
