"""Who bears words of all the given meanings: bounded walks of the index, the rarest word first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any
from uuid import UUID

from django.db import connection

from punte.people.models import NameToken, Person, PersonName, PersonNamePair
from punte.people.search.vocabulary import Meaning, Nearness, text_range

_COUNTED = 2_000
_MOST_BRANCHES = 60

_NAME = PersonName._meta.db_table
_PAIR = PersonNamePair._meta.db_table
_KEEPER = PersonName._meta.get_field("keeper")


@dataclass(frozen=True)
class Part:
    """One word of the question: bear one of `tokens`, or, where that is too many to list, any that begins so."""

    tokens: tuple[int, ...]
    beginning: str = ""


def parts_of(meanings: Sequence[Meaning], nearness: Nearness) -> list[Part] | None:
    """The question at one nearness; None where a word means nothing at it."""
    parts = []
    for meaning in meanings:
        tokens = tuple(meaning.within(nearness))
        wide = meaning.prefix_is_wide and nearness >= Nearness.PREFIX
        if not tokens:
            return None
        parts.append(Part(tokens, meaning.word if wide else ""))
    return parts


def kept_bearers(
    parts: Sequence[Part], keepers: Sequence[UUID], *, born_in: int | None, limit: int
) -> list[UUID]:
    """People of the keepers who bear a word of every part: the first `limit` in the order of their identifiers.

    Takes at most two queries. The walk goes along the index of two words, or of the only one, and stops at `limit`;
    so its length does not grow with the number of people who bear common words.
    """
    if not keepers:
        return []
    own = [_KEEPER.get_db_prep_value(keeper, connection) for keeper in sorted(keepers)]
    listed = [part for part in parts if not part.beginning]
    lead = _rarest_pair(listed, own) if len(listed) > 1 else (listed or list(parts))[:1]
    others = [part for part in parts if part not in lead]
    sql, values = _walk(lead, own, others, born_in, limit)
    return [_uuid(row[0]) for row in _rows(sql, values)]


def given_bearers(
    parts: Sequence[Part], members: Collection[UUID], *, born_in: int | None, limit: int
) -> list[UUID]:
    """The same among today's `members` of households of other keepers that were given sight of."""
    if not members:
        return []
    people = Person.objects.filter(pk__in=members)
    for part in parts:
        words = PersonName.objects.all()
        if part.beginning:
            words = words.filter(token__in=_beginning_so(part.beginning))
        else:
            words = words.filter(token__in=part.tokens)
        people = people.filter(pk__in=words.values("person"))
    if born_in:
        people = people.filter(birth_date__year=born_in)
    return list(people.order_by("pk").values_list("pk", flat=True)[:limit])


def _beginning_so(beginning: str) -> Any:
    bounds, values = text_range("text", beginning)
    return NameToken.objects.extra(where=[bounds], params=values).values("pk")  # noqa: S610


def _rarest_pair(parts: Sequence[Part], keepers: Sequence[Any]) -> list[Part]:
    """The two parts that fewest people bear together, counted as far as needed to choose; at most one query."""
    pairs = [list(pair) for pair in combinations(parts, 2)]
    if len(pairs) == 1:
        return pairs[0]
    counts, values = [], []
    for pair in pairs:
        bearing, bearing_values = _bearing_both(pair, keepers)
        counts.append(
            f"(SELECT count(*) FROM (SELECT 1 FROM ({bearing}) both_words LIMIT {_COUNTED}) counted)"
        )
        values += bearing_values
    sizes = _rows(f"SELECT {', '.join(counts)}", values)[0]
    return min(zip(sizes, range(len(pairs)), pairs, strict=True))[2]


def _walk(
    lead: Sequence[Part], keepers: Sequence[Any], others: Sequence[Part], born_in: int | None, limit: int
) -> tuple[str, list[Any]]:
    bears, bears_values = _bears_others(others)
    born, born_values = _born(born_in)
    rest, rest_values = bears + born, [*bears_values, *born_values]
    meant = list(product(*(part.tokens for part in lead)))
    if len(meant) * len(keepers) > _MOST_BRANCHES and len(lead) > 1:
        bearing, bearing_values = _bearing_both(lead, keepers)
        sql = f"SELECT a.person_id FROM ({bearing}) a WHERE 1 = 1{rest} ORDER BY a.person_id LIMIT {limit}"
        return sql, [*bearing_values, *rest_values]
    # One ordered walk for each meaning and keeper, the nearest first; the outer limit stops the rest from starting.
    table, named = (_PAIR, "first_id = %s AND a.second_id") if len(lead) > 1 else (_NAME, "token_id")
    branch = (
        f"SELECT * FROM (SELECT a.person_id FROM {table} a WHERE a.{named} = %s AND a.keeper_id = %s{rest}"
        f" ORDER BY a.person_id LIMIT {limit}) walk"
    )
    walks = [(*sorted(tokens), keeper) for tokens in meant for keeper in keepers][:_MOST_BRANCHES]
    values = [value for walk in walks for value in (*walk, *rest_values)]
    return f"{' UNION ALL '.join([branch] * len(walks))} LIMIT {limit}", values


def _bearing_both(pair: Sequence[Part], keepers: Sequence[Any]) -> tuple[str, list[Any]]:
    """People who bear a word of each of two parts, whichever of the two words has the lower number."""
    one, other = (part.tokens for part in pair)
    half = (
        f"SELECT person_id, keeper_id FROM {_PAIR} WHERE first_id IN ({{}}) AND second_id IN ({{}})"
        f" AND keeper_id IN ({_marks(keepers)})"
    )
    sql = f"{half.format(_marks(one), _marks(other))} UNION {half.format(_marks(other), _marks(one))}"
    return sql, [*one, *other, *keepers, *other, *one, *keepers]


def _bears_others(others: Sequence[Part]) -> tuple[str, list[Any]]:
    sql = ""
    values: list[Any] = []
    token = NameToken._meta.db_table
    for part in others:
        if part.beginning:
            bounds, bound_values = text_range("t.text", part.beginning)
            sql += (
                f" AND EXISTS (SELECT 1 FROM {_NAME} b JOIN {token} t ON t.id = b.token_id"
                f" WHERE b.person_id = a.person_id AND {bounds})"
            )
            values += bound_values
        else:
            sql += (
                f" AND EXISTS (SELECT 1 FROM {_NAME} b WHERE b.token_id IN ({_marks(part.tokens)})"
                " AND b.keeper_id = a.keeper_id AND b.person_id = a.person_id)"
            )
            values += part.tokens
    return sql, values


def _born(year: int | None) -> tuple[str, list[str]]:
    if year is None:
        return "", []
    person = Person._meta.db_table
    sql = (
        f" AND EXISTS (SELECT 1 FROM {person} p WHERE p.id = a.person_id AND p.birth_date BETWEEN %s AND %s)"
    )
    return sql, [f"{year}-01-01", f"{year}-12-31"]


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
