"""Keeping the index of names: which words occur, their slips, and who bears them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import combinations, islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from punte.kernel.prepared import Prepared, as_kept, rounded
from punte.people.models import NameSlip, NameToken, Person, PersonName, PersonNamePair
from punte.people.search.names import slips_of, words_of_name

_later: ContextVar[list[Person] | None] = ContextVar("people_to_index_together", default=None)
_AT_ONCE = 5_000
_MOST_PAIRED = 16
_ROWS_AT_ONCE = 2_000


@contextmanager
def indexed_together() -> Iterator[None]:
    """Index the names of all people who are recorded within it at its end: for each alone it takes most of the time."""
    later: list[Person] = []
    token = _later.set(later)
    try:
        yield
    finally:
        _later.reset(token)
    # Somebody recorded within may have been taken back with what was around it.
    there = set(
        Person.objects.filter(pk__in=[one.pk for one in later]).order_by().values_list("pk", flat=True)
    )
    index_names([one for one in later if one.pk in there])


def index_names(people: Iterable[Person]) -> None:
    """Index the names of people anew, many at a time; what was indexed of them before is replaced."""
    later = _later.get()
    if later is not None:
        later.extend(people)
        return
    known: dict[str, int] = {}
    for batch in _batches(people):
        with transaction.atomic():
            _index(batch, known)


def _index(people: Sequence[Person], known: dict[str, int]) -> None:
    words = {person.pk: words_of_name(*person.names) for person in people}
    _learn({word for own in words.values() for word in own} - known.keys(), known)
    own = [person.pk for person in people]
    uuid = PersonName._meta.get_field("person").get_db_prep_value
    _forget(PersonName, own)
    _forget(PersonNamePair, own)
    whose = [
        (
            uuid(person.pk, connection),
            uuid(person.keeper_id, connection),
            [known[word] for word in words[person.pk]],
        )
        for person in people
    ]
    _insert(
        PersonName,
        ("person_id", "keeper_id", "token_id"),
        ((person, keeper, token) for person, keeper, tokens in whose for token in tokens),
    )
    _insert(
        PersonNamePair,
        ("person_id", "keeper_id", "first_id", "second_id"),
        (
            (person, keeper, *pair)
            for person, keeper, tokens in whose
            for pair in combinations(sorted(tokens[:_MOST_PAIRED]), 2)
        ),
    )


def _learn(words: set[str], known: dict[str, int]) -> None:
    """Add to `known` the numbers of words, making those that never occurred before, with their slips."""
    if not words:
        return
    listed = sorted(words)
    found = dict(_numbered(words=rounded(listed)))
    fresh = [word for word in listed if word not in found]
    if fresh:
        # Somebody else may be learning the same word at this moment: theirs stands, a slip kept twice does no harm.
        NameToken.objects.bulk_create([NameToken(text=word) for word in fresh], ignore_conflicts=True)
        made = dict(_numbered(words=rounded(fresh)))
        slips = ((slip, pk) for word, pk in made.items() for slip in slips_of(word))
        _insert(NameSlip, ("text", "token_id"), slips)
        found |= made
    known |= found


_numbered = Prepared(
    lambda words: NameToken.objects.filter(text__in=words).order_by().values_list("text", "pk")
)


def _forget(model: type[Model], people: Sequence[UUID]) -> None:
    """Take the rows of people out, on which nothing hangs."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {model._meta.db_table} WHERE person_id IN ({', '.join(['%s'] * len(people))})",
            [as_kept(one) for one in people],
        )


def _insert(model: type[Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Many rows in few statements; a model object for each of a million index rows would take most of the time."""
    waiting = iter(rows)
    one = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, _ROWS_AT_ONCE)):
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES {', '.join([one] * len(batch))}",
                [value for row in batch for value in row],
            )


def _batches(people: Iterable[Person]) -> Iterator[list[Person]]:
    """People some at a time; a QuerySet by its identifiers, so that no read stays open while the index is written."""
    if isinstance(people, QuerySet):
        rest = people.order_by("pk")
        while batch := list(rest[:_AT_ONCE]):
            yield batch
            rest = people.filter(pk__gt=batch[-1].pk).order_by("pk")
        return
    waiting = iter(people)
    while batch := list(islice(waiting, _AT_ONCE)):
        yield batch
