"""Who of a keeper's people the lines of a register may be: a few queries for all of them together."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Self
from uuid import UUID

from django.db import connection

from punte.accounts.models import User
from punte.kernel.encryption import blind_index
from punte.organizations.models import Organization
from punte.people.joining.sight import behind_seals
from punte.people.matching.evidence import Evidence, OnFile, alike, weigh
from punte.people.models import NameToken, Person, PersonName, PersonNamePair
from punte.people.registers.rows import RegisterRow
from punte.people.search.names import words_of_name

_AT_ONCE = 400
_MOST_WORDS = 6
_MOST_SHOWN = 5
_LEAST_SHARED = 2


@dataclass(frozen=True)
class Candidate:
    """Somebody on record, or on an earlier line, who may be the one of a line, and what speaks for and against it."""

    who: str
    evidence: Evidence


@dataclass(frozen=True, eq=False)
class Described:
    """What is known of somebody; the CNP is the digest of a number without a mistake."""

    who: str
    file: OnFile

    def bears_a_name_of(self, other: Self) -> bool:
        """Whether a family name or a given name is the same: who has the same CNP and neither is a mistake."""
        return bool(self.file.words & other.file.words) or alike(self.file.names, other.file.names)


@dataclass
class KnownPeople:
    """Those of the keeper's people who may be somebody in the register.

    Attributes:
        sealed: those of a household that is sealed from the account: never shown, and known by the CNP alone.
    """

    by_cnp: dict[str, Described] = field(default_factory=dict)
    by_birth: dict[dt.date, list[Described]] = field(default_factory=lambda: defaultdict(list))
    by_words: dict[str, list[Described]] = field(default_factory=lambda: defaultdict(list))
    sealed: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, rows: Sequence[RegisterRow], *, keeper: Organization, user: User) -> Self:
        """Read from the database; the number of queries grows with the hundreds of lines, never with each."""
        found = cls()
        people: dict[UUID, Person] = {}
        kept = Person.objects.filter(keeper=keeper).defer("cnp", "ethnicity").order_by("pk")
        indexes = {index_of(row.values["cnp"]) for row in rows if row.values["cnp"]}
        births = {row.values["birth_date"] for row in rows if row.values["birth_date"]}
        for column, values in (("cnp_index", indexes), ("birth_date", births)):
            for some in _some(sorted(values)):
                people |= {one.pk: one for one in kept.filter(**{f"{column}__in": some})}
        named = set(_of_the_same_words(rows, keeper)) - people.keys()
        for some in _some(sorted(named)):
            people |= {one.pk: one for one in kept.filter(pk__in=some)}
        found.sealed = sealed_from(user, keeper)
        for person in people.values():
            found._add(person)
        return found

    def _add(self, person: Person) -> None:
        file = OnFile(
            names=person.names,
            born=person.birth_date,
            sex=person.sex,
            cnp=person.cnp_index,
            phone=person.phone,
            died=person.died_on,
        )
        self.add(Described(str(person.pk), file))

    def add(self, one: Described) -> None:
        """Let somebody be found by CNP, birth date and name; who is sealed by the CNP alone."""
        if one.file.cnp:
            self.by_cnp.setdefault(one.file.cnp, one)
        if one.who in self.sealed:
            return
        if one.file.born:
            self.by_birth[one.file.born].append(one)
        for word in one.file.words:
            self.by_words[word].append(one)

    def may_be(self, one: Described) -> list[Candidate]:
        """Who it may be, the likeliest first; at most five."""
        near = {known.who: known for known in self.by_birth.get(one.file.born, ())} if one.file.born else {}
        shared = Counter(known for word in one.file.words for known in self.by_words.get(word, ()))
        least = min(_LEAST_SHARED, len(one.file.words))
        near |= {known.who: known for known, count in shared.items() if count >= least}
        weighed = [
            Candidate(known.who, weigh(one.file, known.file))
            for known in near.values()
            if known.who != one.who
        ]
        found = [candidate for candidate in weighed if candidate.evidence.is_likely]
        return sorted(found, key=lambda candidate: (-candidate.evidence.weight, candidate.who))[:_MOST_SHOWN]


def described(row: RegisterRow) -> Described:
    """The person of a line."""
    values = row.values
    file = OnFile(
        names=[row.name],
        born=values["birth_date"],
        sex=values["sex"],
        cnp=index_of(values["cnp"]),
        phone=values["phone"],
        died=values["died_on"],
    )
    return Described(f"row:{row.key}", file)


def index_of(cnp: str) -> str:
    """The digest by which a CNP is found; empty for none."""
    return blind_index(cnp) if cnp else ""


def _some(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))


def sealed_from(user: User, keeper: Organization) -> set[str]:
    """The keeper's people behind a seal in whose circle the account is not."""
    behind = Person.objects.filter(behind_seals(user), keeper=keeper)
    return {str(pk) for pk in behind.order_by().values_list("pk", flat=True)}


def _of_the_same_words(rows: Iterable[RegisterRow], keeper: Organization) -> Iterator[UUID]:
    """People who bear two words of a line's name, or its only one."""
    named = [words_of_name(row.name)[:_MOST_WORDS] for row in rows]
    numbers: dict[str, int] = {}
    for some in _some(sorted({word for words in named for word in words})):
        numbers |= dict(NameToken.objects.filter(text__in=some).order_by().values_list("text", "pk"))
    tokens = [sorted(numbers[word] for word in words if word in numbers) for words in named]
    alone = {own[0] for own, words in zip(tokens, named, strict=True) if len(words) == 1 and own}
    for some in _some(sorted(alone)):
        bearers = PersonName.objects.filter(token__in=some, keeper=keeper).order_by()
        yield from bearers.values_list("person", flat=True)
    pairs = sorted({pair for own in tokens for pair in combinations(own, 2)})
    for some in _some(pairs):
        yield from _of_pairs(some, keeper)


def _of_pairs(pairs: Sequence[tuple[int, int]], keeper: Organization) -> Iterator[UUID]:
    field = PersonNamePair._meta.get_field("keeper")
    marks = ", ".join(["(%s, %s)"] * len(pairs))
    sql = (
        f"SELECT person_id FROM {PersonNamePair._meta.db_table}"  # noqa: S608
        f" WHERE (first_id, second_id) IN (VALUES {marks}) AND keeper_id = %s"
    )
    values: list[Any] = [number for pair in pairs for number in pair]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, field.get_db_prep_value(keeper.pk, connection)])
        yield from (one if isinstance(one, UUID) else UUID(one) for (one,) in cursor.fetchall())
