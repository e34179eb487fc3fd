"""Households: the list, a new one, the record and its changes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.organizations.models import Organization
from punte.people.actions import change_household, create_household
from punte.people.models import Dwelling, Household
from punte.people.search import find_people
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.form_page import FormPage
from punte.www.office.people.forms.people import (
    HouseholdChangeForm,
    HouseholdForm,
    keepers_of,
    of_household,
)
from punte.www.office.people.views.people_pages import HouseholdPage
from punte.www.office.people.views.record import household_record


@require_safe
def household(request: SignedIn, pk: UUID) -> HttpResponse:
    """The record of a household."""
    page = HouseholdPage.open(request, pk)
    return page.show("household", "household", **household_record(request.user, page.household))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.EDIT_PEOPLE)
def household_new(request: SignedIn) -> HttpResponse:
    """A new household, after looking whether it is there already."""
    keepers = keepers_of(request.user, Capability.EDIT_PEOPLE)
    keeper = _chosen(keepers, request)
    text = request.GET.get("q", "").strip()
    form = FormPage(
        request,
        HouseholdForm,
        draft="household-new",
        keeper=keeper,
        dwellings=Dwelling.objects.visible_to(request.user),
        initial={"name": text} if text else {},
    )
    if form.attempt(lambda given: create_household(by=request.user, keeper=keeper, **given)):
        said = _("The household is recorded. Now add who lives there.")
        return form.done(said, "member_new", form.made.pk)
    return form.ask(
        _("New household"),
        template="office_people/household_new.html",
        button=_("Save and add the members"),
        back=reverse("households"),
        back_to=_("Households"),
        keepers=keepers,
        keeper=keeper,
        text=text,
        status=200 if form.form.looks else None,
        found=find_people(request.user, text) if text else [],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def household_change(request: SignedIn, pk: UUID) -> HttpResponse:
    """Name, address and contact of a household."""
    page = HouseholdPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    found = page.household
    lives = found.residences.select_related("dwelling").order_by("-start").first()
    initial = of_household(found, lives)
    form = FormPage(
        request,
        HouseholdChangeForm,
        draft=f"household-{pk}",
        keeper=found.keeper,
        dwellings=Dwelling.objects.visible_to(request.user),
        initial=initial,
    )
    if form.attempt(
        lambda given: change_household(
            by=request.user,
            household=get_object_or_404(Household, pk=pk),
            **{**given, "since": given.get("since") or initial["since"]},
        )
    ):
        return form.done(_("Saved."), "household", pk)
    return page.ask(
        form, _("Change the household's details"), "household_form", status=200 if form.form.looks else None
    )


def _chosen(keepers: list[Organization], request: HttpRequest) -> Organization:
    named = request.POST.get("keeper") or request.GET.get("keeper")
    return next((keeper for keeper in keepers if str(keeper.pk) == named), keepers[0])
