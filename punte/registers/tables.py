"""Entries of a register as a table: the columns that a file of them has, whether it is taken along or sent."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from punte.kernel.text import fold
from punte.people.models import Person
from punte.registers.actions.writing import in_words
from punte.registers.definition import Definition, Field
from punte.registers.models import Entry

_OF_THE_RECORD = ("entry", "member")
BETWEEN = "; "
"""Between several answers in one cell."""


@dataclass(frozen=True)
class SubjectColumn:
    """What a table says of whom an entry is about.

    Attributes:
        of: what it says of one; of a number that is looked up with the others of the table, nothing.
        names: whether it tells who somebody is.
    """

    name: str
    title: Any
    of: Callable[[Any], object] | None
    names: bool = True


_PERSON = (
    SubjectColumn("subject", pgettext_lazy("table of entries", "Person"), str),
    SubjectColumn(
        "birth_date", pgettext_lazy("table of entries", "Birth date"), lambda person: person.birth_date
    ),
    SubjectColumn("cnp", pgettext_lazy("table of entries", "CNP"), None),
)
SUBJECTS: Mapping[str, tuple[SubjectColumn, ...]] = {
    "person": _PERSON,
    "household": (
        SubjectColumn("subject", pgettext_lazy("table of entries", "Household"), str),
        SubjectColumn("address", pgettext_lazy("table of entries", "Address"), lambda home: home.address),
    ),
    "case": (SubjectColumn("subject", pgettext_lazy("table of entries", "Case"), str, names=False),),
    "dwelling": (
        SubjectColumn("subject", pgettext_lazy("table of entries", "Dwelling"), str),
        SubjectColumn(
            "locality",
            pgettext_lazy("table of entries", "Locality"),
            lambda one: one.locality or one.uat.name,
        ),
    ),
    "organization": (
        SubjectColumn("subject", pgettext_lazy("table of entries", "Institution"), str, names=False),
    ),
}
STATE = pgettext_lazy("of an entry", "State")
ENTRY = pgettext_lazy("table of entries", "Entry (leave as it is)")


def reference_of(entry: Entry) -> str:
    """By what a line of a table names an entry as it is now, so that one that was changed since is known."""
    return f"{entry.pk}/{entry.revision}"


def start_title(definition: Definition) -> str:
    """What the day is called on which an entry begins."""
    return _("Day") if definition.period == "day" else _("Since")


def says_last(definition: Definition) -> bool:
    """Whether the last day is asked for by itself: no field says it."""
    return definition.period != "day" and not any(one.is_ == "end" for one in definition.fields.values())


def titles_of_fields(definition: Definition, readable: Iterable[str]) -> dict[str, str]:
    """The title of the column of each field: its label, with its name where another column is called so.

    What names another entry or a member has none: a table could not say which.
    """
    others = [str(one.title) for one in SUBJECTS[definition.about]]
    last = [_("Last day")] if says_last(definition) else []
    others += [start_title(definition), *last, str(STATE), str(ENTRY)]
    taken = {fold(title) for title in others}
    found = {}
    for name in readable:
        if definition.fields[name].type in _OF_THE_RECORD:
            continue
        label = in_words(definition.fields[name].label)
        found[name] = f"{label} ({name})" if fold(label) in taken else label
        taken.add(fold(label))
    return found


def cell_of(one: Field, value: Any, named: Mapping[UUID, Any]) -> object:
    """What the cell of a field says; a number, a day and an amount stay what they are."""
    match one.type:
        case "choice":
            return in_words(one.label_of(value)) if value else ""
        case "choices":
            return BETWEEN.join(in_words(one.label_of(key)) for key in value or ())
        case "yesno":
            return {True: _("yes"), False: _("no")}.get(value, "")
        case "organization" | "household" | "place" | "service" | "entry" | "member":
            return str(named[value]) if value in named else ""
    return value


def numbers_of(rows: Sequence[Entry]) -> dict[UUID, str]:
    """The CNP of each person that some entries are about; one query."""
    people = {row.person_id for row in rows if row.person_id}
    return dict(Person.objects.filter(pk__in=people).order_by().values_list("pk", "cnp"))
