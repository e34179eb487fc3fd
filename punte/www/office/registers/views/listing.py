"""The entries of one register of an institution, and the registers that there are."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, OrderBy, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.facets import facets
from punte.kernel.text import fold
from punte.people.models import Membership, PersonSeal
from punte.people.search import find_people
from punte.registers.actions.writing import in_words
from punte.registers.catalogue import definition_at, definitions
from punte.registers.definition import Definition
from punte.registers.lists import RegisterList, fields_listed, keepers_listed, seen_outside
from punte.registers.models import Entry
from punte.registers.naming import told_of
from punte.registers.narrowing import Narrowing, Sought, Span
from punte.registers.showing import in_words_of, named_in_words
from punte.registers.tables import (
    ENTRY,
    STATE,
    SUBJECTS,
    SubjectColumn,
    cell_of,
    numbers_of,
    reference_of,
    says_last,
    start_title,
    titles_of_fields,
)
from punte.registers.values import renamed, said_by
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.counting import count_of
from punte.www.frame.listing import Column, Deed, Listing, View
from punte.www.frame.listing_deeds import list_page, putting_on_a_list
from punte.www.office.registers.forms.listing import begun_asked, filter_of, values_asked
from punte.www.office.registers.templatetags.registers import cell

READERS = (Capability.SEE_PEOPLE, Capability.PLAN)
REVEALING = (Capability.EDIT_PEOPLE, Capability.INTERVENE)
_LONGEST_NAME = 40
_MOST_SHOWN = 4
_MOST_FOUND = 60
_A_DAY = dt.timedelta(days=1)
_SUBJECTS = {
    "person": ("person",),
    "household": ("household",),
    "case": ("case__household",),
    "dwelling": ("dwelling__uat",),
    "organization": ("organization",),
}
_HEAVY = {
    "person": ("person__cnp", "person__ethnicity"),
    "household": ("household__safe_contact",),
    "case": ("case__household__safe_contact",),
    "dwelling": ("dwelling__landlord",),
    "organization": (),
}


class EntryList(Listing):
    """The entries of one register that the account reads in its own institutions, the newest first."""

    template = "office_registers/register_list.html"
    row_template = "office_registers/entry_row.html"
    usual_sort = "-since"
    csv = True

    def __init__(self, request: SignedIn, definition: Definition, keepers: frozenset[UUID]) -> None:
        super().__init__(request)
        self.definition = definition
        self.name = f"register_{definition.key}"[:_LONGEST_NAME]  # type: ignore[misc]
        self.title = in_words(definition.title)  # type: ignore[misc]
        none_yet = in_words(definition.none_yet) if definition.none_yet else _("Nothing is recorded yet.")
        self.none_yet = none_yet  # type: ignore[misc]
        self.keepers = keepers
        self.readable = fields_listed(self.user.standing, definition, keepers)
        self.form_class = filter_of(definition, self.readable, keepers)  # type: ignore[misc]
        seen = seen_outside(self.user, keepers).get(definition.key, {})
        self.entries = RegisterList(self.user, definition, keepers, seen)

    @classmethod
    def open(cls, request: SignedIn, register: str) -> "EntryList":
        """The list that the address names, or 404 where the account reads none such."""
        definition = definitions().get(register)
        keepers = keepers_listed(request.user.standing, definition) if definition else frozenset()
        if definition is None or not keepers:
            raise Http404
        return cls(request, definition, keepers)

    def url(self) -> str:
        return reverse("register_list", args=[self.definition.key])

    @property
    def views(self) -> tuple[View, ...]:  # type: ignore[override]
        """All; what holds today and what ends soon."""
        everything = View(_("All entries"), {}, counted=False)
        if self.definition.period == "day":
            return (everything,)
        return (
            everything,
            View(_("Hold today"), {"holds": "today"}, counted=False),
            View(_("End within 60 days"), {"within": "60"}, counted=False),
        )

    @cached_property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        """Whom it is about, its fields, its days, its state."""
        about = [self._of_subject(one) for one in SUBJECTS[self.definition.about] if self._tells(one)]
        days = [
            Column("since", start_title(self.definition), lambda row: row.start, ("start",), style="when")
        ]
        if says_last(self.definition):
            days.append(Column("last", _("Last day"), lambda row: row.last, ("end",), style="when"))
        states = len(self.definition.states) > 1
        state = Column("state", STATE, lambda row: row.words.state, ("state",), shown=states)
        named = any(one.names for one in SUBJECTS[self.definition.about])
        entry = Column("entry", ENTRY, reference_of, names=named, shown=False)
        return (*about, *self._of_fields(), *days, state, entry)

    def _of_fields(self) -> list[Column]:
        titles = titles_of_fields(self.definition, self.readable)
        listed = [name for name in self.readable if self.definition.fields[name].listed]
        sorted_by = [name for name in listed if self.definition.fields[name].type != "organization"]
        ends = [name for name in self.readable if self.definition.fields[name].is_ == "end"]
        shown = [*listed[:_MOST_SHOWN], *ends]
        return [
            Column(
                f"f_{name}",
                title,
                _cell_of(name),
                ("end",) if name in ends else (name,) if name in sorted_by else (),
                names=self.definition.fields[name].secret,
                shown=name in shown,
                style="when" if name in ends else "",
            )
            for name, title in titles.items()
        ]

    def _of_subject(self, one: SubjectColumn) -> Column:
        def value(row: Any) -> object:
            return one.of(row.subject) if one.of else row.numbers.get(row.person_id, "")

        return Column(one.name, one.title, value, names=one.names, shown=one.name == "subject")

    def _tells(self, one: SubjectColumn) -> bool:
        """Whether the account reads it: the number of a person, who writes about people there."""
        standing = self.user.standing
        return one.of is not None or all(
            any(standing.may(can, keeper) for can in REVEALING) for keeper in self.keepers
        )

    @property
    def told(self) -> list[Column]:
        """The columns that a row shows beside whom it is about."""
        return [column for column in self.columns if column.shown and column.key != "subject"]

    @property
    def may_write(self) -> bool:
        """Whether the account writes in the register, be it only about some."""
        if self.definition.about == "organization":
            return True
        return any(self.user.standing.may(Capability.INTERVENE, keeper) for keeper in self.keepers)

    def alike(self) -> Hashable:
        """Where the list hides something of sealed people it is put together each time."""
        return None if self.entries.seen else (self.definition.key, self.definition.digest)

    def anew(self) -> Callable[[User], Listing]:
        definition = self.definition

        def before(user: User) -> Listing:
            one: Any = EntryList.__new__(EntryList)
            one.definition, one.user = definition, user
            one.keepers = keepers_listed(user.standing, definition)
            one.readable = fields_listed(user.standing, definition, one.keepers)
            one.entries = RegisterList(user, definition, one.keepers, {})
            return one

        return before

    def all(self) -> QuerySet[Entry]:
        return self._light(self.entries.rows())

    def _light(self, rows: QuerySet[Entry]) -> QuerySet[Entry]:
        about = self.definition.about
        found = rows.select_related("version", *_SUBJECTS[about])
        return found.defer("version__definition", *_HEAVY[about])

    def narrowed(self, rows: QuerySet[Entry], asked: Mapping[str, Any]) -> QuerySet[Entry]:
        """Asked of the register anew: of people behind a seal it is asked what the account sees of them."""
        return self._light(self.entries.rows(self._narrowing(asked)))

    def _narrowing(self, asked: Mapping[str, Any]) -> Narrowing:
        today = timezone.localdate()
        within = asked.get("within")
        return Narrowing(
            self.definition,
            state=asked.get("state") or "",
            holds_on=asked.get("on") or (today if asked.get("holds") else None),
            begun=begun_asked(asked),
            last=Span(today, today + dt.timedelta(days=int(within))) if within else None,
            values=values_asked(self.definition, asked),
            sought=self._sought((asked.get("text") or "").strip()),
        )

    def _sought(self, text: str) -> Sought | None:
        if not text:
            return None
        people: frozenset[UUID] = frozenset()
        if self.definition.about == "person":
            people = frozenset(one.person.pk for one in find_people(self.user, text, limit=_MOST_FOUND))
        exact = (name for name in self.readable if self.definition.fields[name].find)
        return Sought(text, people, tuple(exact))

    def ordering(self, rows: QuerySet[Entry]) -> list[OrderBy]:
        """By the day from which they hold the index has them, the newest first."""
        column = next(one for one in self.columns if one.key == self.sort.removeprefix("-"))
        turned = self.sort.startswith("-")
        found = [
            OrderBy(self.entries.order_of(name), descending=turned, nulls_last=name != "start" or None)
            for name in column.order
        ]
        return [*found, OrderBy(F("pk"))]

    def prepared(self, rows: list[Entry]) -> list[Entry]:
        """With what they say, as the account sees them."""
        seen = self.entries.as_seen(rows)
        written = [(definition_at(row.version), row) for row in seen]
        said = [told_of(self.user, row, definition, said_by(definition, row)) for definition, row in written]
        pairs = [(definition, values) for (definition, _row), values in zip(written, said, strict=True)]
        named = named_in_words(self.user, pairs)
        numbers = SimpleLazyObject(lambda: numbers_of(seen))
        cells = [_drawn(column) for column in self.told]
        for (definition, entry), values in zip(written, said, strict=True):
            row: Any = entry
            today = renamed(values, now=self.definition)
            row.words = in_words_of(entry, definition, values, named, self.readable)
            row.last = entry.end - _A_DAY if entry.end else None
            row.numbers = numbers
            row.cells = {
                name: cell_of(self.definition.fields[name], today.get(name), named) for name in self.readable
            }
            row.told = SafeString("".join(cell(row) for cell in cells))
        return seen

    def deeds(self) -> Sequence[Deed]:
        return (putting_on_a_list(self),)

    def read(self, rows: Sequence[Entry]) -> Iterable[Mapping[str, Any]]:
        """A line of a sealed person, or of who lives where all is sealed, is their team's alone."""
        people = {row.person_id for row in rows if row.person_id}
        seals = PersonSeal.objects.filter(person__in=people, end=None).order_by()
        lived = Membership.objects.current().filter(person__in=people, household__sealed=True).order_by()
        sealed = set(seals.values_list("person", flat=True)) | set(lived.values_list("person", flat=True))
        return [
            {
                "keeper": row.keeper_id,
                "person": row.person_id,
                "household": row.household_id or row.concerns_id,
                "subject": row.pk,
                "sealed": row.person_id in sealed or getattr(row.subject, "sealed", False),
            }
            for row in rows
        ]


def _drawn(column: Column) -> Callable[[Any], str]:
    """What draws the cell of a row: a page of a register has hundreds."""
    opened = format_html('<td role="cell" class="{}">', column.style)
    titled = opened + format_html('<span class="unit">{}:</span> ', column.title)

    def drawn(row: Any) -> str:
        value = column.value(row) if column.value else None
        return f"{opened}</td>" if value in (None, "") else f"{titled}{escape(cell(value))}</td>"

    return drawn


def _cell_of(name: str) -> Callable[[Any], object]:
    return lambda row: row.cells[name]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def register_list(request: SignedIn, register: str) -> HttpResponse:
    """A page of the entries of one register."""
    return list_page(EntryList.open(request, register))


@dataclass(frozen=True)
class _Offered:
    """A register that the account reads, and how many entries it sees of it."""

    definition: Definition
    count: str


def _by_field_of_work(offered: Sequence[_Offered]) -> list[tuple[str, list[_Offered]]]:
    """The registers under each field of work that names them, in its order; last those that none names."""
    by_key = {one.definition.key: one for one in offered}
    fields = sorted(facets().values(), key=lambda facet: fold(str(facet)))
    found = [(str(facet), [by_key[key] for key in facet.registers if key in by_key]) for facet in fields]
    named = {key for facet in fields for key in facet.registers}
    left = [one for key, one in by_key.items() if key not in named]
    return [(title, some) for title, some in (*found, (_("Other registers"), left)) if some]


@require_safe
@needs(*READERS)
def registers(request: SignedIn) -> HttpResponse:
    """The registers that the account reads."""
    standing = request.user.standing
    read = [(one, keepers) for one in definitions().values() if (keepers := keepers_listed(standing, one))]
    every = frozenset[UUID]().union(*(keepers for _one, keepers in read))
    seen = seen_outside(request.user, every)
    offered = [
        _Offered(one, count_of(RegisterList(request.user, one, keepers, seen.get(one.key, {})).rows()))
        for one, keepers in read
    ]
    reports = standing.may(Capability.SEE_TOTALS) or standing.may(Capability.MANAGE_CASE)
    return render(
        request, "office_registers/registers.html", {"groups": _by_field_of_work(offered), "reports": reports}
    )
