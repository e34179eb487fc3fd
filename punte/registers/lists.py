"""The entries of one register as a list: those that an account reads in the records of its own institutions.

What the database sorts and narrows is what an entry says today. Of the people behind a seal that would tell what is
hidden: their few entries are read as the account sees them, narrowed here, and sorted by what is seen.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Case as Whichever
from django.db.models import (
    DateField,
    DecimalField,
    Exists,
    Expression,
    F,
    Field,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.accounts.models import User
from punte.accounts.standing import Standing
from punte.cases.models import Case
from punte.kernel.among import among
from punte.people.asked import Asked
from punte.people.models import Dwelling
from punte.people.sight import hidden_from
from punte.registers.catalogue import definition_at
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.models import Entry, EntryRevision, EntryValue
from punte.registers.narrowing import Narrowing, word_of
from punte.registers.sight import KEEPS_ORGANIZATIONS, as_it_was, of_seen_households
from punte.registers.values import Values, renamed, said_by

_DAYS = ("start", "end", "expires_on")
Seen = Mapping[UUID, EntryRevision]
"""By the identifier of an entry about a sealed person what somebody outside the circle sees of it."""


def keepers_listed(standing: Standing, definition: Definition) -> frozenset[UUID]:
    """The institutions whose entries of a register an account reads as a list.

    Of violence and abuse there is no list, whoever reads them: it lies open on a screen.
    """
    needed = definition.compartment
    if needed in SEALED_COMPARTMENTS:
        return frozenset()
    if definition.about == "organization":
        keepers = standing.organizations(KEEPS_ORGANIZATIONS)
        return keepers if needed == Compartment.GENERAL else frozenset()
    keepers = standing.organizations(Capability.SEE_PEOPLE)
    return frozenset(keeper for keeper in keepers if needed in standing.compartments(keeper))


def fields_listed(standing: Standing, definition: Definition, keepers: Collection[UUID]) -> list[str]:
    """The fields of a register that an account reads in the list: with each of the keepers, nothing of violence."""
    if definition.about == "organization":
        read: frozenset[str] = frozenset({Compartment.GENERAL})
    else:
        own = [standing.compartments(keeper) for keeper in keepers]
        read = frozenset.intersection(*own) - SEALED_COMPARTMENTS if own else frozenset()
    return [name for name, one in definition.fields.items() if definition.compartments_of(one) <= read]


def seen_outside(user: User, keepers: Collection[UUID]) -> dict[str, dict[UUID, EntryRevision]]:
    """By register what an account outside the circle of sealed people sees of their entries; at most one query."""
    hidden = hidden_from(user)
    if not hidden.people:
        return {}
    seen: dict[str, dict[UUID, EntryRevision]] = {}
    for row in _of_hidden(user, keepers=keepers):
        seen.setdefault(row.entry.register, {})[row.entry_id] = row
    return seen


def _of_them(user: User, keepers: Collection[UUID]) -> QuerySet[EntryRevision]:
    hidden = hidden_from(user)
    before = Exists(hidden.seals("entry__person").filter(created_at__gt=OuterRef("at")))
    of_them = EntryRevision.objects.filter(entry__person__in=list(hidden.people), entry__keeper__in=keepers)
    rows = of_them.filter(Q(aside=True) | before).order_by("entry", "number")
    return rows.select_related("version", "entry").defer("version__definition")


_of_hidden = Asked(_of_them)


@dataclass(frozen=True)
class RegisterList:
    """The entries of one register before one account.

    Args:
        seen: those of `seen_outside` of the register.
    """

    user: User
    definition: Definition
    keepers: frozenset[UUID]
    seen: Seen

    def rows(self, narrowing: Narrowing | None = None) -> QuerySet[Entry]:
        """All of them, or those of which it is true."""
        asked = narrowing or Narrowing(self.definition)
        rows = Entry.objects.filter(register=self.definition.key, keeper__in=self.keepers)
        plain = self._of_the_seen & asked.condition
        fitting = [
            key
            for key, row in self.seen.items()
            if asked.fits(row, self._said[key], person=row.entry.person_id)
        ]
        return rows.filter(plain | Q(pk__in=fitting) if fitting else plain)

    @property
    def _of_the_seen(self) -> Q:
        """Entries about subjects of which nothing is hidden."""
        hidden = hidden_from(self.user)
        match self.definition.about:
            case "person":
                return ~Q(person__in=list(hidden.people)) if hidden.people else Q()
            case "household":
                return ~Q(household__in=list(hidden.households)) if hidden.households else Q()
            case "case":
                return Q(among(Case.objects.visible_to(self.user), "case"))
            case "dwelling" if hidden.households:
                seen = Dwelling.objects.visible_to(self.user)
                return Q(among(seen, "dwelling")) & of_seen_households(self.user)
        return Q()

    @cached_property
    def _said(self) -> dict[UUID, Values]:
        return {key: said_in(self.definition, row) for key, row in self.seen.items()}

    def as_seen(self, rows: list[Entry]) -> list[Entry]:
        """Rows as the account sees them; never to be saved."""
        for row in rows:
            if row.pk in self.seen:
                as_it_was(row, self.seen[row.pk])
        return rows

    def order_of(self, name: str) -> Expression | F:
        """What the rows are sorted by: a column of an entry, or a listed field."""
        if name in self.definition.fields:
            return self._order_of_field(name)
        if name == "state":
            places = {state: at for at, state in enumerate([*self.definition.states, WITHDRAWN])}
            seen = {key: places.get(row.state) for key, row in self.seen.items()}
            return self._with_seen(_placed("state", places), seen, IntegerField())
        if name in _DAYS and self.seen:
            seen = {key: getattr(row, name) for key, row in self.seen.items()}
            return self._with_seen(F(name), seen, DateField())
        return F(name)

    def _order_of_field(self, name: str) -> Expression:
        one = self.definition.fields[name]
        rows = EntryValue.objects.filter(entry=OuterRef("pk"), field=name)
        if one.type in ("choice", "yesno"):
            words = ["no", "yes"] if one.type == "yesno" else [choice.key for choice in one.choices]
            places = {word: at for at, word in enumerate(words)}
            seen = {key: places.get(word_of(said.get(name))) for key, said in self._said.items()}
            placed = rows.annotate(place=_placed("word", places)).values("place")[:1]
            return self._with_seen(Subquery(placed), seen, IntegerField())
        column, kind = ("day", DateField()) if one.type == "date" else ("number", DecimalField())
        found = Subquery(rows.values(column)[:1], output_field=kind)
        seen = {key: said.get(name) for key, said in self._said.items()}
        return self._with_seen(found, seen, kind)

    def _with_seen(self, plain: Any, seen: Mapping[UUID, Any], kind: "Field[Any, Any]") -> Expression:
        told = [When(pk=key, then=Value(value, output_field=kind)) for key, value in seen.items()]
        return Whichever(*told, default=plain, output_field=kind) if told else plain


def said_in(definition: Definition, row: Entry | EntryRevision) -> dict[str, Any]:
    """What an entry says, by the fields that its register has today."""
    return renamed(said_by(definition_at(row.version), row), now=definition)


def _placed(column: str, places: Mapping[str, int]) -> Expression:
    """The place of a word among others, so that they are sorted as their register has them."""
    told = (When(**{column: word}, then=Value(at)) for word, at in places.items())
    return Whichever(*told, output_field=IntegerField())
