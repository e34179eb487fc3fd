"""Rows for the national record of violence: of victims, and apart from them of people who are violent; never both.

Of which cases and registers each table is, says `content/national_rows.yaml`.

Each is one row of one person whose case the account works on, without a name, a number or an address, in an order that
says nothing: neither table leads to somebody, nor to the other.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.cases.case_facets import facets_of
from punte.cases.facets import facets
from punte.cases.models import Case, CaseFacet
from punte.kernel.evidence import EVIDENCE
from punte.kernel.own_content import kept_file
from punte.methodology.definition_files import one_of, only, some_of
from punte.methodology.source_files import Section, read_yaml
from punte.people.models import Person
from punte.people.sight import hidden_from
from punte.registers.actions.writing import in_words
from punte.registers.catalogue import definition_at, definitions
from punte.registers.models import Entry
from punte.registers.sight import entries_about, sights_of
from punte.registers.values import said_by

_FILE = "national_rows.yaml"


@dataclass(frozen=True)
class NationalTable:
    """A table: the facet whose cases it is of, and the register whose choices are its columns.

    Attributes:
        counted, field, keys: of another register how many entries somebody has of each of these kinds; or nothing.
        ages: from which age on each group is.
    """

    facet: str
    register: str
    counted: str
    field: str
    keys: tuple[str, ...]
    ages: tuple[int, ...]


@kept_file(_FILE)
def national_tables(path: Path) -> Mapping[str, NationalTable]:
    """The tables by their names; read anew when the file changes.

    Raises:
        PackError: the file does not hold together.
    """
    top = read_yaml(path)
    only(top, {"tables", "ages", "source", "evidence"})
    top.text("source")
    one_of(top, "evidence", EVIDENCE)
    ages = tuple(sorted(map(int, some_of(top, "ages", [str(age) for age in range(100)]))))
    return {name: _table(one, ages) for name, one in top.section("tables").sections()}


def _table(section: Section, ages: tuple[int, ...]) -> NationalTable:
    only(section, {"facet", "register", "counts"})
    facet, known = one_of(section, "facet", tuple(facets())), definitions()
    register = one_of(section, "register", facets()[facet].registers)
    counts = section.section("counts")
    if not counts:
        return NationalTable(facet, register, "", "", (), ages)
    only(counts, {"register", "field", "keys"})
    counted = known[one_of(counts, "register", facets()[facet].registers)]
    field = counted.fields[one_of(counts, "field", tuple(counted.fields))]
    keys = some_of(counts, "keys", [choice.key for choice in field.choices])
    return NationalTable(facet, register, counted.key, field.name, keys, ages)


def rows_for(user: User, table: str, today: dt.date) -> list[list[object]]:
    """The heading and the rows of a table, of the open and closed cases that the account reads.

    Args:
        table: one of `national_tables`.
    """
    asked = national_tables()[table]
    definition = definitions()[asked.register]
    told = [
        one for one in definition.fields.values() if one.type in ("choice", "choices", "yesno", "integer")
    ]
    heading = [_("Quarter"), _("Age"), _("Sex"), *(in_words(one.label) for one in told)]
    if asked.keys:
        kinds = definitions()[asked.counted].fields[asked.field]
        heading += [in_words(kinds.label_of(key)) for key in asked.keys]
    rows: list[list[object]] = []
    for person, entries in _of_people(user, asked.facet):
        own = [one for one in entries if one.register == asked.register]
        if not own:
            continue
        newest = max(own, key=lambda one: (one.start, one.created_at))
        said = said_by(definition_at(newest.version), newest)
        row: list[object] = [
            _quarter(newest.start),
            _age(person, asked.ages, today),
            person.get_sex_display(),
        ]
        row += [_worded(one, said.get(one.name)) for one in told]
        held = [one.values.get(asked.field) for one in entries if one.register == asked.counted]
        row += [held.count(key) for key in asked.keys]
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


def _age(person: Person, ages: Sequence[int], today: dt.date) -> str:
    age = person.age_on(today)
    if age is None:
        return ""
    first = max((one for one in ages if one <= age), default=0)
    later = [one for one in ages if one > age]
    return f"{first}–{later[0] - 1}" if later else f"{first}+"


def _quarter(day: dt.date) -> str:
    return f"{day.year}-{(day.month + 2) // 3}"
