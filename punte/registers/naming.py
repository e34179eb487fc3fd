"""What an entry may name of the record: the household that it concerns, somebody who lives there, another entry."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from punte.accounts.models import User
from punte.cases.models import Case
from punte.directory.models import Service
from punte.organizations.models import Organization
from punte.people.models import Household, Person
from punte.people.sight import Shown, hidden_from
from punte.registers.definition import WITHDRAWN, Definition, Field
from punte.registers.models import About, Entry, EntryRevision
from punte.registers.sight import Sight, whole
from punte.registers.values import Values

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


def told_of(user: User, row: About, definition: Definition, said: Values) -> dict[str, Any]:
    """What an entry says without whom it names where the account may not know that they live there.

    Args:
        row: the entry, or a version of it.
        definition: by whose fields it says it.
    """
    hidden = hidden_from(user).people
    if not hidden:
        return dict(said)
    return {
        name: value
        for name, value in said.items()
        if definition.fields[name].type != "member"
        or value not in hidden
        or not _lodges(hidden[value], row.entry if isinstance(row, EntryRevision) else row)
    }


def _lodges(shown: Shown, entry: Any) -> bool:
    """Whether it may not be known of a sealed person that they live where an entry says it."""
    if entry.person_id:
        return bool(shown.lodgings)
    home = entry.household_id or (entry.case.household_id if entry.case else None)
    return home in shown.lodgings


def entries_named(sight: Sight, one: Field, among: Iterable[Entry]) -> list[Entry]:
    """The entries of the field's register about the same subject, of those that the account sees.

    What is about an institution may name what is about another: an application the call of the town hall.
    """
    of_any = isinstance(sight.subject, Organization)
    return [
        entry
        for entry in among
        if entry.register == one.of
        and entry.state != WITHDRAWN
        and entry.erased_on is None
        and (of_any or entry.subject_key == sight.subject.pk)
    ]


def may_name(by: User, sight: Sight, one: Field, value: Any) -> bool:
    """Whether the account may name a row of the record in a field of an entry about a subject."""
    match one.type:
        case "household":
            seen = Household.objects.visible_to(by)
            return seen.filter(pk=value.pk, keeper=getattr(sight.subject, "keeper_id", None)).exists()
        case "member":
            return members_around(by, sight.subject).filter(pk=value.pk).exists()
    return any(entry.pk == value.pk for entry in entries_named(sight, one, _around(sight, [one])))


def _around(sight: Sight, fields: Iterable[Field]) -> list[Entry]:
    """The entries that fields may name: about the subject, and of an institution those about all that it deals with."""
    if not isinstance(sight.subject, Organization):
        return sight.entries()
    named = {one.of for one in fields}
    rows = Entry.objects.filter(register__in=named, keeper__in=sight.keepers).exclude(organization=None)
    return list(whole(rows).order_by("-start", "pk"))


def services_of(subject: Any, codes: Iterable[str], chosen: Iterable[Any]) -> QuerySet[Service]:
    """The services that an entry may name: of an institution its own, else all; by how their codes begin.

    Args:
        chosen: the identifiers of what an entry names already, which stays to be chosen.
    """
    rows = Service.objects.active()
    if isinstance(subject, Organization):
        rows = rows.filter(provider=subject)
    begins = Q()
    for code in codes:
        begins |= Q(code__code__startswith=code)
    return (rows.filter(begins) | Service.objects.filter(pk__in=list(chosen))).order_by("folded_name", "pk")


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
        seen = _around(sight, named)
        offered |= {f"entry:{one.of}": entries_named(sight, one, seen) for one in named}
    return offered
