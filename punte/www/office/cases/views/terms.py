"""Terms of cases with the sentence of their rule."""

from collections.abc import Iterable

from punte.cases.content import sentence
from punte.cases.models import Term


def with_sentences(terms: Iterable[Term]) -> list[Term]:
    """The terms, each with the `sentence` that the worker reads, soonest first."""
    found = sorted(terms, key=lambda term: (term.due_on, term.rule))
    for term in found:
        term.sentence = sentence(term.rule, term.since)  # type: ignore[attr-defined]
    return found
