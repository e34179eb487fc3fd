"""Institutions with which the account's own works: known how, and who answers there for what."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.actions import add_contact, bring_in_institution, change_institution, end_contact
from punte.accounts.enums import Capability as Can
from punte.accounts.models import Appointment, User
from punte.accounts.queries import (
    appointments_managed_by,
    brings_in_for,
    contacts_seen_by,
    institutions_kept_by,
    works_with_institutions,
)
from punte.directory.models import Service
from punte.kernel.text import fold
from punte.organizations.contacts import contact_duties
from punte.organizations.models import Contact, Organization
from punte.territory.models import Uat
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.context import SEARCHERS
from punte.www.frame.form_page import FormPage
from punte.www.frame.listing import Column, Listing, View
from punte.www.frame.listing_deeds import list_page
from punte.www.manage.forms.institutions import (
    ContactForm,
    EndContactForm,
    InstitutionFilter,
    InstitutionForm,
    NewInstitutionForm,
)

_READS = (*SEARCHERS, Can.KEEP_DIRECTORY, Can.MANAGE_ACCOUNTS)
_WORKS_WITH = (Can.REFER, Can.KEEP_DIRECTORY, Can.MANAGE_ACCOUNTS)
_MOST_SERVICES = 20
_BRINGS_IN = (Can.MANAGE_ACCOUNTS, Can.KEEP_DIRECTORY)


class InstitutionList(Listing):
    """Institutions of the counties where the account works, by name; a search finds those of others."""

    name = "institutions"
    title = gettext_lazy("Institutions")
    template = "manage/institutions.html"
    row_template = "manage/institution_row.html"
    form_class = InstitutionFilter
    usual_sort = "name"
    searched = "q"
    none_yet = gettext_lazy("No institution is known in your county yet. Bring in the first.")
    columns = (
        Column("name", gettext_lazy("Name"), lambda one: one.name, ("folded_name",)),
        Column("kind", gettext_lazy("Kind"), lambda one: one.get_kind_display(), ("kind", "folded_name")),
        Column("uat", gettext_lazy("UAT"), lambda one: str(one.uat or ""), ("uat__name", "folded_name")),
        Column("phone", gettext_lazy("Phone"), lambda one: one.phone),
    )
    views = (
        View(gettext_lazy("All institutions"), {}, counted=False),
        View(gettext_lazy("With somebody to call"), {"known": "contacts"}),
        View(gettext_lazy("Brought in by us"), {"known": "brought"}),
    )

    @property
    def may_bring_in(self) -> bool:
        """Whether the account makes institutions known."""
        return bool(brings_in_for(self.user))

    def form_options(self) -> Mapping[str, Any]:
        return {"uats": self._uats}

    @cached_property
    def _uats(self) -> list[Uat]:
        return list(uats_near(self.user))

    def all(self) -> QuerySet[Organization]:
        near = uats_near(self.user).order_by()
        return self.reachable().filter(uat__in=near)

    def reachable(self) -> QuerySet[Organization]:
        return Organization.objects.select_related("uat")

    def narrowed(self, rows: Any, asked: Mapping[str, Any]) -> QuerySet[Organization]:
        text = fold(asked.get("q") or "")
        if text:
            rows = self.reachable().filter(folded_name__contains=text)
        if asked.get("kind"):
            rows = rows.filter(kind=asked["kind"])
        if asked.get("uat"):
            rows = rows.filter(uat=asked["uat"])
        match asked.get("known"):
            case "contacts":
                known = contacts_seen_by(self.user).current().filter(organization=OuterRef("pk"))  # type: ignore[attr-defined]
                rows = rows.filter(Exists(known))
            case "accounts":
                rows = rows.filter(Exists(Appointment.objects.current().filter(organization=OuterRef("pk"))))
            case "brought":
                rows = rows.filter(brought_by__in=works_with_institutions(self.user))
        found: QuerySet[Organization] = rows
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*_READS)
def institutions(request: SignedIn) -> HttpResponse:
    """A page of institutions, by name."""
    return list_page(InstitutionList(request))


@require_safe
@needs(*_READS)
def institution(request: SignedIn, pk: UUID) -> HttpResponse:
    """What is known of an institution, who answers there, and for who manages them its accounts."""
    found = fetch(Organization.objects.select_related("uat__county", "brought_by"), pk=pk)
    contacts = contacts_seen_by(request.user).current().filter(organization=found)  # type: ignore[attr-defined]
    accounts = appointments_managed_by(request.user).current().filter(organization=found)  # type: ignore[attr-defined]
    context = {
        "institution": found,
        "contacts": [(_duty(one), one) for one in contacts],
        "notes_contacts": bool(works_with_institutions(request.user)),
        "services": Service.objects.active().filter(provider=found).order_by("folded_name")[:_MOST_SERVICES],
        "accounts": accounts.select_related("user").order_by("user__name", "role"),
        "makes_accounts": found.pk in request.user.standing.organizations(Can.MANAGE_ACCOUNTS),
        "keeps": institutions_kept_by(request.user).filter(pk=found.pk).exists(),
        "has_registers": request.user.standing.may(Can.PLAN),
    }
    return render(request, "manage/institution.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*_BRINGS_IN)
def institution_new(request: SignedIn) -> HttpResponse:
    """Bring in an institution."""
    own = Organization.objects.filter(pk__in=brings_in_for(request.user))
    form = FormPage(
        request,
        NewInstitutionForm,
        uats=uats_near(request.user),
        organizations=own,
        initial={"name": request.GET.get("name", "")[:250], "uat": _usual_uat(own)},
    )
    if form.attempt(lambda given: _brought_in(request.user, given)):
        return form.done(_("The institution is known now."), "institution", form.made.pk)
    return form.ask(
        _("New institution"), back=reverse("institutions"), back_to=_("Institutions"), button=_("Bring it in")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*_BRINGS_IN)
def institution_change(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put right what is known of an institution."""
    found = fetch(Organization.objects.all(), pk=pk)
    if not institutions_kept_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    kept = {name: getattr(found, name) for name in InstitutionForm.base_fields}
    own = [found.uat_id] if found.uat_id else []
    uats = uats_near(request.user) | Uat.objects.filter(pk__in=own)
    form = FormPage(request, InstitutionForm, uats=uats, initial=kept)
    if form.attempt(lambda given: change_institution(by=request.user, institution=found, given=given)):
        return form.done(_("Saved."), "institution", pk)
    return form.ask(_("Change"), back=reverse("institution", args=[pk]), back_to=found)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*_WORKS_WITH)
def contact_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Note who answers at an institution for something."""
    found = fetch(Organization.objects.all(), pk=pk)
    own = Organization.objects.filter(pk__in=works_with_institutions(request.user))
    form = FormPage(request, ContactForm, organizations=own)
    if form.attempt(lambda given: _noted(request.user, found, given)):
        return form.done(_("Noted."), "institution", pk)
    back = reverse("institution", args=[pk])
    return form.ask(_("Who answers there"), back=back, back_to=found, button=_("Note it"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*_WORKS_WITH)
def contact_end(request: SignedIn, pk: UUID) -> HttpResponse:
    """Note that somebody answers there no more."""
    contact = fetch(
        contacts_seen_by(request.user)
        .filter(keeper__in=works_with_institutions(request.user))
        .select_related("organization"),
        pk=pk,
    )
    form = FormPage(request, EndContactForm)
    if form.attempt(lambda given: end_contact(by=request.user, contact=contact, **given)):
        return form.done(_("Noted."), "institution", contact.organization_id)
    return form.ask(
        _("Answers there no more"),
        intro=" · ".join(filter(None, [_duty(contact), contact.name])),
        back=reverse("institution", args=[contact.organization_id]),
        back_to=contact.organization,
        button=_("Note it"),
    )


def uats_near(user: User) -> QuerySet[Uat]:
    """The UATs of the counties of the institutions where the account works; all where one has no county."""
    own = {post.organization_id for post in user.standing.posts}
    counties = set(Organization.objects.filter(pk__in=own).values_list("uat__county", flat=True))
    near = Uat.objects.select_related("county")
    return near if None in counties else near.filter(county__in=counties)


def _usual_uat(own: QuerySet[Organization]) -> int | None:
    first = own.first()
    return first.uat_id if first else None


def _brought_in(by: User, given: dict[str, Any]) -> Organization:
    organization = given.pop("organization")
    return bring_in_institution(by=by, organization=organization, given=given)


def _noted(by: User, institution: Organization, given: dict[str, Any]) -> Contact:
    keeper = given.pop("organization")
    return add_contact(by=by, keeper=keeper, institution=institution, start=timezone.localdate(), given=given)


def _duty(contact: Contact) -> str:
    words = contact_duties().get(contact.duty)
    return words.get(get_language() or "ro", words["ro"]) if words else contact.duty
