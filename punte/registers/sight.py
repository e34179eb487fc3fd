"""Who reads and writes which entries, and what of an entry is seen from behind the seal of a person.

An entry is read by who sees its subject and reads its compartment; a field with a stricter one by who reads that too.
Since the day of a seal on a person their entries would tell where to find them (a school, a shelter): whoever is
outside the circle sees each as it was then, with what others outside have written since.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Prefetch, Q, QuerySet

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.accounts.models import User
from punte.cases.models import Case, CaseTeamMember
from punte.cases.permission import may_with
from punte.kernel.among import among
from punte.kernel.prepared import Prepared, rounded
from punte.organizations.models import Organization
from punte.people.asked import Asked
from punte.people.compartments import compartments_of, compartments_of_people
from punte.people.models import Dwelling, Household, Membership, Person
from punte.people.sight import hidden_from, households_in_sight, team_households
from punte.registers.definition import Definition
from punte.registers.models import Entry, EntryRevision, RegisterVersion

Subject = Person | Household | Case | Dwelling | Organization
_COLUMNS: dict[type, str] = {
    Person: "person",
    Household: "household",
    Case: "case",
    Dwelling: "dwelling",
    Organization: "organization",
}
WRITES_PEOPLE = Capability.INTERVENE
KEEPS_ORGANIZATIONS = Capability.PLAN


@dataclass(frozen=True)
class Sight:
    """What one account reads and may write of the entries about one subject that it sees."""

    user: User
    subject: Subject

    @cached_property
    def compartments(self) -> frozenset[Compartment]:
        """Those that it reads."""
        match self.subject:
            case Person():
                return compartments_of_people(self.user, [self.subject])[self.subject.pk]
            case Household():
                return compartments_of(self.user, self.subject)
            case Case():
                return compartments_of(self.user, self.subject.household)
            case Dwelling():
                return self.user.standing.compartments(self.subject.keeper_id)
        return frozenset({Compartment.GENERAL})

    def reads(self, definition: Definition) -> bool:
        """Whether it reads a register."""
        return definition.compartment in self.compartments

    def fields(self, definition: Definition) -> list[str]:
        """The names of the fields that it reads."""
        read = self.compartments
        return [name for name, one in definition.fields.items() if definition.compartments_of(one) <= read]

    @cached_property
    def may_write(self) -> bool:
        """Whether it writes entries about the subject, in the registers that it reads."""
        may, subject = self.user.standing.may, self.subject
        match subject:
            case Person():
                return may(WRITES_PEOPLE, subject.keeper_id) or (may(WRITES_PEOPLE) and self._given(subject))
            case Household():
                given = subject.pk in households_in_sight(self.user)
                return may(WRITES_PEOPLE, subject.keeper_id) or (may(WRITES_PEOPLE) and given)
            case Case():
                return subject.open and may_with(self.user, subject, WRITES_PEOPLE)
            case Dwelling():
                return may(WRITES_PEOPLE, subject.keeper_id)
        return may(KEEPS_ORGANIZATIONS)

    def writes(self, definition: Definition) -> bool:
        """Whether it writes in a register about the subject.

        Of violence and abuse the team of its case alone, whether a seal stands or not: what is offered else would tell
        that one was put.
        """
        # Asked first, so that the database is asked the same whatever is read.
        may = definition.compartment not in SEALED_COMPARTMENTS or self.in_team
        return may and self.reads(definition) and self.may_write

    @cached_property
    def in_team(self) -> bool:
        """Whether the account is in the team of a case of where the subject lives."""
        match self.subject:
            case Person():
                return bool(_of_teams(self.user, [self.subject]))
            case Household():
                home = self.subject.pk
            case Case():
                home = self.subject.household_id
            case _:
                return False
        return bool(_home_where_one_works(self.user, home=home))

    def _given(self, person: Person) -> bool:
        homes = Membership.objects.current().filter(person=person).values_list("household", flat=True)
        return not households_in_sight(self.user).isdisjoint(homes)

    @property
    def outside(self) -> bool:
        """Whether the subject is a sealed person in whose circle the account is not."""
        return isinstance(self.subject, Person) and self.subject.pk in hidden_from(self.user).people

    @property
    def about(self) -> Q:
        """The condition on an entry that the account reads it about this subject, or that it concerns it."""
        named = (Q(**{column: self.subject}) for column in self.columns)
        mine = reduce(or_, named) & Q(compartment__in=self.compartments)
        match self.subject:
            case Organization():
                return mine & Q(keeper__in=self.keepers)
            case Dwelling():
                return mine & of_seen_households(self.user)
        return mine

    @property
    def columns(self) -> list[str]:
        """The columns of an entry that name the subject where the account reads it about it."""
        concerns = isinstance(self.subject, Household) and self.user.standing.may(
            Capability.SEE_PEOPLE, self.subject.keeper_id
        )
        return [column_of(self.subject), *(["concerns"] if concerns else [])]

    @property
    def overlooks(self) -> bool:
        """Whether there are entries about the subject of which the account may not know: none of them is told of."""
        if not isinstance(self.subject, Dwelling) or not hidden_from(self.user).households:
            return False
        return self.subject.register_entries.exclude(of_seen_households(self.user)).exists()

    @property
    def keepers(self) -> frozenset[UUID]:
        """In whose records the account reads what is about an institution."""
        return self.user.standing.organizations(KEEPS_ORGANIZATIONS)

    def entries(self) -> list[Entry]:
        """The entries about the subject that it reads, as it sees them."""
        return entries_about(self.user, [self])


def of_seen_households(user: User) -> Q:
    """The condition that an entry concerns no household in which only people behind a seal live."""
    hidden = hidden_from(user).households
    return Q(concerns=None) | ~Q(concerns__in=hidden) if hidden else Q()


def entries_about(
    user: User, sights: Iterable[Sight], *, registers: Iterable[str] | None = None
) -> list[Entry]:
    """The entries about several subjects that an account reads, as it sees them.

    Args:
        registers: of these alone, where some are named.
    """
    asked = [sight for sight in sights if sight.compartments]
    if any(isinstance(sight.subject, Dwelling | Organization) for sight in asked):
        rows = Entry.objects.filter(reduce(or_, (sight.about for sight in asked)))
        return as_seen(user, whole(rows if registers is None else rows.filter(register__in=list(registers))))
    named: dict[str, list[UUID]] = {}
    for sight in asked:
        for column in sight.columns:
            named.setdefault(" ".join((column, *sorted(sight.compartments))), []).append(sight.subject.pk)
    keys = {name: rounded(some) for name, some in named.items()}
    found = _named(**keys) if registers is None else _named(registers=sorted(registers), **keys)
    # With their versions, sealed or not: a query more would tell outside a circle that there is a seal.
    versions: dict[UUID, list[_Known]] = {}
    for row in _versions(entries=rounded([entry.pk for entry in found])):
        versions.setdefault(row[0], []).append(_Known._make((*row[:_OWN], row[_OWN:])))
    return _as_seen(user, found, lambda entry: versions.get(entry.pk, []))


def _about(registers: Collection[str] | None = None, **named: Collection[UUID]) -> QuerySet[Entry]:
    """Entries by columns and the identifiers in them, each with the compartments that are read there."""
    read = Q(pk__in=[])
    for name, keys in named.items():
        column, *compartments = name.split()
        read |= Q(**{f"{column}__in": keys}, compartment__in=compartments)
    rows = (
        Entry.objects.filter(read)
        if registers is None
        else Entry.objects.filter(read, register__in=registers)
    )
    return rows.select_related("version").defer("version__definition")


_OF_VERSION = [one.attname for one in RegisterVersion._meta.concrete_fields if one.name != "definition"]


class _Known(NamedTuple):
    """An entry as it was after one change of it: plain values, for they are read with each entry."""

    entry: UUID
    number: int
    aside: bool
    at: dt.datetime
    state: str
    start: dt.date
    end: dt.date | None
    expires_on: dt.date | None
    values: Any
    texts: str
    of_version: Sequence[Any]

    @property
    def version(self) -> RegisterVersion:
        """The register as it was then."""
        return RegisterVersion.from_db(DEFAULT_DB_ALIAS, _OF_VERSION, self.of_version)


_OWN = len(_Known._fields) - 1
_named = Prepared(_about)
_versions = Prepared(
    lambda entries: (
        EntryRevision.objects.filter(entry__in=entries)
        .order_by()
        .values_list(*_Known._fields[:-1], *(f"version__{name}" for name in _OF_VERSION))
    )
)


def sights_of(user: User, people: Collection[Person]) -> list[Sight]:
    """What an account reads of each of some people that it sees; at most two queries."""
    read, of_teams = compartments_of_people(user, people), _of_teams(user, people)
    sights = [Sight(user, person) for person in people]
    for sight in sights:
        sight.__dict__["compartments"] = read[sight.subject.pk]
        sight.__dict__["in_team"] = sight.subject.pk in of_teams
    return sights


def _of_teams(user: User, people: Collection[Person]) -> set[UUID]:
    """Those of the people who live where the account is in the team of a case."""
    return {person for (person,) in _where_one_works(user, people=[one.pk for one in people])}


def _of_team(user: User, path: str) -> Q:
    """The condition that the household at the end of a path has a case in whose team the account is."""
    member = CaseTeamMember.objects.current().filter(user=user).values("case")
    mine = Case.objects.filter(Q(responsible=user) | Q(pk__in=member), open=True)
    return Q(**{f"{path}__in": team_households(user)}) | Q(among(mine, path, by="household"))


_where_one_works = Asked(
    lambda user, people: (
        hidden_from(user)
        .living()
        .filter(_of_team(user, "household"), person__in=people)
        .order_by()
        .values_list("person")
    )
)


_home_where_one_works = Asked(
    lambda user, home: (
        Household.objects.filter(_of_team(user, "pk"), pk=home).order_by().values_list("pk")[:1]
    )
)


def column_of(subject: Subject) -> str:
    """The column of an entry that names such a subject."""
    return _COLUMNS[type(subject)]


def keeper_of(by: User, subject: Subject) -> Any:
    """The institution in whose record an entry about the subject lies; its identifier."""
    if isinstance(subject, Organization):
        return min(by.standing.organizations(KEEPS_ORGANIZATIONS))
    return subject.keeper_id


def visible_subjects(user: User, column: str) -> Any:
    """The subjects of a kind that an account sees."""
    match column:
        case "person":
            return Person.objects.visible_to(user).select_related("keeper")
        case "household":
            return Household.objects.visible_to(user).select_related("keeper")
        case "case":
            return Case.objects.visible_to(user).select_related("household", "keeper")
        case "dwelling":
            return Dwelling.objects.visible_to(user).select_related("keeper", "uat")
    seen = user.standing.may(KEEPS_ORGANIZATIONS)
    return Organization.objects.all() if seen else Organization.objects.none()


subjects_seen = Asked(lambda user, column, keys: visible_subjects(user, column).filter(pk__in=keys))
"""Those of some subjects of a kind that an account sees."""


def whole(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries with their versions, of the register and of themselves."""
    revisions = EntryRevision.objects.select_related("version").defer("version__definition")
    rows = entries.select_related("version").defer("version__definition")
    return rows.prefetch_related(Prefetch("revisions", revisions))


def as_seen(user: User, entries: Iterable[Entry]) -> list[Entry]:
    """The entries as an account outside the circle of a sealed person sees them; never to be saved.

    Those of others are as they are.

    Args:
        entries: `whole`.
    """
    return _as_seen(user, entries, lambda entry: entry.revisions.all())


def _as_seen(
    user: User, entries: Iterable[Entry], versions: "Callable[[Entry], Iterable[EntryRevision | _Known]]"
) -> list[Entry]:
    hidden = hidden_from(user).people
    seen = []
    for entry in entries:
        shown = hidden.get(entry.person_id) if entry.person_id else None
        if shown is not None:
            known = [one for one in versions(entry) if one.aside or one.at < shown.sealed_at]
            if not known:
                continue
            as_it_was(entry, max(known, key=lambda one: one.number))
        seen.append(entry)
    return seen


def as_it_was(entry: Entry, known: EntryRevision | _Known) -> None:
    """Let an entry say what one of its versions said; never to be saved."""
    for column in ("version", "state", "start", "end", "expires_on", "values", "texts"):
        setattr(entry, column, getattr(known, column))
    entry.revision = known.number


def history(user: User, entry: Entry) -> list[EntryRevision]:
    """The changes of an entry that an account sees, the newest first."""
    rows = list(entry.revisions.select_related("by", "version").order_by("-number"))
    shown = hidden_from(user).people.get(entry.person_id) if entry.person_id else None
    return rows if shown is None else [one for one in rows if one.aside or one.at < shown.sealed_at]
