"""Dwellings: the list, a new one, the record and its changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.people.actions import change_dwelling, record_dwelling
from punte.people.models import Dwelling, Household, Residence
from punte.territory.models import Uat
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage
from punte.www.frame.listing import Column, Deed, Listing, View
from punte.www.frame.listing_deeds import list_page, putting_on_a_list
from punte.www.office.people.forms.dwellings import (
    DwellingChangeForm,
    DwellingFilter,
    DwellingForm,
    of_dwelling,
)
from punte.www.office.people.forms.people import keepers_of, uats_of
from punte.www.office.people.views.people_pages import PeoplePage


class DwellingList(Listing):
    """The dwellings that the account's organisations keep, by address."""

    name = "dwellings"
    title = gettext_lazy("Dwellings")
    template = "office_people/dwellings.html"
    row_template = "office_people/dwelling_row.html"
    form_class = DwellingFilter
    usual_sort = "address"
    none_yet = gettext_lazy(
        "No dwelling is recorded yet. Record those that the institution gives or watches over."
    )
    columns = (
        Column("address", gettext_lazy("Address"), lambda one: one.address, ("folded_address",), names=True),
        Column("kind", gettext_lazy("Kind"), lambda one: one.get_kind_display(), style="next"),
        Column("uat", gettext_lazy("UAT"), lambda one: one.uat.name, style="place"),
        Column("administrator", gettext_lazy("Administered by"), lambda one: one.whose, style="next"),
        Column(
            "households",
            gettext_lazy("Who lives there"),
            lambda one: ", ".join(str(home) for home in one.homes),
            names=True,
            style="next",
        ),
    )

    @property
    def views(self) -> tuple[View, ...]:  # type: ignore[override]
        """All of them."""
        return (View(_("All dwellings"), {}, counted=False),)

    @property
    def may_record(self) -> bool:
        """Whether the account records dwellings."""
        return self.user.standing.may(Capability.EDIT_PEOPLE)

    @cached_property
    def _uats(self) -> list[Uat]:
        return list(uats_of(keepers_of(self.user, Capability.SEE_PEOPLE)))

    def form_options(self) -> Mapping[str, Any]:
        return {**super().form_options(), "uats": self._uats}

    def all(self) -> QuerySet[Dwelling]:
        return Dwelling.objects.visible_to(self.user).select_related("uat", "administrator")

    def narrowed(self, rows: QuerySet[Dwelling], asked: Mapping[str, Any]) -> QuerySet[Dwelling]:
        found: Any = rows
        if asked.get("text"):
            found = found.written(asked["text"])
        if asked.get("kind"):
            found = found.filter(kind=asked["kind"])
        return found.filter(uat=asked["uat"]) if asked.get("uat") else found

    def prepared(self, rows: list[Dwelling]) -> list[Dwelling]:
        """With the households that are seen to live there today."""
        lived = (
            Residence.objects.visible_to(self.user).current().filter(dwelling__in=[one.pk for one in rows])
        )
        homes: dict[UUID, list[Household]] = {}
        for one in lived.select_related("household").defer("household__safe_contact").order_by("start", "pk"):
            if one.dwelling_id:
                homes.setdefault(one.dwelling_id, []).append(one.household)
        for row in rows:
            dwelling: Any = row
            dwelling.homes = homes.get(row.pk, [])
            dwelling.whose = whose(row)
        return rows

    def deeds(self) -> Sequence[Deed]:
        return (putting_on_a_list(self),)

    def read(self, rows: Sequence[Dwelling]) -> Iterable[Mapping[str, Any]]:
        return [{"subject": one.pk, "keeper": one.keeper_id} for one in rows]


def whose(dwelling: Dwelling) -> str:
    """Who administers a dwelling, in words."""
    return str(dwelling.administrator) if dwelling.administrator else dwelling.landlord


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.SEE_PEOPLE)
def dwellings(request: SignedIn) -> HttpResponse:
    """A page of dwellings, by address."""
    return list_page(DwellingList(request))


@dataclass
class DwellingPage(PeoplePage):
    """One dwelling."""

    dwelling: Dwelling

    @classmethod
    def open(cls, request: SignedIn, pk: UUID, *, to: Capability | None = None) -> Self:
        """A dwelling in sight of the account, or 404; 403 for who may not do this where it is kept."""
        visible = Dwelling.objects.visible_to(request.user).select_related(
            "uat", "keeper__uat", "administrator"
        )
        return cls(request, fetch(visible, pk=pk)).only(to=to)

    @property
    def about(self) -> dict[str, Any]:
        """The dwelling as the trail names it."""
        return {"keeper": self.dwelling.keeper_id, "subject": self.dwelling.pk}

    @property
    def name(self) -> str:
        """The address."""
        return self.dwelling.address

    @property
    def url(self) -> str:
        """The page of the dwelling."""
        return reverse("dwelling", args=[self.dwelling.pk])

    @cached_property
    def lived(self) -> list[Residence]:
        """Who is seen to live there, or to have lived there, the newest first."""
        rows = Residence.objects.visible_to(self.user).filter(dwelling=self.dwelling)
        return list(
            rows.select_related("household").defer("household__safe_contact").order_by("-start", "pk")
        )


@require_safe
def dwelling(request: SignedIn, pk: UUID) -> HttpResponse:
    """A dwelling, and who lives and lived there."""
    page = DwellingPage.open(request, pk)
    today = timezone.localdate()
    return page.show(
        "dwelling",
        "dwelling",
        dwelling=page.dwelling,
        whose=whose(page.dwelling),
        now=[one for one in page.lived if one.holds_on(today)],
        past=[one for one in page.lived if not one.holds_on(today)],
        may_change=page.allows(Capability.EDIT_PEOPLE),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.EDIT_PEOPLE)
def dwelling_new(request: SignedIn) -> HttpResponse:
    """A new dwelling."""
    keepers = keepers_of(request.user, Capability.EDIT_PEOPLE)
    named = request.POST.get("keeper") or request.GET.get("keeper")
    keeper = next((one for one in keepers if str(one.pk) == named), keepers[0])
    form = FormPage(request, DwellingForm, draft="dwelling-new", keeper=keeper)
    if form.attempt(lambda given: record_dwelling(by=request.user, keeper=keeper, **given)):
        said = _("The dwelling is recorded. Who lives there is said on the page of the household.")
        return form.done(said, "dwelling", form.made.pk)
    return form.ask(_("New dwelling"), back=reverse("dwellings"), back_to=_("Dwellings"))


@require_http_methods(["GET", "HEAD", "POST"])
def dwelling_change(request: SignedIn, pk: UUID) -> HttpResponse:
    """What is said of a dwelling."""
    page = DwellingPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    found = page.dwelling
    form = FormPage(
        request, DwellingChangeForm, draft=f"dwelling-{pk}", keeper=found.keeper, initial=of_dwelling(found)
    )
    if form.attempt(
        lambda given: change_dwelling(by=request.user, dwelling=get_object_or_404(Dwelling, pk=pk), **given)
    ):
        return form.done(_("Saved."), "dwelling", pk)
    return page.ask(form, _("Change what is said of the dwelling"), "dwelling_form")
