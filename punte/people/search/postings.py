"""Who bears words of all the given meanings: bounded walks of the index, the rarest word first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from punte.people.models import Household, Membership, NameToken, Person, PersonName
from punte.people.search.vocabulary import Meaning, Nearness, text_range

_COMMON = 2_000
_MOST_BRANCHES = 60

_NAME = PersonName._meta.db_table
_KEEPER = PersonName._meta.get_field("keeper")


@dataclass(frozen=True)
class Part:
    """One word of the question: bear one of `tokens`, or, where that is too many to list, any that begins so."""

    tokens: tuple[int, ...]
    beginning: str = ""

    @property
    def can_lead(self) -> bool:
        return bool(self.tokens) and not self.beginning


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

    Takes at most two queries. The walk goes along the index of the rarest word and stops at `limit`, so its length
    does not grow with the number of people who bear common words.
    """
    if not keepers:
        return []
    own = [_KEEPER.get_db_prep_value(keeper, connection) for keeper in sorted(keepers)]
    sizes = _sizes(parts, own)
    lead = min(range(len(parts)), key=lambda at: (not parts[at].can_lead, sizes[at], at))
    if sizes[lead] == 0:
        return []
    others = [part for at, part in enumerate(parts) if at != lead]
    sql, values = _walk(parts[lead], own, others, born_in, limit, in_order=sizes[lead] < _COMMON)
    return [_uuid(row[0]) for row in _rows(sql, values)]


def given_bearers(
    parts: Sequence[Part],
    households: Sequence[UUID],
    keepers: Sequence[UUID],
    *,
    born_in: int | None,
    limit: int,
) -> list[UUID]:
    """The same among today's members of households of other keepers that were given sight of."""
    if not households:
        return []
    people = Person.objects.filter(
        pk__in=Membership.objects.current()
        .filter(household__in=Household.objects.filter(pk__in=households).exclude(keeper__in=keepers))
        .values("person")
    )
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


def _sizes(parts: Sequence[Part], keepers: Sequence[Any]) -> list[int]:
    """How many people bear a word of each part, counted no further than is needed to choose; one query."""
    if len(parts) == 1 and parts[0].can_lead and len(parts[0].tokens) == 1:
        return [_COMMON]
    counts, values = [], []
    for part in parts:
        counts.append(
            f"(SELECT count(*) FROM (SELECT 1 FROM {_NAME} WHERE token_id IN ({_marks(part.tokens)})"
            f" AND keeper_id IN ({_marks(keepers)}) LIMIT {4 * _COMMON}) counted)"
        )
        values += [*part.tokens, *keepers]
    return list(_rows(f"SELECT {', '.join(counts)}", values)[0])


def _walk(
    lead: Part,
    keepers: Sequence[Any],
    others: Sequence[Part],
    born_in: int | None,
    limit: int,
    *,
    in_order: bool,
) -> tuple[str, list[Any]]:
    bears, bears_values = _bears_others(others)
    born, born_values = _born(born_in)
    rest, rest_values = bears + born, [*bears_values, *born_values]
    if in_order:
        sql = (
            f"SELECT DISTINCT a.person_id FROM {_NAME} a WHERE a.token_id IN ({_marks(lead.tokens)})"
            f" AND a.keeper_id IN ({_marks(keepers)}){rest} ORDER BY a.person_id LIMIT {limit}"
        )
        return sql, [*lead.tokens, *keepers, *rest_values]
    # One ordered walk for each word and keeper, the nearest word first; the outer limit stops the rest from starting.
    branch = (
        f"SELECT * FROM (SELECT a.person_id FROM {_NAME} a WHERE a.token_id = %s AND a.keeper_id = %s{rest}"
        f" ORDER BY a.person_id LIMIT {limit}) walk"
    )
    pairs = [(token, keeper) for token in lead.tokens for keeper in keepers][:_MOST_BRANCHES]
    values = [value for token, keeper in pairs for value in (token, keeper, *rest_values)]
    return f"{' UNION ALL '.join([branch] * len(pairs))} LIMIT {limit}", values


def _bears_others(others: Sequence[Part]) -> tuple[str, list[Any]]:
    sql, values = "", []
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
