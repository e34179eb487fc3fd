"""Households: the list, a new one, the record and its changes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.organizations.models import Organization
from punte.people.actions import change_household, create_household
from punte.people.models import Household
from punte.people.search import find_people
from punte.people.sight import hidden_from
from punte.territory.models import Uat
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.asked import identifier_in, number_in
from punte.www.frame.form_page import FormPage
from punte.www.office.people.forms.people import (
    HouseholdChangeForm,
    HouseholdForm,
    keepers_of,
    of_household,
    uats_of,
)
from punte.www.office.people.views.people_pages import HouseholdPage
from punte.www.office.people.views.record import household_record

_PAGE = 50
_MOST_FOUND = 60


@require_safe
@needs(Capability.SEE_PEOPLE)
def households(request: SignedIn) -> HttpResponse:
    """Households that the account's organisations keep, by name, a page at a time."""
    keepers = keepers_of(request.user, Capability.SEE_PEOPLE)
    uats = uats_of(keepers)
    uat = uats.filter(pk=number_in(request.GET.get("uat")) or None).first()
    text = request.GET.get("q", "").strip("\0 ")
    kept = Household.objects.filter(keeper__in=[keeper.pk for keeper in keepers])
    listed = kept.beyond_seals(request.user)
    if uat is not None:
        listed = listed.filter(uat=uat)
    if text:
        shown, more = _of_people_named(request, text, uat), False
    else:
        shown, more = _page(listed, request.GET.get("dupa"))
    context = {
        "households": _described(request.user, shown),
        "next": shown[-1].pk if more else None,
        "text": text,
        "uat": uat,
        "uats": uats,
        "filtered": bool(text or uat),
        "first_page": "dupa" not in request.GET,
        "may_record": request.user.standing.may(Capability.EDIT_PEOPLE),
    }
    return render(request, "office_people/households.html", context)


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
    text = request.GET.get("q", "").strip("\0 ")
    form = FormPage(
        request,
        HouseholdForm,
        draft="household-new",
        keeper=keeper,
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
        found=find_people(request.user, text) if text else [],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def household_change(request: SignedIn, pk: UUID) -> HttpResponse:
    """Name, address and contact of a household."""
    page = HouseholdPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    found = page.household
    form = FormPage(
        request,
        HouseholdChangeForm,
        draft=f"household-{pk}",
        keeper=found.keeper,
        initial=of_household(found),
    )
    if form.attempt(
        lambda given: change_household(
            by=request.user, household=get_object_or_404(Household, pk=pk), **given
        )
    ):
        return form.done(_("Saved."), "household", pk)
    return page.ask(form, _("Change the household's details"), "household_form")


def _of_people_named(request: SignedIn, text: str, uat: Uat | None) -> list[Household]:
    found = (one.household for one in find_people(request.user, text, limit=_MOST_FOUND))
    here = {home.pk: home for home in found if home is not None and (uat is None or home.uat_id == uat.pk)}
    return list(here.values())[:_PAGE]


def _page(listed: Any, after: str | None) -> tuple[list[Household], bool]:
    """A page of households after the one named, and whether there are more; no count, however many there are."""
    last = listed.filter(pk=identifier_in(after)).first() if after else None
    if last is not None:
        rest = listed.filter(folded_name__gte=last.folded_name)
        listed = rest.exclude(folded_name=last.folded_name, pk__lte=last.pk)
    rows = list(listed.select_related("uat").defer("safe_contact").order_by("folded_name", "pk")[: _PAGE + 1])
    return rows[:_PAGE], len(rows) > _PAGE


def _described(user: User, shown: list[Household]) -> list[dict[str, Any]]:
    """Each household with who lives there; one query for all."""
    people = hidden_from(user).living().filter(household__in=[home.pk for home in shown])
    members: dict[UUID, list[Any]] = {}
    for lived in people.select_related("person").defer("person__cnp", "person__ethnicity").order_by("pk"):
        members.setdefault(lived.household_id, []).append(lived.person)
    return [{"household": home, "members": members.get(home.pk, [])} for home in shown]


def _chosen(keepers: list[Organization], request: HttpRequest) -> Organization:
    named = request.POST.get("keeper") or request.GET.get("keeper")
    return next((keeper for keeper in keepers if str(keeper.pk) == named), keepers[0])
