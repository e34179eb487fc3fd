"""Terms of cases in the words of their rule."""

from collections.abc import Iterable

from punte.cases.content import deed, sentence
from punte.cases.models import Term


def with_sentences(terms: Iterable[Term]) -> list[Term]:
    """The terms, soonest first: of each the `deed` it asks for, and the `sentence` of its rule where that is more."""
    found = sorted(terms, key=lambda term: (term.due_on, term.rule))
    for term in found:
        asked, said = deed(term.rule, term.since), sentence(term.rule, term.since)
        term.deed, term.sentence = asked, said if said != asked else ""  # type: ignore[attr-defined]
    return found
