"""What one household seems entitled to, as an account sees its record: with why, how much, and what is not known."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.benefits.catalogue import rulebook_that_holds
from punte.benefits.confirmed import confirmed_in
from punte.benefits.definition import Entitlement, Rulebook
from punte.benefits.given import BENEFITS, FOR_FAMILY, HELD, laid_out, taken
from punte.benefits.sql import facts_of, whole
from punte.kernel.in_bulk import key_of
from punte.people.compartments import compartments_of
from punte.people.models import Household, Person
from punte.people.sight import hidden_from
from punte.registers.models import Entry
from punte.registers.sight import entries_about, sights_of

SEEMS, HAS, ASK = "seems", "has", "ask"


@dataclass(frozen=True)
class Reckoned:
    """What came out of one entitlement.

    Attributes:
        person: of whom, where it is of one.
        state: it seems to be there and is not had; it is had or asked for; it is not known.
        missing: the facts that would have to be asked.
        values: every fact and parameter, for its sentence and its steps.
        proposed: whether something that it rests on is to be confirmed.
    """

    entitlement: Entitlement
    person: Person | None
    state: str
    amount: float | None
    least: float | None
    most: float | None
    missing: tuple[str, ...]
    values: Mapping[str, Any]
    proposed: bool


@dataclass(frozen=True)
class Picture:
    """All of it for one household, before one account.

    Attributes:
        entries: of the register of benefits, about the people who live there.
        visited: the day of the visit whose answers are read.
    """

    book: Rulebook
    reckoned: Sequence[Reckoned]
    entries: Sequence[Entry]
    people: Sequence[Person]
    visited: dt.date | None

    def those(self, state: str) -> list[Reckoned]:
        """Those that came out so."""
        return [one for one in self.reckoned if one.state == state]

    @cached_property
    def seems(self) -> list[Reckoned]:
        """What the family seems entitled to and does not have."""
        return self.those(SEEMS)

    @cached_property
    def has(self) -> list[Reckoned]:
        """What it has, or asked for."""
        return self.those(HAS)

    @cached_property
    def unknown(self) -> list[Reckoned]:
        """What cannot be said before something more is asked."""
        return self.those(ASK)

    @cached_property
    def to_ask(self) -> list[str]:
        """The facts that would have to be asked, each once."""
        named = (name for one in (*self.seems, *self.unknown) for name in one.missing)
        return list(dict.fromkeys(named))


def picture_of(user: User, household: Household, *, day: dt.date | None = None) -> Picture:
    """What a household that the account sees seems entitled to, by what the account reads of it."""
    return _Reckoner(user, household, day or timezone.localdate()).picture()


class _Reckoner:
    def __init__(self, user: User, household: Household, day: dt.date) -> None:
        self.user, self.household, self.day = user, household, day
        self.book = rulebook_that_holds()
        self.read = compartments_of(user, household)
        living = hidden_from(user).living().filter(household=household)
        self.lives = living.select_related("person").order_by("person__birth_date", "pk")
        self.people = {key_of(row.person_id): row.person for row in self.lives}
        self.confirmed = confirmed_in([household.keeper_id], day)[household.keeper_id]

    def picture(self) -> Picture:
        entries = self._entries()
        visits = Assessment.objects.setting_severity().known_to(self.user, self.household.pk)
        newest = (
            visits.filter(visited_on__lte=self.day).order_by("-visited_on", "-submitted_at", "-pk").first()
        )
        seen = Entry.objects.filter(pk__in=[one.pk for one in entries])
        given = taken(
            self.book,
            self.day,
            homes=Household.objects.filter(pk=self.household.pk),
            lives=self.lives,
            visits=Assessment.objects.filter(pk__in=[newest.pk] if newest else []),
            entries=seen,
        )
        given.held = _held(self.household, entries, self.day)
        connection = laid_out(self.book, given, [self.day], threads=1)
        try:
            reckoned = list(self._reckoned(connection)) if self.book.entitlements else []
        finally:
            connection.close()
        benefits = [one for one in entries if one.register == BENEFITS]
        visited = newest.visited_on if newest else None
        return Picture(self.book, reckoned, benefits, list(self.people.values()), visited)

    def _entries(self) -> list[Entry]:
        sights = sights_of(self.user, list(self.people.values()))
        return entries_about(self.user, sights) if sights else []

    def _reckoned(self, connection: Any) -> Iterator[Reckoned]:
        homes = _rows(connection, facts_of(self.book, self.confirmed, "household"))
        people = _rows(connection, facts_of(self.book, self.confirmed, "person"))
        for one in self.book.entitlements.values():
            if one.compartment not in self.read or not one.is_on(self.confirmed):
                continue
            for row in _rows(connection, whole(self.book, self.confirmed, one)):
                mine = [each for each in people if each["person"] == row["person"]] or homes
                yield from self._one(one, row, {**homes[0], **mine[0]}, people)

    def _one(
        self, one: Entitlement, row: Mapping[str, Any], values: Mapping[str, Any], people: list[Any]
    ) -> Iterator[Reckoned]:
        if row["holds"] is False or (row["holds"] is None and row["has"]):
            return
        missing = self._missing(one, values, people)
        if row["has"]:
            state = HAS
        elif row["holds"] and row["known"]:
            state = SEEMS
        elif missing:
            state = ASK
        else:
            return
        yield Reckoned(
            one,
            self.people.get(row["person"]),
            state,
            row["amount"],
            row["least"],
            row["most"],
            missing,
            values,
            self.book.proposed(one, self.day, self.confirmed),
        )

    def _missing(
        self, one: Entitlement, values: Mapping[str, Any], people: Sequence[Mapping[str, Any]]
    ) -> tuple[str, ...]:
        """The answers behind an entitlement that are not known, of the person it is about or of anybody counted."""
        return tuple(
            name
            for name in dict.fromkeys((*one.behind, *one.also_ask))
            if self._is_missing(name, one, values, people)
        )

    def _is_missing(
        self, name: str, one: Entitlement, values: Mapping[str, Any], people: Sequence[Mapping[str, Any]]
    ) -> bool:
        fact = self.book.facts[name]
        if fact.of == "person" and one.of == "household":
            return any(self._is_open(name, row) for row in people)
        return self._is_open(name, values)

    def _is_open(self, name: str, row: Mapping[str, Any]) -> bool:
        """Whether an answer is not known that is asked of somebody of this age."""
        if row.get(name) is not None or self.book.facts[name].given == "record" and name != "birth_date":
            return False
        age = row.get("age")
        return not (name == "occupation" and age is not None and (age < 18 or age >= 65))


def _held(household: Household, entries: Collection[Entry], day: dt.date) -> Mapping[str, Sequence[Any]]:
    rows = [
        (
            key_of(household.pk),
            key_of(one.person_id) if one.person_id and one.values.get("covers") != FOR_FAMILY else None,
            one.values.get("kind", ""),
        )
        for one in entries
        if one.register == BENEFITS and one.state in HELD and one.holds_on(day)
    ]
    turned: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [(), (), ()]
    return dict(zip(("household", "person", "kind"), turned, strict=True))


def _rows(connection: Any, statement: str) -> list[dict[str, Any]]:
    found = connection.execute(statement)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
