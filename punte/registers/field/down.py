"""What goes down to a device: the registers in use, and the entries about a household and who lives there."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, prefetch_related_objects

from punte.accounts.guests import TakenAlong
from punte.accounts.models import User
from punte.cases.models import CaseTeamMember
from punte.kernel.marks import Unchanging
from punte.kernel.prepared import Prepared, rounded
from punte.organizations.models import Organization
from punte.people.compartments import compartments_of_each, compartments_where_they_live
from punte.people.sight import hidden_from, households_in_sight, team_households
from punte.registers.catalogue import definition_at, definitions_that_hold
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.field.wire import Wire, definition_to_wire, fields_there, values_to_wire
from punte.registers.models import Entry, EntryRevision
from punte.registers.naming import told_of
from punte.registers.sight import WRITES_PEOPLE, Sight, Subject, as_seen, column_of
from punte.registers.totals.showing import ShownTotal, totals_of
from punte.registers.values import renamed, rows_named, said_by

ABOUT = ("household", "person", "case")


def reference(user: User) -> Wire:
    """The registers that an account reads anywhere, and the institutions that their fields name; one query at most."""
    in_use = tuple((one.key, one.digest) for one in _in_use().values())
    forms = _forms(in_use, user.standing.every_compartment())
    named = any(field["type"] == "organization" for form in forms for field in form["fields"])
    rows = _institutions() if named else ()
    return {"registers": forms, "institutions": [{"id": str(pk), "name": name} for pk, name in rows]}


_institutions = Prepared(lambda: Organization.objects.order_by("name", "pk").values_list("pk", "name"))


@lru_cache(maxsize=32)
def _forms(in_use: tuple[tuple[str, str], ...], everywhere: frozenset[str]) -> Unchanging:
    """Of each of these registers, named by their texts, what is asked with every exchange and seldom changes."""
    known = _in_use()
    read = [known[key] for key, _text in in_use if key in known and known[key].compartment in everywhere]
    return Unchanging(definition_to_wire(one, _names(one, everywhere)) for one in read)


def _names(one: Definition, everywhere: frozenset[str]) -> list[str]:
    return [name for name in fields_there(one) if one.compartments_of(one.fields[name]) <= everywhere]


def rows(
    user: User, households: Sequence[UUID], people: Sequence[UUID], cases: Sequence[UUID]
) -> list[list[Any]]:
    """Of these households, people and cases the rows that `down` is made of; two queries for most."""
    keys = {"households": rounded(households), "people": rounded(people), "cases": rounded(cases)}
    found = [_entries.as_given(registers=list(_in_use()), **keys), _teams.as_given(user=user.pk)]
    if hidden := hidden_from(user).people:
        found.append(_revisions.as_given(people=rounded(hidden)))
    return found


def down(user: User, along: Sequence[TakenAlong]) -> Mapping[UUID, Wire]:
    """Of each household whom entries are about, with what the account reads and writes of them, and the entries.

    What was withdrawn as a mistake stays in the office.
    """
    entries = _entries(
        registers=list(_in_use()),
        households=rounded([one.household.pk for one in along]),
        people=rounded([member.person_id for one in along for member in one.members]),
        cases=rounded([case.pk for one in along for case in one.cases]),
    )
    hidden = hidden_from(user).people
    prefetch_related_objects([one for one in entries if one.person_id in hidden], "revisions__version")
    about: dict[UUID, list[Entry]] = {}
    for entry in as_seen(user, entries):
        if entry.state != WITHDRAWN:
            about.setdefault(entry.subject_key, []).append(entry)
    return _Down(user, along, about).parts()


def _in_use() -> Mapping[str, Definition]:
    return {key: one for key, one in definitions_that_hold().items() if one.about in ABOUT}


def _about(
    registers: Sequence[str], households: Sequence[UUID], people: Sequence[UUID], cases: Sequence[UUID]
) -> QuerySet[Entry]:
    about = Q(person__in=people) | Q(household__in=households) | Q(case__in=cases)
    rows = Entry.objects.filter(about, register__in=registers)
    return rows.select_related("version").defer("version__definition").order_by("-start", "-created_at", "id")


_entries = Prepared(_about)
_teams = Prepared(
    lambda user: (
        CaseTeamMember.objects.current().filter(user=user).order_by("case").values_list("case", flat=True)
    )
)
_revisions = Prepared(lambda people: EntryRevision.objects.filter(entry__person__in=people).order_by("pk"))


def _worth_telling(one: ShownTotal) -> bool:
    """What it costs a family, and what has come to something that has a name: the rest is read in the office."""
    return not one.is_nothing and (one.reckoned.total.unit == "money" or bool(one.band))


def _total(about: UUID, one: ShownTotal) -> Wire:
    """In the language of the account, as the terms of a case are."""
    told = {"about": str(about), "label": one.label, "value": one.value, "over": one.over, "band": one.band}
    return {name: said for name, said in told.items() if said}


class _Down:
    def __init__(
        self, user: User, along: Sequence[TakenAlong], about: Mapping[UUID, Sequence[Entry]]
    ) -> None:
        self.user, self.along, self.about = user, along, about

    def parts(self) -> dict[UUID, Wire]:
        of_homes = [(one, [sight for sight in self.sights(one) if self.reads(sight)]) for one in self.along]
        subjects = {sight.subject.pk: sight for _one, sights in of_homes for sight in sights}
        read = {key: [entry for entry, _by in self.read(sight)] for key, sight in subjects.items()}
        totals = totals_of(read)
        return {one.household.pk: self.part(one, sights, totals) for one, sights in of_homes}

    def part(
        self, one: TakenAlong, sights: Sequence[Sight], totals: Mapping[UUID, Sequence[ShownTotal]]
    ) -> Wire:
        entries = [self.entry(*found, sight) for sight in sights for found in self.read(sight)]
        part: Wire = {"about": [self.told(sight) for sight in sights], "entries": entries}
        come_to = [
            _total(sight.subject.pk, total)
            for sight in sights
            for total in totals.get(sight.subject.pk, ())
            if _worth_telling(total)
        ]
        if come_to:
            part["totals"] = come_to
        living = {str(member.person_id) for member in one.members}
        told = {value for entry in entries for value in entry["values"].values() if isinstance(value, str)}
        elsewhere = {key: name for key, name in self.names.items() if key in told - living}
        return {**part, "named": elsewhere} if elsewhere else part

    def reads(self, sight: Sight) -> bool:
        return any(one.about == column_of(sight.subject) and sight.reads(one) for one in self.in_use.values())

    def told(self, sight: Sight) -> Wire:
        column = column_of(sight.subject)
        drawn = (key for key, one in self.in_use.items() if len(fields_there(one)) == len(one.fields))
        of_kind = [key for key in drawn if self.in_use[key].about == column]
        written = [key for key in of_kind if sight.writes(self.in_use[key])]
        reads = sorted(map(str, sight.compartments))
        return {"kind": column, "id": str(sight.subject.pk), "reads": reads, "writes": written}

    def read(self, sight: Sight) -> Iterator[tuple[Entry, Definition]]:
        for entry in self.about.get(sight.subject.pk, ()):
            definition = self.in_use[entry.register]
            if sight.reads(definition) and entry.compartment in sight.compartments:
                yield entry, definition

    def entry(self, entry: Entry, definition: Definition, sight: Sight) -> Wire:
        readable = set(sight.fields(definition)) & set(fields_there(definition))
        said = self.said(entry, definition)
        return {
            "id": str(entry.pk),
            "register": entry.register,
            "about": str(sight.subject.pk),
            "state": entry.state,
            "start": entry.start.isoformat(),
            "end": entry.end.isoformat() if entry.end else None,
            "revision": entry.revision,
            "values": values_to_wire(
                {
                    name: said[name]
                    for name in said
                    if name in readable and not self.hides(definition, name, said[name])
                }
            ),
        }

    def said(self, entry: Entry, definition: Definition) -> dict[str, Any]:
        written_by = definition_at(entry.version)
        return renamed(told_of(self.user, entry, written_by, said_by(written_by, entry)), now=definition)

    def hides(self, definition: Definition, name: str, value: Any) -> bool:
        """Whether a value is the identifier of somebody whom the account does not see."""
        return definition.fields[name].type == "member" and str(value) not in self.names

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Who lives there, and who else is named in entries and seen; a query only where somebody is named who left.

        The mark does not ask it: what a seal hides changes the mark, a new name of one who left comes down next day.
        """
        people = {member.person_id: member.person for one in self.along for member in one.members}
        left = rows_named(self.named_elsewhere(people), user=self.user)
        return {
            str(key): f"{one.given_name} {one.family_name}".strip() for key, one in (people | left).items()
        }

    def named_elsewhere(self, here: Collection[UUID]) -> Iterator[tuple[Definition, Mapping[str, UUID]]]:
        for entry in chain.from_iterable(self.about.values()):
            definition = self.in_use[entry.register]
            of_people = [name for name, one in definition.fields.items() if one.type == "member"]
            said = self.said(entry, definition) if of_people else {}
            yield (
                definition,
                {name: said[name] for name in of_people if name in said and said[name] not in here},
            )

    def sights(self, one: TakenAlong) -> Iterator[Sight]:
        """What the account reads and writes of the household, its people and its cases, by what was read before."""
        home, mine = one.household, self.user.standing.may
        in_team = self.in_team(one)
        given = mine(WRITES_PEOPLE) and home.pk in households_in_sight(self.user)
        of_home = self.compartments[home.pk]
        yield self.sight(home, of_home, in_team, mine(WRITES_PEOPLE, home.keeper_id) or given)
        for person in (member.person for member in one.members):
            writes = mine(WRITES_PEOPLE, person.keeper_id) or given
            yield self.sight(person, self.of_people[person.pk], in_team, writes)
        for case in one.cases:
            of_team = mine(WRITES_PEOPLE) and case.pk in self.teams
            yield self.sight(case, of_home, in_team, mine(WRITES_PEOPLE, case.keeper_id) or of_team)

    def sight(self, subject: Subject, compartments: Any, in_team: bool, may_write: bool) -> Sight:
        sight = Sight(self.user, subject)
        sight.__dict__.update(compartments=compartments, in_team=in_team, may_write=may_write)
        return sight

    def in_team(self, one: TakenAlong) -> bool:
        mine = (case.responsible_id == self.user.pk or case.pk in self.teams for case in one.cases)
        return one.household.pk in team_households(self.user) or any(mine)

    @cached_property
    def in_use(self) -> Mapping[str, Definition]:
        return _in_use()

    @cached_property
    def teams(self) -> set[UUID]:
        return set(_teams(user=self.user.pk))

    @cached_property
    def compartments(self) -> Mapping[UUID, Any]:
        return compartments_of_each(self.user, [one.household for one in self.along])

    @cached_property
    def of_people(self) -> Mapping[UUID, Any]:
        members = [(member.person, one.household) for one in self.along for member in one.members]
        homes = [(person.pk, home.pk, home.sealed) for person, home in members]
        return compartments_where_they_live(self.user, [person for person, _home in members], homes)
