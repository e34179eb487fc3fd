"""Cases: mine, my team's, all that I may see."""

import datetime as dt
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.cases.actions import assign_case
from punte.cases.case_facets import has_facet, listed_facets
from punte.cases.caseload import Loads, warning_of_load
from punte.cases.content import deed
from punte.cases.facets import Facet
from punte.cases.models import Case, CaseDeadline, Intervention
from punte.kernel.prepared import Prepared
from punte.people.search import find_people
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.form_page import FormPage
from punte.www.frame.listed_facts import FactsListing
from punte.www.frame.listing import Column, Deed, View
from punte.www.frame.listing_deeds import list_page, of_each, putting_on_a_list
from punte.www.frame.ordering import heading_of_term
from punte.www.office.cases.forms.choices import staff_of_any
from punte.www.office.cases.forms.inputs import as_id
from punte.www.office.cases.forms.listing import CaseFilter, ReassignForm

_NUMBER = re.compile(r"^(?:(\d{4})\s*/\s*)?0*(\d{1,9})$")


def _called(case: Case) -> str:
    return str(case.person) if case.person else case.household.name


class CaseList(FactsListing):
    """The cases that an account sees; the latest terms first."""

    name = "cases"
    title = gettext_lazy("Cases")
    template = "office_cases/cases.html"
    row_template = "office_cases/case_row.html"
    form_class = CaseFilter
    usual_sort = "due"
    none_yet = gettext_lazy("There is no such case.")
    columns = (
        Column("number", gettext_lazy("Number"), str, shown=False),
        Column("household", gettext_lazy("Household"), _called, ("household__folded_name",), names=True),
        Column("next", gettext_lazy("What comes next"), lambda case: case.next_text, style="next"),
        Column("due", gettext_lazy("Term"), lambda case: case.due_on, ("due_on",), style="when"),
        Column(
            "severity",
            gettext_lazy("Severity"),
            lambda case: case.severity,
            ("-severe_child", "-severity"),
            style="mark",
        ),
        Column("regime", gettext_lazy("Regime"), lambda case: case.get_regime_display(), ("regime",)),
        Column(
            "responsible",
            gettext_lazy("Responsible worker"),
            lambda case: str(case.responsible or ""),
            ("responsible__name",),
        ),
        Column("seen", gettext_lazy("Last contact"), lambda case: case.seen_on, style="last"),
    )

    @property
    def views(self) -> tuple[View, ...]:  # type: ignore[override]
        """Ways of looking that everybody needs; those who assign also see what nobody answers for."""
        all_of_them = {"whose": "all"}
        shown = [
            View(_("Open"), {}, counted=False),
            View(_("Late"), {"state": "overdue"}),
            View(_("Children at severe risk"), {"severity": "child"}),
        ]
        if self._leads:
            shown.append(View(_("Nobody responsible"), {"whose": "nobody"}))
        elif self.user.standing.may(Capability.MANAGE_CASE):
            shown.append(View(_("All I may see"), all_of_them, counted=False))
        return tuple(shown)

    @cached_property
    def _leads(self) -> bool:
        return self.user.standing.may(Capability.SEE_ALL_CASES)

    def usual(self) -> Mapping[str, str]:
        """One's own cases; who leads, or answers for none, sees all; a search looks everywhere that one may see."""
        answers = self.user.standing.may(Capability.MANAGE_CASE)
        whose = "all" if self._leads or not answers or self.request.GET.get("text") else "mine"
        return {"whose": whose, "state": "open"}

    def form_options(self) -> Mapping[str, Any]:
        return {
            **super().form_options(),
            "colleagues": lambda: [(str(user.pk), user.name) for user in self._colleagues],
            "leads": self._leads,
            "facets": list(self._facets.values()),
        }

    @cached_property
    def _colleagues(self) -> list[User]:
        """Those who may answer for cases where the account sees all of them."""
        keepers = self.user.standing.organizations(Capability.SEE_ALL_CASES)
        return staff_of_any(keepers, Capability.MANAGE_CASE)

    @cached_property
    def _facets(self) -> dict[str, Facet]:
        return {one.key: one for one in listed_facets(self.user)}

    def alike(self) -> Hashable:
        return ()

    def all(self) -> QuerySet[Case]:
        rows = Case.objects.visible_to(self.user)
        return rows.select_related("household__uat", "household__community", "person", "responsible")

    def narrowed(self, rows: QuerySet[Case], asked: Mapping[str, Any]) -> QuerySet[Case]:
        rows = _of_whom(rows, self.user, asked.get("whose") or "")
        if asked.get("regime"):
            rows = rows.filter(regime=asked["regime"])
        if asked.get("facet") in self._facets:
            rows = rows.filter(has_facet(self.user, self._facets[asked["facet"]]))
        if asked.get("severity") == "child":
            rows = rows.filter(severe_child=True)
        elif asked.get("severity"):
            rows = rows.filter(severity=int(asked["severity"]))
        rows = rows.filter(open=asked.get("state") != "closed")
        if asked.get("state") == "overdue":
            rows = rows.filter(due_on__lt=timezone.localdate())
        if asked.get("text"):
            rows = rows.filter(_named(self.user, asked["text"].strip()))
        return self.of_programme(self.narrowing(asked).of_cases(rows), asked, home="household")

    def prepared(self, rows: list[Case]) -> list[Case]:
        """With the term that comes next, and the day on which somebody last met the family."""
        terms: dict[UUID, str] = {}
        for key, rule, since in _standing(cases=[row.pk for row in rows]):
            if key not in terms:
                terms[key] = deed(rule, since)
        seen = _last_contacts(rows)
        for row in rows:
            case: Any = row
            case.next_text = terms.get(case.pk, "")
            case.seen_on = seen.get(case.pk)
            case.called = _called(case)
            case.beside = f"{case} · {case.household.community or case.household.uat}"
        return rows

    def part(self, row: Case) -> str:
        return heading_of_term(row.due_on if row.open else None)

    def deeds(self) -> Sequence[Deed]:
        if not self.user.standing.may(Capability.ASSIGN):
            return (putting_on_a_list(self),)
        form = partial(FormPage, self.request, ReassignForm, staff=self._staff_with_load)
        return (
            Deed("assign", gettext_lazy("Give to another worker"), form, self._assign),
            putting_on_a_list(self),
        )

    def read(self, rows: Sequence[Case]) -> Iterable[Mapping[str, Any]]:
        return [
            {
                "household": case.household_id,
                "keeper": case.keeper_id,
                "case": case.pk,
                "sealed": case.sealed,
            }
            for case in rows
        ]

    def _assign(self, rows: list[Case], given: dict[str, Any]) -> str:
        worker = get_object_or_404(User, pk=as_id(given["responsible"]))

        def assign(case: Case) -> object:
            return assign_case(
                by=self.user, case=case, responsible=worker, start=given["start"], until=given["until"]
            )

        def said(count: int) -> str:
            words = ngettext("%(n)s case given to %(name)s.", "%(n)s cases given to %(name)s.", count)
            return words % {"n": count, "name": worker}

        done = of_each(rows, assign, said)
        return f"{done} {warning_of_load(worker, rows, start=given['start'])}".strip()

    def _staff_with_load(self) -> list[tuple[str, str]]:
        keepers = self.user.standing.organizations(Capability.ASSIGN)
        loads = Loads.read(keepers)
        seen = keepers == self.user.standing.organizations(Capability.SEE_ALL_CASES)
        found = self._colleagues if seen else staff_of_any(keepers, Capability.MANAGE_CASE)
        staff = sorted(found, key=lambda user: (loads.of_worker(user.pk).weight, user.name))
        return [loads.choice(user) for user in staff]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.SEE_TEAM_CASES, Capability.SEE_ALL_CASES)
def cases(request: SignedIn) -> HttpResponse:
    """A page of cases, the latest terms first."""
    return list_page(CaseList(request))


def _of_whom(rows: QuerySet[Case], user: User, whose: str) -> QuerySet[Case]:
    if whose == "mine":
        return rows.filter(responsible=user)
    if whose == "team":
        return rows.filter(team__in=user.standing.teams(Capability.SEE_TEAM_CASES))
    if whose == "nobody":
        return rows.filter(Q(responsible=None) | Q(responsible__in=User.objects.filter(is_active=False)))
    worker = as_id(whose) if whose not in ("", "all") else None
    return rows.filter(responsible=worker) if worker else rows


_standing = Prepared(
    lambda cases: (
        CaseDeadline.objects.filter(met_on=None, case__in=cases)
        .order_by("due_on")
        .values_list("case", "rule", "since")
    )
)
_met = Prepared(
    lambda cases: (
        Intervention.objects.filter(case__in=cases, met_family=True)
        .order_by()
        .values_list("case")
        .annotate(last=Max("at"))
    )
)
_visited = Prepared(
    lambda homes: (
        Assessment.objects.filter(household__in=homes)
        .order_by()
        .values_list("household")
        .annotate(last=Max("visited_on"))
    )
)


def _last_contacts(rows: Sequence[Case]) -> dict[UUID, dt.date]:
    """When somebody last met the family of each case: at an intervention, or at an assessment."""
    found = {case: timezone.localdate(at) for case, at in _met(cases=[row.pk for row in rows])}
    visited = dict(_visited(homes={row.household_id for row in rows}))
    for row in rows:
        days = [day for day in (found.get(row.pk), visited.get(row.household_id)) if day]
        if days:
            found[row.pk] = max(days)
    return found


def _named(user: User, text: str) -> Q:
    number = _NUMBER.match(text)
    if number:
        of_year = Q(year=int(number[1])) if number[1] else Q()
        return of_year & Q(number=int(number[2]))
    people = [found.person.pk for found in find_people(user, text, limit=50)]
    lived = hidden_from(user).living().filter(person__in=people).values("household")
    return Q(household__in=lived) | Q(household__name__istartswith=text)
