"""What an entry may name of the record: the household that it concerns, somebody who lives there, another entry."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from punte.accounts.models import User
from punte.cases.models import Case
from punte.people.models import Household, Person
from punte.people.sight import hidden_from
from punte.registers.definition import WITHDRAWN, Definition, Field
from punte.registers.models import Entry
from punte.registers.sight import Sight

OF_RECORD = ("household", "member", "entry")
"""The types of the fields that name what not everybody sees."""


def members_around(user: User, subject: Any) -> QuerySet[Person]:
    """Who lives with the subject, as far as the account may know it: in the household, or with the person."""
    living = hidden_from(user).living()
    match subject:
        case Household():
            home = living.filter(household=subject)
        case Case():
            home = living.filter(household=subject.household_id)
        case Person():
            own = living.filter(person=subject).order_by().values("household")
            home = living.filter(household__in=own).exclude(person=subject)
        case _:
            return Person.objects.none()
    return Person.objects.visible_to(user).filter(pk__in=home.order_by().values("person"))


def entries_named(sight: Sight, one: Field, among: Iterable[Entry]) -> list[Entry]:
    """The entries of the field's register about the same subject, of those that the account sees."""
    return [
        entry
        for entry in among
        if entry.register == one.of
        and entry.state != WITHDRAWN
        and entry.erased_on is None
        and entry.subject_key == sight.subject.pk
    ]


def may_name(by: User, sight: Sight, one: Field, value: Any) -> bool:
    """Whether the account may name a row of the record in a field of an entry about a subject."""
    match one.type:
        case "household":
            seen = Household.objects.visible_to(by)
            return seen.filter(pk=value.pk, keeper=getattr(sight.subject, "keeper_id", None)).exists()
        case "member":
            return members_around(by, sight.subject).filter(pk=value.pk).exists()
    return any(entry.pk == value.pk for entry in entries_named(sight, one, sight.entries()))


def offered_in(user: User, sight: Sight, definition: Definition, chosen: Iterable[Any]) -> dict[str, Any]:
    """The members that a field of a register may name, and by `entry:` and their register the entries.

    Args:
        chosen: the identifiers of what an entry names already, which stays to be chosen.
    """
    offered: dict[str, Any] = {}
    kept = list(chosen)
    fields = definition.fields.values()
    if any(one.type == "member" for one in fields):
        around = members_around(user, sight.subject).values("pk")
        people = Person.objects.visible_to(user).filter(Q(pk__in=around) | Q(pk__in=kept))
        offered["member"] = people.order_by("birth_date", "pk")
    named = [one for one in fields if one.type == "entry"]
    if named:
        seen = sight.entries()
        offered |= {f"entry:{one.of}": entries_named(sight, one, seen) for one in named}
    return offered
