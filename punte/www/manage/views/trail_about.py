"""Whom a line of the trail is about, by name and by number: for the officer, who reads no records."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import TrailEntry, User
from punte.cases.models import Case
from punte.people.models import Household, Person
from punte.people.search import people_kept_and_called
from punte.people.sight import hidden_from

MOST = 100
_FIRST_YEAR = 2000
_CASE = re.compile(r"(?:(\d{4})\s*/\s*)?0*(\d{1,6})")


@dataclass(frozen=True)
class Named:
    """What lines are about, in words: households and people that the reader may hear of, and numbers of cases."""

    households: Mapping[UUID, str]
    cases: Mapping[UUID, str]
    people: Mapping[UUID, str]


def about(user: User, text: str) -> Q:
    """The condition on lines that they are about who is called so, or about the household of a case of that number.

    Nothing is found of a sealed household, nor of one of which it may not be known that a sealed person lives there:
    that a search finds it would tell it.
    """
    keepers = user.standing.organizations(Capability.SEE_AUDIT)
    case = _CASE.fullmatch(text.strip())
    if case:
        return about_households(user, _of_case(user, case[1], int(case[2])))
    named = Household.objects.filter(keeper__in=keepers).named(text)
    people = people_kept_and_called(list(keepers), text, limit=MOST)
    homes = about_households(user, named.values_list("pk", flat=True)[:MOST])
    sealed = [pk for pk in people if _lodgings(user, pk)]
    lines = homes | Q(person__in=_files([pk for pk in people if pk not in sealed]))
    for pk in sealed:
        lines |= Q(person__in=_files([pk])) & ~Q(household__in=_lodgings(user, pk))
    return lines


def about_households(user: User, households: Iterable[UUID]) -> Q:
    """The condition on lines that they are about one of the households, as far as the reader may hear of it."""
    hidden = hidden_from(user)
    heard_of = Household.objects.filter(pk__in=list(households), sealed=False).beyond_seals(user)
    found = list(heard_of.order_by().values_list("pk", flat=True))
    lodgings = hidden.lodgings.intersection(found)
    lines = Q(household__in=[pk for pk in found if pk not in lodgings])
    for pk in lodgings:
        lines |= Q(household=pk) & ~Q(person__in=_files(hidden.people_in(pk)))
    return lines


def named(user: User, lines: Collection[TrailEntry]) -> Named:
    """What the lines are about, as the reader may hear it."""
    hidden = hidden_from(user)
    homes = Household.objects.filter(pk__in={line.household for line in lines}, sealed=False)
    households = dict(homes.beyond_seals(user).order_by().values_list("pk", "name"))
    cases = {
        case.household_id: str(case)
        for case in Case.objects.filter(household__in=list(households), sealed=False).order_by(
            "year", "number", "pk"
        )
        if case.household_id not in hidden.lodgings
    }
    kept = Person.everyone.kept_instead({line.person for line in lines if line.person})
    told = {
        line.person
        for line in lines
        if line.person and line.household not in _lodgings(user, kept.get(line.person, line.person))
    }
    people = Person.everyone.filter(pk__in=told).only("family_name", "given_name", "birth_date")
    return Named(households, cases, {person.pk: str(person) for person in people})


def _of_case(user: User, year: str | None, number: int) -> list[UUID]:
    keepers = user.standing.organizations(Capability.SEE_AUDIT)
    years = [int(year)] if year else list(range(_FIRST_YEAR, timezone.localdate().year + 1))
    cases = Case.objects.filter(keeper__in=keepers, sealed=False, year__in=years, number=number)
    homes = cases.exclude(household__in=hidden_from(user).lodgings).order_by()
    return list(homes.values_list("household", flat=True))


def _lodgings(user: User, person: UUID) -> frozenset[UUID]:
    shown = hidden_from(user).people.get(person)
    return shown.lodgings if shown else frozenset()


def _files(people: Collection[UUID]) -> list[UUID]:
    """The people's files, and those that were joined into them."""
    files = Person.everyone.filter(Q(pk__in=people) | Q(joined_into__in=people))
    return list(files.order_by().values_list("pk", flat=True)) if people else []
