"""A centre that is to be closed, child by child: whose measure takes a place there, and the plan to leave it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from punte.accounts.models import User
from punte.directory.models import Service
from punte.people.models import Person
from punte.protection.criteria import criteria, in_words
from punte.registers.catalogue import register_named
from punte.registers.definition import Definition
from punte.registers.figures import entries_listed, holds_on
from punte.registers.models import Entry


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


def closing_of(user: User, service: Service, today: dt.date) -> Closing:
    """The children of a centre as the account sees them, each with the plan to leave it."""
    plans: dict[Any, Entry] = {}
    named = criteria().registers
    definition, place = register_named(named.leaving), register_named(named.measure).place
    for entry in entries_listed(user, definition.key):
        if entry.end is None and entry.state in definition.holds:
            plans.setdefault(entry.person_id, entry)
    closing = Closing(service)
    for measure in entries_listed(user, named.measure):
        there = measure.state == named.in_force and measure.values.get(place) == str(service.pk)
        if there and holds_on(measure, today) and measure.person:
            closing.children.append(_leaving(measure, plans.get(measure.person_id), definition, today))
    closing.children.sort(key=lambda one: (one.plan is not None, one.by_when or dt.date.max, str(one.child)))
    return closing


def _leaving(measure: Entry, plan: Entry | None, definition: Definition, today: dt.date) -> Leaving:
    assert measure.person is not None
    if plan is None:
        return Leaving(measure.person, measure)
    field = criteria().registers.way
    way = definition.fields[field].label_of(plan.values.get(field, ""))
    late = plan.expires_on is not None and plan.expires_on < today
    state = in_words(definition.state_label(plan.state))
    return Leaving(measure.person, measure, plan, in_words(way), state, plan.expires_on, late)
