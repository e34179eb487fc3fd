"""Whom or what entries are about, as one account has it open, and all its entries on one page."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.cases.case_facets import facets_of
from punte.cases.facets import facets
from punte.cases.models import Case
from punte.directory.queries import services_with_places
from punte.gatherings.roll import months_beside
from punte.organizations.models import Organization
from punte.people.models import Dwelling, Household, Person, Residence
from punte.people.sight import hidden_from
from punte.registers.catalogue import definitions
from punte.registers.definition import Definition
from punte.registers.models import Entry
from punte.registers.naming import offered_in, services_of
from punte.registers.showing import ShownEntry, shown
from punte.registers.sight import Sight, column_of, entries_about, sights_of, visible_subjects
from punte.registers.totals.showing import ShownTotal, totals_of
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.record_page import RecordPage
from punte.www.office.registers.views.totals import TotalRow, total_rows

KINDS = {
    "persoane": "person",
    "gospodarii": "household",
    "cazuri": "case",
    "locuinte": "dwelling",
    "institutii": "organization",
}
"""The word of an address for each kind of subject."""
_WORDS = {column: word for word, column in KINDS.items()}
_MANY = 6
"""More buttons than these are put together by what they are for."""
_AT_ONCE = 15
_PAGES = {
    "person": "person",
    "household": "household",
    "case": "case",
    "dwelling": "dwelling",
    "organization": "institution",
}


@dataclass(frozen=True)
class Part:
    """One subject on the page: what is written about it, and what may be written; `first`, what its case is about."""

    name: str
    kind: str
    sight: Sight
    entries: list[ShownEntry]
    registers: list[Definition]
    first: list[Definition] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)

    @property
    def written(self) -> set[str]:
        """The keys of the registers in which the account writes about the subject."""
        return {one.key for one in self.registers}

    @property
    def newest(self) -> list[ShownEntry]:
        """Those that the page shows at once: what holds today, and some of the rest."""
        return self.entries[:_AT_ONCE]

    @property
    def older(self) -> list[ShownEntry]:
        """The others."""
        return self.entries[_AT_ONCE:]

    @property
    def rest(self) -> list[Definition]:
        """What else may be written about it."""
        return [one for one in self.registers if one not in self.first]

    @property
    def groups(self) -> list[tuple[str, list[Definition]]]:
        """The rest by the fields of work whose facets name them, where they are many; else all of it together."""
        left, found = self.rest, []
        for facet in facets().values() if len(left) > _MANY else ():
            if own := [one for one in left if one.key in facet.registers]:
                found.append((str(facet), own))
                left = [one for one in left if one not in own]
        return [*found, (_("Other registers") if found or self.first else "", left)] if left else found

    @property
    def key(self) -> UUID:
        """Of the subject."""
        key: UUID = self.sight.subject.pk
        return key


@dataclass
class SubjectPage(RecordPage):
    """One subject of entries, open before one account."""

    folder = "office_registers"

    subject: Any

    @classmethod
    def open(cls, request: SignedIn, kind: str, pk: UUID) -> Self:
        """The subject that the address names, as the account may see it, or 404."""
        if kind not in KINDS:
            raise Http404
        known = Case.objects.known_to(request.user) if kind == "cazuri" else None
        found = fetch(visible_subjects(request.user, KINDS[kind]), known=known, pk=pk)
        if isinstance(found, Person):
            found = hidden_from(request.user).person(found)
        return cls(request, found)

    @property
    def about(self) -> dict[str, Any]:
        """The subject as the trail names it."""
        match self.subject:
            case Person():
                return {"keeper": self.subject.keeper_id, "person": self.subject.pk}
            case Household():
                return {"keeper": self.subject.keeper_id, "household": self.subject.pk}
            case Case():
                case = self.subject
                known = {"keeper": case.keeper_id, "household": case.household_id}
                return {**known, "subject": case.pk, "case": case.pk, "sealed": case.sealed}
            case Dwelling():
                return {"keeper": self.subject.keeper_id, "subject": self.subject.pk}
        return {"keeper": None, "subject": self.subject.pk}

    @property
    def kind(self) -> str:
        """The word of an address for what it is."""
        return _WORDS[column_of(self.subject)]

    @cached_property
    def name(self) -> str:
        """What the record is called."""
        if isinstance(self.subject, Case):
            return _("Case %(number)s") % {"number": self.subject}
        return str(self.subject)

    @property
    def url(self) -> str:
        """Where the record itself is; institutions have no page but this."""
        column = column_of(self.subject)
        if column not in _PAGES:
            return self.here
        return reverse(_PAGES[column], args=[self.subject.pk])

    @property
    def here(self) -> str:
        """This page."""
        return reverse("registers_of", args=[self.kind, self.subject.pk])

    @cached_property
    def sight(self) -> Sight:
        """What the account reads and writes about the subject."""
        return Sight(self.user, self.subject)

    def offered(self, definition: Definition, said: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What may be chosen in the fields of a register that name rows of other rooms, by the type of the field.

        Args:
            said: what an entry says, which stays to be chosen.
        """
        chosen = {one.pk for one in (said or {}).values() if isinstance(one, Model)}
        offered: dict[str, Any] = {"organization": Organization.objects.order_by("name")}
        for type_, rows in offered_in(self.user, self.sight, definition, chosen).items():
            offered[type_] = self._with_lines(rows) if type_.startswith("entry:") else rows
        if definition.household:
            lived = Residence.objects.visible_to(self.user).filter(dwelling=self.subject)
            homes = Household.objects.filter(Q(pk__in=lived.values("household")) | Q(pk__in=chosen))
            offered["household"] = homes.defer("safe_contact").order_by("folded_name", "pk")
        if definition.place:
            codes = definition.fields[definition.place].codes
            offered["place"] = services_with_places(codes, chosen).order_by("folded_name", "pk")
        if definition.service:
            codes = definition.fields[definition.service].codes
            offered["service"] = services_of(self.subject, codes, chosen)
        return offered

    def _with_lines(self, entries: list[Entry]) -> list[tuple[Any, str]]:
        readable = _Forgiving({})
        return [(one.entry, f"{one.line} · {one.days}") for one in shown(self.user, entries, readable)]

    def register(self, key: str) -> Definition:
        """A register in which the account writes about the subject.

        Raises:
            Http404: there is none such, or the account does not read it.
            PermissionDenied: it reads it, but does not write here.
        """
        definition = definitions().get(key)
        if definition is None or definition.about != column_of(self.subject):
            raise Http404
        # Asked first, so that the database is asked the same whatever is read.
        writes = self.sight.writes(definition)
        if not self.sight.reads(definition):
            raise Http404
        if not writes:
            # Of violence a refusal would be another where a seal was put: there is nothing, for whoever is outside.
            if definition.compartment in SEALED_COMPARTMENTS:
                raise Http404
            raise PermissionDenied
        return definition

    @cached_property
    def sights(self) -> list[Sight]:
        """The subject, and of a case or household also the household and those who live there."""
        if isinstance(self.subject, (Person, Dwelling, Organization)):
            return [self.sight]
        case = isinstance(self.subject, Case)
        home = self.subject.household if case else self.subject
        living = hidden_from(self.user).living().filter(household=home)
        people = Person.objects.visible_to(self.user).filter(pk__in=living.values("person"))
        members = list(people.select_related("keeper").order_by("birth_date", "pk"))
        of_home = [Sight(self.user, home)] if case else []
        return [self.sight, *of_home, *sights_of(self.user, members)]

    @cached_property
    def parts(self) -> list[Part]:
        """All that is written, by whom it is about; what nobody writes of and nothing is written of is left out."""
        readable = self._readable()
        found: dict[Any, list[Any]] = {}
        for entry in entries_about(self.user, self.sights):
            key = entry.subject_key if entry.subject_key in readable else entry.concerns_id
            found.setdefault(key, []).append(entry)
        totals = totals_of(found)
        came = self._came(totals)
        parts = [
            self._part(
                sight, found.get(sight.subject.pk, []), readable, totals.get(sight.subject.pk, []), came
            )
            for sight in self.sights
        ]
        return [part for part in parts if part.entries or part.registers]

    def _came(self, totals: Mapping[UUID, list[ShownTotal]]) -> dict[tuple[UUID, str], dict[dt.date, int]]:
        """By person and register, how often they came to the groups that are told beside it."""
        told: dict[str, list[UUID]] = {}
        for key, of_subject in totals.items():
            for one in of_subject:
                if one.months:
                    told.setdefault(one.reckoned.definition.key, []).append(key)
        return {
            (person, register): months
            for register, people in told.items()
            for person, months in months_beside(self.user, people, register).items()
        }

    @cached_property
    def first(self) -> list[str]:
        """The registers of the facets of the case, in their order; none of what is no case."""
        if not isinstance(self.subject, Case):
            return []
        held = facets_of(self.user, self.subject)
        return list(dict.fromkeys(key for one in held for key in one.facet.registers))

    def _readable(self) -> dict[UUID, dict[str, list[str]]]:
        return {
            sight.subject.pk: {key: sight.fields(one) for key, one in definitions().items()}
            for sight in self.sights
        }

    def _part(
        self,
        sight: Sight,
        entries: list[Any],
        readable: dict[UUID, dict[str, list[str]]],
        totals: list[ShownTotal],
        came: Mapping[tuple[UUID, str], Mapping[dt.date, int]],
    ) -> Part:
        column = column_of(sight.subject)
        offered = [one for one in definitions().values() if one.about == column and sight.writes(one)]
        first = [one for key in self.first for one in offered if one.key == key]
        fields = _Forgiving(readable[sight.subject.pk])
        rows = shown(self.user, entries, fields)
        own = {register: months for (key, register), months in came.items() if key == sight.subject.pk}
        told = total_rows(totals, rows, own)
        return Part(_named(sight.subject), _WORDS[column], sight, rows, offered, first, told)

    @property
    def sensitive(self) -> bool:
        """Whether anything on the page is about violence or abuse."""
        return any(
            one.definition.compartment in SEALED_COMPARTMENTS for part in self.parts for one in part.entries
        )

    def shared(self, what: str) -> dict[str, Any]:
        """What every page of the subject shows."""
        return {"sensitive": False}


class _Forgiving(dict[str, list[str]]):
    """Of a register that is there no more nothing but its line is read."""

    def __missing__(self, _key: str) -> list[str]:
        return []


def _named(subject: Any) -> str:
    names: dict[type, Callable[[], str]] = {
        Case: lambda: _("Case %(number)s") % {"number": subject},
        Household: lambda: _("The household"),
    }
    return names.get(type(subject), lambda: str(subject))()


@require_safe
def registers_of(request: SignedIn, kind: str, pk: UUID) -> HttpResponse:
    """All entries about a person, a household, a case or an institution."""
    page = SubjectPage.open(request, kind, pk)
    return page.show("registers_of", "registers_of", parts=page.parts, sensitive=page.sensitive)
