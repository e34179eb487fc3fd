"""Keeping the index of names: which words occur, their slips, and who bears them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import transaction

from punte.people.models import NameSlip, NameToken, Person, PersonName
from punte.people.search.names import slips_of, words_of_name

_AT_ONCE = 5_000
_ROWS_AT_ONCE = 4_000


def index_names(people: Iterable[Person]) -> None:
    """Index the names of people anew, many at a time; what was indexed of them before is replaced."""
    known: dict[str, int] = {}
    for batch in _batches(people):
        with transaction.atomic():
            _index(batch, known)


def _index(people: Sequence[Person], known: dict[str, int]) -> None:
    words = {person.pk: words_of_name(person.family_name, person.given_name) for person in people}
    _learn({word for own in words.values() for word in own} - known.keys(), known)
    PersonName.objects.filter(person__in=[person.pk for person in people]).delete()
    rows = (
        PersonName(person_id=person.pk, keeper_id=person.keeper_id, token_id=known[word])
        for person in people
        for word in words[person.pk]
    )
    PersonName.objects.bulk_create(rows, batch_size=_ROWS_AT_ONCE)


def _learn(words: set[str], known: dict[str, int]) -> None:
    """Add to `known` the numbers of words, making those that never occurred before, with their slips."""
    if not words:
        return
    listed = sorted(words)
    found = dict(NameToken.objects.filter(text__in=listed).values_list("text", "pk"))
    fresh = [word for word in listed if word not in found]
    if fresh:
        # Somebody else may be learning the same word at this moment: theirs stands, a slip kept twice does no harm.
        NameToken.objects.bulk_create([NameToken(text=word) for word in fresh], ignore_conflicts=True)
        made = dict(NameToken.objects.filter(text__in=fresh).values_list("text", "pk"))
        slips = (NameSlip(text=slip, token_id=pk) for word, pk in made.items() for slip in slips_of(word))
        NameSlip.objects.bulk_create(slips, batch_size=_ROWS_AT_ONCE)
        found |= made
    known |= found


def _batches(people: Iterable[Person]) -> Iterator[list[Person]]:
    waiting = iter(people)
    while batch := list(islice(waiting, _AT_ONCE)):
        yield batch
