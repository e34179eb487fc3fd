"""The petitions that an account answers, those late first."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.organizations.models import Organization
from punte.petitions.actions import assign_petition
from punte.petitions.enums import OPEN, PetitionStatus
from punte.petitions.models import Petition
from punte.petitions.queries import PetitionQuerySet, answerers_of
from punte.petitions.rules import register_number
from punte.www.frame.access import SignedIn
from punte.www.frame.asked import identifier_in
from punte.www.frame.form_page import FormPage
from punte.www.frame.listing import Column, Deed, Listing, View
from punte.www.frame.listing_deeds import list_page, of_each, putting_on_a_list
from punte.www.frame.ordering import heading_of_term
from punte.www.office.petitions.forms.listing import PetitionFilter
from punte.www.office.petitions.forms.petitions import WorkerForm
from punte.www.office.petitions.views.petitions import answers

# What only the page of a petition shows; each is decrypted where it is read.
_ONLY_THERE = ("text", "about_words", "email", "phone", "address", "redirected_to", "answer", "answer_basis")


def _from(petition: Petition) -> str:
    if petition.anonymous:
        return _("without a name")
    return _("name removed") if petition.erased_on else petition.name


class PetitionList(Listing):
    """The petitions that wait, the soonest term first."""

    name = "petitions"
    title = gettext_lazy("Requests, complaints and petitions")
    template = "office_petitions/petitions.html"
    row_template = "office_petitions/petition_row.html"
    form_class = PetitionFilter
    usual_sort = "due"
    searched = "number"
    none_yet = gettext_lazy("None waits for an answer.")
    columns = (
        Column("number", gettext_lazy("Number"), str, ("year", "number")),
        Column("kind", gettext_lazy("What it is"), lambda one: one.get_kind_display(), shown=False),
        Column("sender", gettext_lazy("From whom"), _from, names=True),
        Column("to", gettext_lazy("To whom"), lambda one: str(one.organization), shown=False),
        Column(
            "service", gettext_lazy("Service"), lambda one: str(one.service or ""), ("service__folded_name",)
        ),
        Column(
            "due", gettext_lazy("Term"), lambda one: one.due_on, ("due_on", "-year", "-number"), style="when"
        ),
        Column(
            "worker",
            gettext_lazy("Who answers it"),
            lambda one: str(one.assigned_to or ""),
            ("assigned_to__name",),
            style="who",
        ),
        Column("state", gettext_lazy("State"), lambda one: one.get_status_display(), shown=False),
    )

    @property
    def views(self) -> tuple[View, ...]:  # type: ignore[override]
        """Ways of looking that everybody needs."""
        return (
            View(_("Waiting for an answer")),
            View(_("Late"), {"state": "late"}),
            View(_("Nobody's yet"), {"whose": "nobody"}),
            View(_("Answered"), {"state": "answered"}, counted=False),
        )

    def usual(self) -> Mapping[str, str]:
        return {"state": "waiting", "whose": "all"}

    def form_options(self) -> Mapping[str, Any]:
        return {
            "workers": lambda: [(str(user.pk), user.name) for user in self._workers if user != self.user],
            "organizations": self._organizations,
        }

    @cached_property
    def _organizations(self) -> list[tuple[str, str]]:
        keepers = self.user.standing.organizations(Capability.ANSWER_PETITIONS)
        rows = Organization.objects.filter(pk__in=keepers).order_by("name")
        return [(str(one.pk), str(one)) for one in rows] if len(keepers) > 1 else []

    @property
    def several(self) -> bool:
        """Whether the account answers for more than one organisation."""
        return len(self._organizations) > 1

    @property
    def _led(self) -> frozenset[Any]:
        """Where the account gives petitions to others."""
        standing = self.user.standing
        return standing.organizations(Capability.ANSWER_PETITIONS) & standing.organizations(Capability.ASSIGN)

    @cached_property
    def _workers(self) -> list[User]:
        return list(answerers_of(self._led)) if self._led else []

    def all(self) -> QuerySet[Petition]:
        rows = Petition.objects.visible_to(self.user)
        return rows.select_related("organization", "service", "assigned_to").defer(*_ONLY_THERE)

    def narrowed(self, rows: QuerySet[Petition], asked: Mapping[str, Any]) -> QuerySet[Petition]:
        """A number is looked for everywhere, whatever else is set."""
        if asked.get("number"):
            number = register_number(asked["number"])
            return rows.filter(number=number[0], year=number[1]) if number else rows.none()
        if asked.get("kind"):
            rows = rows.filter(kind=asked["kind"])
        if asked.get("organization"):
            rows = rows.filter(organization=asked["organization"])
        return self._of_whom(_in_state(rows, asked.get("state") or ""), asked.get("whose") or "")

    def _of_whom(self, rows: QuerySet[Petition], whose: str) -> QuerySet[Petition]:
        if whose == "mine":
            return rows.filter(assigned_to=self.user)
        if whose == "nobody":
            return rows.filter(assigned_to=None)
        worker = identifier_in(whose)
        return rows.filter(assigned_to=worker) if worker else rows

    def prepared(self, rows: list[Petition]) -> list[Petition]:
        for row in rows:
            petition: Any = row
            petition.sender = _from(row)
            petition.waits = row.status in OPEN
        return rows

    def part(self, row: Petition) -> str:
        return heading_of_term(row.due_on)

    def deeds(self) -> Sequence[Deed]:
        if self._led:
            workers = User.objects.filter(pk__in=[user.pk for user in self._workers]).order_by("name")
            form = partial(FormPage, self.request, WorkerForm, workers=workers)
            give = Deed("give", gettext_lazy("Give to a worker"), form, self._give)
        else:
            form = partial(FormPage, self.request, forms.Form)
            give = Deed("take", gettext_lazy("Take them over"), form, self._take)
        return give, putting_on_a_list(self)

    def read(self, rows: Sequence[Petition]) -> Iterable[Mapping[str, Any]]:
        return [
            {"keeper": one.organization_id, "subject": one.pk, "sealed": one.restricted}
            for one in rows
            if one.name
        ]

    def _take(self, rows: list[Petition], _given: dict[str, Any]) -> str:
        return self._give(rows, {"worker": self.user})

    def _give(self, rows: list[Petition], given: dict[str, Any]) -> str:
        worker = given["worker"]

        def said(count: int) -> str:
            words = ngettext("%(n)s petition given to %(name)s.", "%(n)s petitions given to %(name)s.", count)
            return words % {"n": count, "name": worker}

        return of_each(
            rows, lambda petition: assign_petition(by=self.user, petition=petition, worker=worker), said
        )


@require_http_methods(["GET", "HEAD", "POST"])
@answers
def petitions(request: SignedIn) -> HttpResponse:
    """A page of petitions, those late first."""
    return list_page(PetitionList(request))


def _in_state(rows: Any, state: str) -> PetitionQuerySet:
    match state:
        case "late":
            return rows.late(timezone.localdate())
        case "answered":
            return rows.filter(status=PetitionStatus.ANSWERED)
        case "all":
            return rows
    return rows.waiting()
