"""What the registers of protection come to for one account: hospitals, foster carers, centres, life books."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from punte.accounts.models import User
from punte.directory.models import Service
from punte.kernel.text import fold
from punte.people.models import Person
from punte.protection.criteria import in_words
from punte.registers.catalogue import register_named
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.lists import RegisterList, keepers_listed, said_in, seen_outside
from punte.registers.models import Entry

_YEARS = 5
_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """Rows of one table: what each is called, and how many there were in each of some years, or at all."""

    years: Sequence[int]
    rows: Sequence[tuple[str, Sequence[int]]]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted."""
        return not any(any(numbers) for _called, numbers in self.rows)


@dataclass(frozen=True)
class InForce:
    """A measure that holds today: whose, which, since when, and when somebody last reviewed it."""

    measure: Entry
    child: Person
    kind: str
    reviewed_on: dt.date | None


@dataclass(frozen=True)
class Hearing:
    """A hearing of a child that is to come; `clashes` where the room has another at that hour."""

    entry: Entry
    child: Person
    hour: str
    room: str
    clashes: bool


@dataclass
class Leaving:
    """A child of a centre, and the plan to leave it; None where nobody made one."""

    child: Person
    measure: Entry
    plan: Entry | None = None
    way: str = ""
    state: str = ""
    by_when: dt.date | None = None
    late: bool = False


@dataclass
class Closing:
    """The children of one centre, one by one: those without a plan first."""

    service: Service
    children: list[Leaving] = field(default_factory=list)

    @property
    def without(self) -> int:
        """How many have no plan yet."""
        return sum(1 for one in self.children if one.plan is None)


def entries_listed(user: User, key: str) -> list[Entry]:
    """The entries of a register in the records of the account's institutions, each as it sees them; none withdrawn."""
    definition = register_named(key)
    keepers = keepers_listed(user.standing, definition)
    if not keepers:
        return []
    listed = RegisterList(user, definition, keepers, seen_outside(user, keepers).get(key, {}))
    rows = listed.rows().filter(erased_on=None).select_related("person", "version").order_by("-start", "pk")
    return [row for row in listed.as_seen(list(rows)) if row.state != WITHDRAWN]


def left_in_hospitals(user: User, today: dt.date) -> Counted:
    """Children left in hospitals, by the year in which they were found there and by what became of them."""
    definition = register_named("hospital_child")
    years = list(range(today.year - _YEARS + 1, today.year + 1))
    found: Counter[tuple[str, int]] = Counter()
    for entry in entries_listed(user, definition.key):
        found[entry.values.get("destination") or "", entry.start.year] += 1
    called = [(choice.key, in_words(choice.label)) for choice in definition.fields["destination"].choices]
    still = ("", in_words(definition.states["in_hospital"]))
    became = {key for key, _year in found}
    return _counted(years, [one for one in (*called, still) if one[0] in became], found)


def foster_carers(user: User, today: dt.date) -> Counted:
    """Foster carers whose attestation held on the last day of each year, or holds today; and who left in it, why."""
    definition = register_named("foster_attestation")
    years = list(range(today.year - _YEARS + 1, today.year + 1))
    entries = entries_listed(user, definition.key)
    found: Counter[tuple[str, int]] = Counter()
    for entry in entries:
        for year in years:
            day = min(dt.date(year, 12, 31), today)
            if entry.start <= day and (entry.end is None or day < entry.end):
                found["held", year] += 1
        if entry.state in ("left", "revoked") and entry.end:
            why = "revoked" if entry.state == "revoked" else entry.values.get("left_because")
            found[why or "", (entry.end - _A_DAY).year] += 1
    called = [(choice.key, in_words(choice.label)) for choice in definition.fields["left_because"].choices]
    return _counted(years, [("held", ""), *called], found)


def on_the_way(user: User) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Who is on the way to an attestation, by state; and why others stopped. Empty where there is nobody."""
    definition = register_named("foster_recruitment")
    entries = entries_listed(user, definition.key)
    states = Counter(entry.state for entry in entries)
    why = Counter(entry.values.get("dropped") for entry in entries if entry.values.get("dropped"))
    choices = {choice.key: in_words(choice.label) for choice in definition.fields["dropped"].choices}
    return (
        [(in_words(words), states[key]) for key, words in definition.states.items() if states[key]],
        [(choices.get(key, key), many) for key, many in why.most_common()],
    )


def measures_in_force(user: User) -> list[InForce]:
    """The measures that hold today, the one that was looked at longest ago first."""
    kind = register_named("protection_measure").fields["kind"]
    found = [
        InForce(
            entry,
            entry.person,
            in_words(kind.label_of(entry.values.get("kind", ""))),
            dt.date.fromisoformat(day) if (day := entry.values.get("reviewed_on")) else None,
        )
        for entry in _measures(user)
        if entry.person
    ]
    return sorted(found, key=lambda one: (one.reviewed_on or one.measure.start, str(one.child)))


def hearings_ahead(user: User, today: dt.date) -> list[Hearing]:
    """The hearings of children from today on, in the order of days and hours."""
    definition = register_named("child_hearing")
    booked = [
        (entry, said_in(definition, entry))
        for entry in entries_listed(user, definition.key)
        if entry.state == "booked" and entry.start >= today and entry.person
    ]
    many = Counter(_slot(entry, said) for entry, said in booked)
    found = [
        Hearing(entry, entry.person, said["hour"], said["room"], many[_slot(entry, said)] > 1)
        for entry, said in booked
        if entry.person
    ]
    return sorted(found, key=lambda one: (one.entry.start, one.hour.zfill(5), one.room))


def _slot(entry: Entry, said: Mapping[str, Any]) -> tuple[dt.date, str, str]:
    return entry.start, fold(said["room"]), said["hour"].strip().zfill(5)


def centres(user: User) -> list[tuple[Service, int]]:
    """The services in which children have a measure today, with how many; the fullest first."""
    many = Counter(key for entry in _measures(user) if (key := entry.values.get("place")))
    services = Service.objects.in_bulk([UUID(key) for key in many])
    found = [(services[UUID(key)], number) for key, number in many.most_common() if UUID(key) in services]
    return sorted(found, key=lambda pair: (-pair[1], str(pair[0])))


def closing_of(user: User, service: Service, today: dt.date) -> Closing:
    """The children of a centre as the account sees them, each with the plan to leave it."""
    plans: dict[Any, Entry] = {}
    definition = register_named("leaving_centre")
    for entry in entries_listed(user, definition.key):
        if entry.end is None and entry.state in definition.holds:
            plans.setdefault(entry.person_id, entry)
    closing = Closing(service)
    for measure in _measures(user):
        if measure.values.get("place") == str(service.pk) and measure.person:
            closing.children.append(_leaving(measure, plans.get(measure.person_id), definition, today))
    closing.children.sort(key=lambda one: (one.plan is not None, one.by_when or dt.date.max, str(one.child)))
    return closing


def life_books(user: User) -> list[tuple[Person, int]]:
    """Who has a life book, with how many pages they agreed to keep."""
    kept = [entry for entry in entries_listed(user, "life_page") if entry.state == "kept" and entry.person]
    people = {entry.person_id: entry.person for entry in kept}
    many = Counter(entry.person_id for entry in kept)
    found = [(person, many[key]) for key, person in people.items() if person]
    return sorted(found, key=lambda pair: str(pair[0]))


def _measures(user: User) -> Iterable[Entry]:
    today = timezone.localdate()
    return [
        entry
        for entry in entries_listed(user, "protection_measure")
        if entry.state == "in_force" and entry.start <= today and (entry.end is None or today < entry.end)
    ]


def _leaving(measure: Entry, plan: Entry | None, definition: Definition, today: dt.date) -> Leaving:
    assert measure.person is not None
    if plan is None:
        return Leaving(measure.person, measure)
    way = definition.fields["way"].label_of(plan.values.get("way", ""))
    late = plan.expires_on is not None and plan.expires_on < today
    state = in_words(definition.state_label(plan.state))
    return Leaving(measure.person, measure, plan, in_words(way), state, plan.expires_on, late)


def _counted(
    years: Sequence[int], called: Iterable[tuple[str, str]], found: Mapping[tuple[str, int], int]
) -> Counted:
    rows = [(words, [found.get((key, year), 0) for year in years]) for key, words in called]
    return Counted(years, rows)
