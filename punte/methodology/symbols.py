"""Small helpers shared by the readers of a pack."""

from __future__ import annotations

from punte.methodology.errors import gettext_noop
from punte.methodology.expressions import Kind, Symbol
from punte.methodology.model import LANGUAGES, FactType, Text
from punte.methodology.source_files import Section

_KINDS: dict[FactType, Kind] = {
    "integer": "number",
    "decimal": "number",
    "date": "date",
    "yesno": "boolean",
    "choice": "choice",
}


def symbol_of(type_: FactType, choices: frozenset[str]) -> Symbol | None:
    """What an expression sees of a fact; None for free text, which no rule may read."""
    kind = _KINDS.get(type_)
    return Symbol(kind, choices) if kind else None


def read_text(section: Section, key: str) -> Text:
    """A text in both languages.

    Raises:
        PackError: a language is missing.
    """
    texts = section.section(key)
    found = {}
    for language in LANGUAGES:
        value = str(texts.get(language) or "").strip()
        if not value:
            raise section.error(
                gettext_noop("%(name)s has no text in language %(language)s"),
                key,
                name=key,
                language=language,
            )
        found[language] = value
    return found
