"""What entries of registers tell of cases, for the rules of terms, and who may read a term that comes of one.

A term's words tell of the entry: only who reads the register about its subject reads them, and of a sealed person
nobody outside the circle.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.guests import Happenings
from punte.accounts.models import User
from punte.cases.actions.refresh_deadlines import refresh_deadlines_of
from punte.cases.models import Case
from punte.deadlines.model import Event
from punte.kernel.prepared import Prepared, rounded
from punte.people.events import begins, begins_in
from punte.people.models import Household, Membership, Person
from punte.people.sight import hidden_from
from punte.registers.catalogue import definitions_that_hold
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.models import Entry, EntryRevision
from punte.registers.sight import Sight, Subject, sights_of, subjects_seen
from punte.registers.totals.reckoning import reached
from punte.registers.totals.rows import rows_of

_A_DAY = dt.timedelta(days=1)
_ABOUT_CASES = ("person", "household", "case", "concerns")
"""The columns of an entry by which it is told to cases: whom it is about, or the household that it concerns."""
_KINDS = {"concerns": "household"}
_Keys = dict[tuple[str, UUID], list[UUID]]


class _Entry(NamedTuple):
    """What is read of an entry: less than a record takes to be made, and there are many."""

    pk: UUID
    register: str
    state: str
    start: dt.date
    end: dt.date | None
    expires_on: dt.date | None
    created_at: dt.datetime
    person: UUID | None
    household: UUID | None
    case: UUID | None
    concerns: UUID | None


class _Move(NamedTuple):
    entry: UUID
    number: int
    move: str
    state: str
    at: dt.datetime
    end: dt.date | None


def kinds() -> frozenset[str]:
    """The events that entries tell: that one begins, that it ended, and those that moves and bands of totals name."""
    return frozenset().union(*_kinds_of_each().values())


def dates() -> frozenset[tuple[str, str]]:
    """Which of them name the last day of the entry (`end`), or the day when its paper expires (`expires`)."""
    return frozenset((kind, name) for one in _of_cases() for kind in _starting(one) for name in _named(one))


def _of_cases() -> Iterator[Definition]:
    return (one for one in definitions_that_hold().values() if _column_of(one))


def _kinds_of_each() -> Mapping[str, frozenset[str]]:
    """By register the events that its entries tell to cases; put together once as long as the files are as they are."""
    global _latest
    found = definitions_that_hold()
    if _latest is None or _latest[0] is not found:
        _latest = found, {one.key: frozenset(_told_by(one)) for one in _of_cases()}
    return _latest[1]


_latest: tuple[Mapping[str, Definition], Mapping[str, frozenset[str]]] | None = None


def _column_of(one: Definition) -> str:
    """By which column its entries are told to cases; empty where they are not."""
    if one.about == "dwelling":
        return "concerns" if one.household else ""
    return one.about if one.about in _ABOUT_CASES else ""


def _starting(one: Definition) -> list[str]:
    return [f"{one.key}.begins", *(move.event for move in one.moves.values() if move.event)]


def _named(one: Definition) -> list[str]:
    """The dates of a register that everybody reads who reads it."""
    closed = {named.is_ for named in one.fields.values() if named.compartment not in ("", one.compartment)}
    known = {"expires"} & {named.is_ for named in one.fields.values()}
    return sorted((known | ({"end"} if one.period == "interval" else set())) - closed)


def events_of(
    cases: Sequence[Case], people: Mapping[UUID, list[UUID]], awaited: Collection[str]
) -> Mapping[UUID, list[Event]]:
    """The events of the entries about the cases, their households and their people (two queries, and of bands more).

    Of the registers for which some rule waits: most entries are of none.
    """
    about = _subjects(cases, people)
    definitions, awaited = definitions_that_hold(), frozenset(awaited)
    known = {key: definitions[key] for key, told in _kinds_of_each().items() if not awaited.isdisjoint(told)}
    entries = _entries(about, known)
    moves, zone = _moves([entry.pk for entry in entries]), timezone.get_current_timezone()
    found: dict[UUID, list[Event]] = {}
    for entry in entries:
        definition = known[entry.register]
        column = next(name for name in _ABOUT_CASES if getattr(entry, name))
        key = getattr(entry, column)
        column = _KINDS.get(column, column)
        told = list(_told(definition, entry, moves.get(entry.pk, []), f"{column}/{key}", zone))
        for case in about[column, key]:
            found.setdefault(case, []).extend(told)
    for (column, key), told in _of_bands(about, known, awaited).items():
        for case in about[column, key]:
            found.setdefault(case, []).extend(told)
    return found


def _of_bands(
    about: _Keys, known: Mapping[str, Definition], awaited: Collection[str]
) -> dict[tuple[str, UUID], list[Event]]:
    """By subject the bands that its entries reach today, since the day of the entry that reached them.

    A query for each register whose bands some rule waits for.
    """
    found: dict[tuple[str, UUID], list[Event]] = {}
    for one in known.values():
        totals = [total for total in one.totals.values() if not total.events.isdisjoint(awaited)]
        column = _column_of(one)
        kind = _KINDS.get(column, column)
        keys = [key for named, key in about if named == kind] if totals else []
        if not keys:
            continue
        counted = rows_of(_counted(register=one.key, **{column: rounded(keys)}), one, column)
        for total in totals:
            reached_by = reached(one, total, counted, today=timezone.localdate()) if counted else {}
            for key, bands in reached_by.items():
                subject = f"{one.key}/{kind}/{key}/{total.name}"
                told = found.setdefault((kind, key), [])
                told += [Event(band.event, begins(day), subject=subject, of_all=True) for band, day in bands]
    return found


def _in_register(register: str, **about: Collection[UUID]) -> QuerySet[Entry]:
    """The entries of a register that a column names, with what is added up of them."""
    [(column, keys)] = about.items()
    rows = Entry.objects.filter(register=register, erased_on=None, **{f"{column}__in": keys})
    read = ("state", "start", "end", "values", column, "version__key", "version__digest", "version__own")
    return rows.exclude(state=WITHDRAWN).select_related("version").only(*read).order_by("pk")


_counted = Prepared(_in_register)


def _told_by(one: Definition) -> list[str]:
    of_bands = (event for total in one.totals.values() for event in total.events)
    return [f"{one.key}.ends", *_starting(one), *of_bands]


def _entries(about: _Keys, known: Mapping[str, Definition]) -> list[_Entry]:
    """The entries about some subjects, in the order in which they begin.

    Each kind of subject is asked for by its own index, and only where some register is about it: one condition over
    all of them, or one on a column that is always empty, reads the whole table.
    """
    columns = {_column_of(one) for one in known.values()}
    asked = {
        column: rounded([key for named, key in about if named == _KINDS.get(column, column)])
        for column in _ABOUT_CASES
        if column in columns
    }
    rows = _told_of(registers=sorted(known), **asked) if asked else []
    return sorted(map(_Entry._make, rows), key=lambda entry: (entry.start, entry.created_at, entry.pk))


def _in_registers(registers: Collection[str], **about: Collection[UUID]) -> QuerySet[Entry, Any]:
    rows = Entry.objects.filter(register__in=registers, erased_on=None).exclude(state=WITHDRAWN).order_by()
    first, *rest = (
        rows.filter(**{f"{column}__in": keys}).values_list(*_Entry._fields) for column, keys in about.items()
    )
    return first.union(*rest, all=True)


_told_of = Prepared(_in_registers)


def _subjects(cases: Sequence[Case], people: Mapping[UUID, list[UUID]]) -> _Keys:
    """Whom and what entries may be about, each with the cases that it concerns."""
    found: _Keys = {}
    for case in cases:
        found.setdefault(("case", case.pk), []).append(case.pk)
        found.setdefault(("household", case.household_id), []).append(case.pk)
    for person, concerned in people.items():
        found["person", person] = concerned
    return found


def _moves(entries: Collection[UUID]) -> dict[UUID, list[_Move]]:
    """The moves of entries; what stands beside one, from behind a seal, tells nothing."""
    found: dict[UUID, list[_Move]] = {}
    for row in map(_Move._make, _made(entries=rounded(entries))):
        found.setdefault(row.entry, []).append(row)
    return found


_made = Prepared(
    lambda entries: (
        EntryRevision.objects.filter(entry__in=entries, aside=False)
        .order_by("entry_id", "number")
        .values_list(*_Move._fields)
    )
)


def _told(
    definition: Definition, entry: _Entry, moves: Sequence[_Move], about: str, zone: dt.tzinfo
) -> Iterator[Event]:
    subject = f"{definition.key}/{about}"
    if definition.overlap == "allowed" or definition.alone_by:
        # Several may run side by side; where one alone can, the next takes the place of the former.
        subject += f"/{entry.pk}"
    named = _days(definition, entry)
    yield Event(f"{definition.key}.begins", begins_in(entry.start, zone), subject=subject, dates=named)
    for done in moves:
        if done.number == 1:
            written = begins_in(entry.start, zone)
            for kind in _led_to(definition, done.state):
                yield Event(kind, written, subject=subject, dates=named)
        move = definition.moves.get(done.move)
        if move and move.event:
            at = begins_in(done.end - _A_DAY, zone) if move.ends and done.end else done.at.astimezone(zone)
            yield Event(move.event, at, subject=subject, dates=named)
    if entry.end:
        yield Event(f"{definition.key}.ends", begins_in(entry.end, zone), subject=subject)


def _led_to(definition: Definition, state: str) -> list[str]:
    """The events of the steps that lead to a state: what is written down in it has gone them before it was written."""
    leading = (move for move in definition.moves.values() if move.to == state and state not in move.from_)
    return [move.event for move in leading if move.event]


def _days(definition: Definition, entry: _Entry) -> dict[str, dt.date]:
    """The days that an entry names, while it counts as true."""
    if entry.state not in definition.holds:
        return {}
    days = {"end": entry.end - _A_DAY if entry.end else None, "expires": entry.expires_on}
    return {name: day for name in _named(definition) if (day := days[name])}


def refresh_terms_of(entry: Entry, *, former: Household | None = None) -> None:
    """Bring the terms of the open cases that an entry concerns in step with it.

    Args:
        former: the household that it concerned before.
    """
    subjects = {entry.subject, entry.concerns, former} if entry.dwelling_id else {entry.subject}
    for subject in sorted((one for one in subjects if one is not None), key=lambda one: one.pk):
        refresh_terms_about(subject)


def refresh_terms_about(subject: Subject) -> None:
    """Bring the terms of the open cases that a subject concerns in step with its entries."""
    match subject:
        case Case():
            concerned = _this_case
        case Household():
            concerned = _cases_of_household
        case Person():
            concerned = _cases_of_person
        case _:
            return
    refresh_deadlines_of(concerned(key=subject.pk))


def _open(concerned: Q) -> QuerySet[Case]:
    return Case.objects.filter(concerned, open=True).select_for_update(no_key=True)


_this_case = Prepared(lambda key: _open(Q(pk=key)))
_cases_of_household = Prepared(lambda key: _open(Q(household=key)))
_cases_of_person = Prepared(
    lambda key: _open(
        Q(person=key)
        | Q(
            person=None,
            household__in=Membership.objects.current().filter(person=key).values("household"),
        )
    )
)


def readable(user: User, subjects: Collection[str]) -> dict[str, bool]:
    """Of subjects of terms, those whose entries the account reads as they are today; whether each is of violence."""
    asked: dict[str, dict[UUID, list[tuple[str, Definition]]]] = {}
    known = definitions_that_hold()
    for subject in subjects:
        # A rule that runs for no subject names none: nobody can be told whose it is.
        key, column, named, *_entry = [*subject.split("/"), "", ""]
        definition = known.get(key) if named else None
        if definition is not None:
            asked.setdefault(column, {}).setdefault(UUID(named), []).append((subject, definition))
    return {
        subject: definition.compartment in SEALED_COMPARTMENTS
        for column, named in asked.items()
        for sight in _sights(user, column, named)
        for subject, definition in named[sight.subject.pk]
        if sight.reads(definition)
    }


def _sights(user: User, column: str, keys: Collection[UUID]) -> list[Sight]:
    seen: list[Person | Household | Case] = subjects_seen(user, column=column, keys=keys)
    if column != "person":
        return [Sight(user, one) for one in seen]
    hidden = hidden_from(user).people
    return sights_of(user, [one for one in seen if isinstance(one, Person) and one.pk not in hidden])


HAPPENINGS = Happenings(kinds, dates, events_of, readable)
