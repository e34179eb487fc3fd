"""Rows for the national record of violence: of victims, and apart from them of people who are violent; never both.

Each is one row of one person whose case the account works on, without a name, a number or an address, in an order that
says nothing: neither table leads to somebody, nor to the other.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.cases.case_facets import facets_of
from punte.cases.models import Case, CaseFacet
from punte.people.models import Person
from punte.people.sight import hidden_from
from punte.registers.actions.writing import in_words
from punte.registers.catalogue import definition_at, definitions
from punte.registers.models import Entry
from punte.registers.sight import entries_about, sights_of
from punte.registers.values import said_by

TABLES: dict[str, tuple[str, str]] = {
    "victime": ("violence", "violence_incident"),
    "agresori": ("aggressor", "aggressor_programme"),
}
"""By the name of a table the facet whose cases it is of, and the register whose choices are its columns."""
_AGES = (0, 14, 18, 25, 35, 45, 55, 65)
_ORDERS = ("provisional", "order", "outside_family")


def rows_for(user: User, table: str, today: dt.date) -> list[list[object]]:
    """The heading and the rows of a table, of the open and closed cases that the account reads.

    Args:
        table: one of `TABLES`.
    """
    facet, register = TABLES[table]
    definition = definitions()[register]
    told = [
        one for one in definition.fields.values() if one.type in ("choice", "choices", "yesno", "integer")
    ]
    heading = [_("Quarter"), _("Age"), _("Sex"), *(in_words(one.label) for one in told)]
    orders = definitions()["protection_order"].fields["kind"] if facet == "violence" else None
    heading += [in_words(orders.label_of(key)) for key in _ORDERS] if orders else []
    rows: list[list[object]] = []
    for person, entries in _of_people(user, facet):
        own = [one for one in entries if one.register == register]
        if not own:
            continue
        newest = max(own, key=lambda one: (one.start, one.created_at))
        said = said_by(definition_at(newest.version), newest)
        row: list[object] = [_quarter(newest.start), _age(person, today), person.get_sex_display()]
        row += [_worded(one, said.get(one.name)) for one in told]
        if orders:
            row += [_kinds(entries).count(key) for key in _ORDERS]
        rows.append(row)
    return [list[object](heading), *sorted(rows, key=lambda row: [str(cell) for cell in row])]


def _of_people(user: User, facet: str) -> Iterable[tuple[Person, list[Entry]]]:
    marked = CaseFacet.objects.filter(facet=facet).values("case")
    cases = Case.objects.visible_to(user).filter(pk__in=marked).select_related("household", "person")
    people: dict[Any, Person] = {}
    for case in cases:
        if not any(one.facet.key == facet for one in facets_of(user, case)):
            continue
        living = hidden_from(user).living().filter(household=case.household_id)
        found = Person.objects.visible_to(user).filter(pk__in=living.values("person"))
        people |= {one.pk: one for one in ([case.person] if case.person else found.select_related("keeper"))}
    sights = sights_of(user, list(people.values())) if people else []
    by_person: dict[Any, list[Entry]] = {}
    for entry in entries_about(user, sights) if sights else []:
        if entry.state in definition_at(entry.version).holds:
            by_person.setdefault(entry.person_id, []).append(entry)
    return [(people[key], entries) for key, entries in by_person.items()]


def _kinds(entries: Sequence[Entry]) -> list[Any]:
    return [one.values.get("kind") for one in entries if one.register == "protection_order"]


def _worded(one: Any, value: Any) -> object:
    if value is None:
        return ""
    match one.type:
        case "choice":
            return in_words(one.label_of(value))
        case "choices":
            return ", ".join(in_words(one.label_of(key)) for key in value)
        case "yesno":
            return _("yes") if value else _("no")
    return value


def _age(person: Person, today: dt.date) -> str:
    age = person.age_on(today)
    if age is None:
        return ""
    first = max(one for one in _AGES if one <= age)
    later = [one for one in _AGES if one > age]
    return f"{first}–{later[0] - 1}" if later else f"{first}+"


def _quarter(day: dt.date) -> str:
    return f"{day.year}-{(day.month + 2) // 3}"
