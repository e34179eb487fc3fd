"""A case as one account has it open, which several areas of screens show."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Self
from uuid import UUID

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.cases.case_facets import HeldFacet, facets_of
from punte.cases.models import Case, Responsibility
from punte.cases.permission import may_with
from punte.kernel.prepared import Prepared
from punte.kernel.today import today
from punte.people.asked import Asked
from punte.people.compartments import compartments_of
from punte.people.models import Person
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn, fetched
from punte.www.frame.addresses import reverse
from punte.www.frame.findings import Findings, Reader
from punte.www.frame.record_page import RecordPage

_CHILD_BELOW = 18


@dataclass
class CasePage(RecordPage):
    """One case, open before one account. A page of it that is `sensitive` shows a quick way out."""

    folder = "office_cases"

    case: Case

    @classmethod
    def open(cls, request: SignedIn, pk: UUID, *, to: Capability | None = None) -> Self:
        """The case that the address names, fetched as the account may see it.

        Args:
            to: what the page is for; who may not do it is refused before anything is shown or looked up.

        Raises:
            PermissionDenied: the account sees the case but may not do this.
        """
        known = partial(_known, request.user, pk=pk)
        return cls(request, fetched(_shown(request.user, pk=pk), known=known)).only(to=to)

    @property
    def about(self) -> dict[str, Any]:
        """The case as the trail names it."""
        return {
            "keeper": self.case.keeper_id,
            "household": self.case.household_id,
            "subject": self.case.pk,
            "case": self.case.pk,
            "sealed": self.case.sealed,
        }

    def allows(self, capability: Capability) -> bool:
        """Whether the account may do this with the case; the verbs ask the same."""
        return may_with(self.user, self.case, capability)

    @cached_property
    def may(self) -> dict[str, bool]:
        """All that the account may do with the case, by the name of the capability."""
        return {capability.value: self.allows(capability) for capability in Capability}

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
        return next(iter(_responsible(case=self.case.pk, today=today())), None)

    @cached_property
    def members(self) -> list[Person]:
        """Who lives in the household today, each with its `relation`."""
        people = []
        for row in _living(self.user, household=self.case.household_id):
            row.person.relation = row.get_relation_display()
            people.append(row.person)
        return people

    @property
    def children(self) -> int:
        """How many members are under 18."""
        ages = (person.age_on() for person in self.members)
        return sum(1 for age in ages if age is not None and age < _CHILD_BELOW)

    @cached_property
    def facets(self) -> list[HeldFacet]:
        """The facets that the case has today, as far as the account may know of them."""
        return facets_of(self.user, self.case)

    @property
    def is_of_sealed_facet(self) -> bool:
        """Whether one of them is about violence or abuse."""
        return any(one.facet.compartment in SEALED_COMPARTMENTS for one in self.facets)

    def findings(self) -> Findings | None:
        """What the newest assessment of the household found, as the account reads it; None before the first."""
        return Reader(self.user, self.case.household_id, self.compartments).newest()

    def readable(self, rows: Iterable[Any]) -> list[Any]:
        """Those of the rows whose compartment the account reads."""
        return [row for row in rows if row.compartment in self.compartments]

    def person(self, pk: UUID | None) -> Person | None:
        """The member of that identifier."""
        return next((person for person in self.members if person.pk == pk), None)

    def shared(self, what: str) -> dict[str, Any]:
        """What every page of the case shows."""
        return {
            "case": self.case,
            "household": self.case.household,
            "may": SimpleLazyObject(lambda: self.may),
            "tabs": self._tabs(what),
            "sensitive": False,
        }

    def _tabs(self, current: str) -> list[dict[str, Any]]:
        """The address and label of each page of the case, the one named `current` marked; last, who has seen it."""
        pages = (
            ("case", _("In brief")),
            ("case_assessments", _("Assessments")),
            ("case_plan", _("Plan")),
            ("case_interventions", _("Interventions")),
            ("case_referrals", _("Referrals")),
            ("case_regime", _("Regime")),
            ("case_meetings", _("Conferences")),
            ("case_institutions", pgettext("case", "Institutions")),
            ("case_team", _("Team")),
            ("case_documents", _("Documents")),
            ("case_entitlements", pgettext("case", "Entitlements")),
        )
        tabs = [
            {"url": reverse(name, args=[self.case.pk]), "label": label, "current": name == current}
            for name, label in pages
        ]
        registers = reverse("registers_of", args=["cazuri", self.case.pk])
        tabs.append({"url": registers, "label": _("Registers"), "current": False})
        timeline = reverse("timeline", args=["cazuri", self.case.pk])
        tabs.append({"url": timeline, "label": _("Line of time"), "current": False})
        trail = reverse("household_trail", args=[self.case.household_id])
        return [*tabs, {"url": trail, "label": _("Who has seen it"), "current": False}]


_shown = Asked(
    lambda user, pk: (
        Case.objects.visible_to(user)
        .filter(pk=pk)
        .select_related("household__community", "household__uat", "keeper", "team", "person", "responsible")
    )
)
_known = Asked(lambda user, pk: Case.objects.known_to(user).filter(pk=pk))
_living = Asked(
    lambda user, household: (
        hidden_from(user)
        .living()
        .filter(household=household)
        .select_related("person")
        .order_by("person__birth_date", "id")
    )
)
_responsible = Prepared(
    lambda case, today: Responsibility.objects.on(today).filter(case=case).select_related("user")[:1]
)


def sensitive(rows: Iterable[Any]) -> bool:
    """Whether any of the rows is about violence or abuse."""
    return any(row.compartment in SEALED_COMPARTMENTS for row in rows)
