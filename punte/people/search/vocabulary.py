"""Which words of the vocabulary a typed word can mean."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from django.db import connection
from rapidfuzz.distance import OSA

from punte.people.models import NameSlip, NameToken
from punte.people.rules import first_text_after
from punte.people.search.names import SHORTEST_FORGIVEN, slips_of

MOST_PREFIXED = 40
_MOST_SLIPS = 40


class Nearness(IntEnum):
    """How a typed word meets a word of a name; the nearest first."""

    EXACT = 0
    PREFIX = 1
    SLIP = 2


@dataclass
class Meaning:
    """The words of the vocabulary that one typed word can mean, by their numbers."""

    word: str
    tokens: dict[int, Nearness] = field(default_factory=dict)
    prefix_is_wide: bool = False

    def within(self, nearness: Nearness) -> list[int]:
        """The numbers of the words at least so near, the nearest first."""
        near = ((rank, pk) for pk, rank in self.tokens.items() if rank <= nearness)
        return [pk for _rank, pk in sorted(near)]


def meanings(words: Collection[str], *, typing: bool) -> dict[str, Meaning]:
    """What each word can mean; the last of them may still be being typed. One query."""
    keys = {word: {word, *slips_of(word)} for word in words}
    last = list(words)[-1] if typing else None
    found = {word: Meaning(word) for word in words}
    prefixed: list[tuple[int, str]] = []
    for way, pk, text in _look_up({key for own in keys.values() for key in own}, last):
        if way == "prefix":
            prefixed.append((pk, text))
            continue
        for word in words:
            if text == word:
                found[word].tokens[pk] = Nearness.EXACT
            elif _is_slip(word, text) and len(found[word].tokens) < _MOST_SLIPS:
                found[word].tokens.setdefault(pk, Nearness.SLIP)
    if last is not None:
        _add_prefixed(found[last], prefixed)
    return found


def known_words(words: Iterable[str]) -> set[str]:
    """Those of the words that occur in somebody's name."""
    return set(
        NameToken.objects.filter(text__in=sorted(set(words))).order_by().values_list("text", flat=True)
    )


def _add_prefixed(meaning: Meaning, prefixed: list[tuple[int, str]]) -> None:
    meaning.prefix_is_wide = len(prefixed) > MOST_PREFIXED
    for pk, text in prefixed[:MOST_PREFIXED]:
        if text != meaning.word:
            meaning.tokens[pk] = Nearness.PREFIX


def _is_slip(word: str, text: str) -> bool:
    return len(word) >= SHORTEST_FORGIVEN and OSA.distance(word, text, score_cutoff=1) <= 1


def _look_up(keys: Iterable[str], last: str | None) -> list[tuple[str, int, str]]:
    """Words of the vocabulary that are a key, that have one as a slip, or that begin as `last` does."""
    listed = sorted(keys)
    marks = ", ".join(["%s"] * len(listed))
    token, slip = NameToken._meta.db_table, NameSlip._meta.db_table
    parts = [
        f"SELECT 'key' AS way, id, text FROM {token} WHERE text IN ({marks})",
        f"SELECT 'slip', t.id, t.text FROM {slip} s JOIN {token} t ON t.id = s.token_id WHERE s.text IN ({marks})",
    ]
    values = [*listed, *listed]
    if last is not None:
        bounds, bound_values = text_range("text", last)
        parts.append(
            f"SELECT * FROM (SELECT 'prefix', id, text FROM {token} WHERE {bounds}"
            f" ORDER BY text LIMIT {MOST_PREFIXED + 1}) beginning"
        )
        values += bound_values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return sorted(set(cursor.fetchall()), key=lambda row: (row[0], row[2]))


def text_range(column: str, beginning: str) -> tuple[str, list[str]]:
    """The condition that a folded text begins so, where it can be as a range that an index answers, and its values."""
    after = first_text_after(beginning)
    if after is None:
        # Folded text has none of the signs that LIKE reads as something else.
        return f"{column} LIKE %s", [f"{beginning}%"]
    return f"{column} >= %s AND {column} < %s", [beginning, after]
