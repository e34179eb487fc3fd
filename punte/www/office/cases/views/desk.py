"""A case as one account has it open: what it may read of it, and what every page of the case shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.accounts.models import User
from punte.accounts.verbs import record_read
from punte.cases.models import Case, Responsibility
from punte.cases.permission import may_with
from punte.people.models import Membership, Person
from punte.people.sight import compartments_of
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.case_tabs import case_tabs

_CHILD_BELOW = 18


@dataclass
class Desk:
    """One case, open before one account."""

    request: SignedIn
    case: Case

    @property
    def user(self) -> User:
        """Who reads."""
        return self.request.user

    @cached_property
    def compartments(self) -> frozenset[Compartment]:
        """The compartments of the household's record that the account reads."""
        return compartments_of(self.user, self.case.household)

    @cached_property
    def writes_in(self) -> list[tuple[str, str]]:
        """The same as choices, in the order of the list of compartments."""
        return [(part.value, str(part.label)) for part in Compartment if part in self.compartments]

    @cached_property
    def responsible(self) -> Responsibility | None:
        """Who answers for the case today."""
        return Responsibility.objects.current().filter(case=self.case).select_related("user").first()

    @cached_property
    def members(self) -> list[Person]:
        """Who lives in the household today, each with its `relation`."""
        rows: Any = (
            Membership.objects.current()
            .filter(household=self.case.household_id)
            .select_related("person")
            .order_by("person__birth_date", "id")
        )
        people = []
        for row in rows:
            row.person.relation = row.get_relation_display()
            people.append(row.person)
        return people

    @property
    def children(self) -> int:
        """How many members are under 18."""
        ages = (person.age_on() for person in self.members)
        return sum(1 for age in ages if age is not None and age < _CHILD_BELOW)

    @cached_property
    def may(self) -> dict[str, bool]:
        """What the account may do with the case, by the name of the capability; the verbs ask the same."""
        return {capability.value: may_with(self.user, self.case, capability) for capability in Capability}

    @property
    def note_key(self) -> str:
        """The name under which a note being typed is kept."""
        return f"intervention-{self.case.pk}"

    def readable(self, rows: Iterable[Any]) -> list[Any]:
        """Those of the rows whose compartment the account reads."""
        return [row for row in rows if row.compartment in self.compartments]

    def person(self, pk: UUID | None) -> Person | None:
        """The member of that identifier."""
        return next((person for person in self.members if person.pk == pk), None)

    def show(
        self, template: str, tab: str, *, status: int = 200, sensitive: bool = False, **context: Any
    ) -> HttpResponse:
        """Render a page of the case and write in the trail that it was opened.

        Args:
            sensitive: whether the page shows violence or abuse, and so needs a quick way out.
        """
        record_read(
            by=self.user,
            what=tab,
            keeper=self.case.keeper_id,
            household=self.case.household_id,
            subject=self.case.pk,
            sealed=self.case.sealed,
        )
        shared = {
            "desk": self,
            "case": self.case,
            "household": self.case.household,
            "may": self.may,
            "tabs": case_tabs(self.case, tab),
            "leave": sensitive or self.case.sealed,
        }
        return render(self.request, f"office_cases/{template}.html", {**shared, **context}, status=status)


def open_desk(request: SignedIn, pk: UUID, *, to: Capability | None = None) -> Desk:
    """The case that the address names, fetched as the account may see it.

    Args:
        to: what the page is for; who may not do it is refused before anything is shown or looked up.

    Raises:
        PermissionDenied: the account sees the case but may not do this.
    """
    shown = Case.objects.visible_to(request.user).select_related(
        "household__community", "household__uat", "keeper", "team", "person", "responsible"
    )
    case = fetch(shown, known=Case.objects.known_to(request.user), pk=pk)
    if to is not None and not may_with(request.user, case, to):
        raise PermissionDenied
    return Desk(request, case)


def sensitive(rows: Iterable[Any]) -> bool:
    """Whether any of the rows is about violence or abuse."""
    return any(row.compartment in SEALED_COMPARTMENTS for row in rows)
