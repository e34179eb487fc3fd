"""The search for people by what somebody typed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.encryption import blind_index
from punte.kernel.prepared import Prepared, rounded
from punte.kernel.text import alphabet_of
from punte.people.asked import Asked, Whichever
from punte.people.models import Household, Person
from punte.people.search.names import words_of_name
from punte.people.search.postings import given_bearers, kept_bearers, parts_of
from punte.people.search.question import Question, understand
from punte.people.search.vocabulary import Meaning, Nearness, known_words, meanings
from punte.people.sight import hidden_from, households_in_sight

_CANDIDATES_PER_RESULT = 2


class Match(StrEnum):
    """Why a person was found."""

    CNP = "cnp"
    EXACT = "exact"
    PREFIX = "prefix"
    SLIP = "slip"


@dataclass(frozen=True)
class FoundPerson:
    """A person that a search found, and the household where they live now, as far as it may be seen."""

    person: Person
    household: Household | None
    match: Match


def find_people(user: User, text: str, limit: int = 20) -> list[FoundPerson]:
    """People in sight of an account whose name the text may mean, or who have it as CNP; the best match first.

    Forgives diacritics, cedillas, another alphabet (after the own one), the order of words, hyphens, one slip of the
    finger in each word of four letters or more, and an unfinished last word. A year among the words is the year of
    birth. At most ten queries.
    """
    question = understand(text)
    if question.cnp:
        people = _of_cnp(user, index=Whichever(blind_index(question.cnp)))
        ranked = [(person, Match.CNP) for person in people[:limit]]
        return with_households(user, ranked)
    if not question.words or max(map(len, question.words)) < 2:
        return []
    found = _by_name(user, question, limit)
    if not found:
        found = next((some for other in _respelled(question) if (some := _by_name(user, other, limit))), [])
    return with_households(user, found)


def people_kept_and_called(keepers: Sequence[UUID], text: str, *, limit: int) -> list[UUID]:
    """People of the keepers whose name the text means, without slips of the finger; whoever asks answers for why."""
    question = understand(text)
    parts = parts_of(list(meanings(question.words, typing=question.typing).values()), Nearness.PREFIX)
    if parts is None or max(map(len, question.words), default=0) < 2:
        return []
    return kept_bearers(parts, keepers, born_in=question.born_in, limit=limit)


def _by_name(user: User, question: Question, limit: int) -> list[tuple[Person, Match]]:
    known = meanings(question.words, typing=question.typing)
    members = [person for (person,) in _members_of_others(user)] if households_in_sight(user) else []
    found: dict[UUID, None] = {}
    for nearness in _worth_trying(list(known.values())):
        if len(found) >= limit:
            break
        found.update(dict.fromkeys(_bearers(user, members, list(known.values()), nearness, question, limit)))
    return _ranked(_light(keys=rounded(found)), question)[:limit]


_members_of_others = Asked(
    lambda user: (
        hidden_from(user)
        .living()
        .filter(
            household__in=Household.objects.filter(pk__in=households_in_sight(user)).exclude(
                keeper__in=user.standing.organizations(Capability.SEE_PEOPLE)
            )
        )
        .order_by()
        .values_list("person")
    )
)
"""Who lives in the households of other keepers that an account was given sight of."""


def _respelled(question: Question) -> list[Question]:
    """The first way of writing the same words together or apart, if all of them then occur in names."""
    ways = question.respelled()
    known = known_words(word for way in ways for word in way.words)
    return [way for way in ways if known.issuperset(way.words)][:1]


def _worth_trying(known: Sequence[Meaning]) -> list[Nearness]:
    """The steps from exact to forgiving that can find somebody the step before did not."""
    steps = []
    before = None
    for nearness in Nearness:
        parts = parts_of(known, nearness)
        if parts is not None and parts != before:
            steps.append(nearness)
            before = parts
    return steps


def _bearers(
    user: User,
    members: Collection[UUID],
    known: Sequence[Meaning],
    nearness: Nearness,
    question: Question,
    limit: int,
) -> list[UUID]:
    parts = parts_of(known, nearness)
    if parts is None:
        return []
    keepers = list(user.standing.organizations(Capability.SEE_PEOPLE))
    most = limit * _CANDIDATES_PER_RESULT
    kept = kept_bearers(parts, keepers, born_in=question.born_in, limit=most)
    return kept + given_bearers(parts, members, born_in=question.born_in, limit=most)


# Without what only the record itself shows.
_light = Prepared(lambda keys: Person.objects.filter(pk__in=keys).defer("cnp", "ethnicity"))
_of_cnp = Asked(
    lambda user, index: Person.objects.visible_to(user).filter(cnp_index=index).defer("cnp", "ethnicity")
)


def _ranked(people: Iterable[Person], question: Question) -> list[tuple[Person, Match]]:
    """The nearest first, then by name, then by identifier, so that the order is the same every time."""
    ways = [Match.EXACT, Match.PREFIX, Match.SLIP]
    rows = []
    for person in people:
        own = words_of_name(*person.names)
        nearness = [_nearness(word, own) for word in question.words]
        name = " ".join(own)
        is_other_alphabet = alphabet_of(str(person)) != question.alphabet
        rows.append((max(nearness), sum(nearness), is_other_alphabet, name, person.pk, person))
    rows.sort(key=lambda row: row[:5])
    return [(row[5], ways[row[0]]) for row in rows]


def _nearness(word: str, own: Sequence[str]) -> Nearness:
    if word in own:
        return Nearness.EXACT
    return Nearness.PREFIX if any(one.startswith(word) for one in own) else Nearness.SLIP


def with_households(user: User, ranked: Sequence[tuple[Person, Match]]) -> list[FoundPerson]:
    """Beside each person the household where they live, where the account may see it; one query."""
    if not ranked:
        return []
    hidden = hidden_from(user)
    now = _homes(user, people=[person.pk for person, _match in ranked])
    keepers = user.standing.organizations(Capability.SEE_PEOPLE)
    given = households_in_sight(user)
    homes = {
        lived.person_id: lived.household
        for lived in now
        if lived.household.keeper_id in keepers or lived.household_id in given
    }
    return [FoundPerson(hidden.person(person), homes.get(person.pk), match) for person, match in ranked]


_homes = Asked(
    lambda user, people: (
        hidden_from(user)
        .living()
        .filter(person__in=people)
        .select_related("household__uat")
        .defer("household__safe_contact")
    )
)
