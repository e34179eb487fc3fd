"""What a provider changes: details, status; a new service, one that nobody keeps, a proposal taken back."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability as Can
from punte.directory.actions import (
    claim_service,
    propose_details,
    propose_service,
    propose_status,
    withdraw_proposal,
)
from punte.directory.enums import ProposalStatus, ServiceStatus
from punte.directory.models import Proposal, Service
from punte.directory.proposals.comparing import differences
from punte.directory.proposals.lifecycle import waiting_details
from punte.directory.services.details import changed, details_of, overtaken
from punte.directory.services.keepers import maintained_by_nobody, proposals_of
from punte.kernel.errors import EditedMeanwhile
from punte.organizations.models import Organization
from punte.territory.models import Uat
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, Press
from punte.www.partner.forms.services import (
    ClaimForm,
    DetailsForm,
    NewServiceForm,
    StatusForm,
    as_monday,
    sign,
)
from punte.www.partner.views.services import KEEPERS, kept

_FORMS = ["GET", "HEAD", "POST"]
_PER_PAGE = 25
_COPY = "copy"
_EDIT = "partner/service_edit.html"


@require_http_methods(_FORMS)
@needs(*KEEPERS)
def own_service_edit(request: SignedIn, pk: UUID) -> HttpResponse:
    """Change what is published of a service."""
    service = kept(request, pk)
    details = details_of(service)
    waiting = waiting_details(service)
    form = _details_form(
        request,
        DetailsForm,
        draft=f"service-{pk}",
        details=details,
        shown={**details, **(waiting.values if waiting else {})},
    )
    copied = _COPY in request.POST
    if not copied and form.attempt(
        lambda given: propose_details(
            by=request.user,
            service=service,
            values=form.form.values,
            before=form.form.read_before(),
            words=given["words"],
            name_confirmed=given["name_confirmed"],
        )
    ):
        return form.done(_said(form.made), "own_service", pk)
    if isinstance(form.refused, EditedMeanwhile):
        return _both(request, service, form)
    asked = waiting if request.method != "POST" else None
    return form.show(_EDIT, status=200 if copied else None, service=service, waiting=asked, lines=())


def _details_form(request: SignedIn, form_class: type[DetailsForm], **options: Any) -> FormPage:
    """What was typed; with the hours of Monday on every working day, where that was asked."""
    data = as_monday(_posted(request)) if _COPY in request.POST else None
    return FormPage(request, form_class, data=data, **options)


def _both(request: SignedIn, service: Service, form: FormPage) -> HttpResponse:
    """Both versions side by side; sent again, the author's holds knowingly."""
    typed = form.form
    before, now = typed.read_before(), typed.details
    lost = overtaken(before, now, changed(before, typed.values))
    data = {**_posted(request), "before": sign(now)}
    again = FormPage(request, DetailsForm, draft=form.draft, data=data, details=now)
    lines = differences(before, now, typed.values, lost)
    return again.show(_EDIT, status=form.status, service=service, waiting=None, lines=lines)


def _posted(request: SignedIn) -> dict[str, Any]:
    given: dict[str, Any] = request.POST.dict()
    given["languages"] = request.POST.getlist("languages")
    return given


def _said(proposal: Proposal) -> str:
    if proposal.status == ProposalStatus.PUBLISHED:
        return _("The change is published.")
    return _("Thank you. The change waits to be checked; until then the page stays as it was.")


@require_http_methods(_FORMS)
@needs(*KEEPERS)
def own_service_status(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that a service is open, suspended or closed."""
    service = kept(request, pk)
    form = FormPage(request, StatusForm, initial={"status": service.status})
    if form.attempt(lambda given: propose_status(by=request.user, service=service, **given)):
        return form.done(_said(form.made), "own_service", pk)
    return form.ask(
        _("Open, suspended or closed"),
        template="partner/service_status.html",
        button=_("Send"),
        back=reverse("own_service", args=[pk]),
        back_to=service,
    )


@require_http_methods(_FORMS)
@needs(*KEEPERS)
def own_service_new(request: SignedIn) -> HttpResponse:
    """Propose a service that the directory does not know."""
    form = _details_form(
        request,
        NewServiceForm,
        draft="service-new",
        organizations=_organizations(request),
        uats=_uats(request),
    )
    copied = _COPY in request.POST
    if not copied and form.attempt(
        lambda given: propose_service(
            by=request.user,
            organization=given["organization"],
            uat=given["uat"],
            address=given["address"],
            code=given["code"],
            values=form.form.values,
            words=given["words"],
            name_confirmed=given["name_confirmed"],
        )
    ):
        return form.done(_said(form.made), "own_services")
    return form.show(_EDIT, status=200 if copied else None, service=None, waiting=None, lines=())


@require_safe
@needs(*KEEPERS)
def services_of_nobody(request: SignedIn) -> HttpResponse:
    """Services that nobody keeps, by words: one of them may be ours."""
    words = request.GET.get("q", "")[:120]
    found = Service.objects.filter(maintained_by_nobody()).exclude(status=ServiceStatus.CLOSED)
    rows = found.named(words).select_related("provider").prefetch_related("locations__uat")
    shown = Paginator(rows.order_by("folded_name", "id"), _PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "partner/services_of_nobody.html",
        {"page": shown, "words": words, "query": urlencode({"q": words}) if words else ""},
    )


@require_http_methods(_FORMS)
@needs(*KEEPERS)
def service_claim(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that a service that nobody keeps is ours."""
    free = Service.objects.filter(maintained_by_nobody()).select_related("provider", "code")
    service = fetch(free, pk=pk)
    form = FormPage(request, ClaimForm, organizations=_organizations(request))
    if form.attempt(lambda given: claim_service(by=request.user, service=service, **given)):
        return form.done(_said(form.made), "own_services")
    return form.ask(
        _("This service is ours"),
        template="partner/service_claim.html",
        button=_("Send"),
        back=reverse("services_of_nobody"),
        back_to=_("Services that nobody keeps"),
        service=service,
    )


@require_POST
@needs(*KEEPERS)
def own_proposal_withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take a proposal back."""
    proposal = fetch(Proposal.objects.filter(proposals_of(request.user)), pk=pk)
    said = _("The proposal was taken back.")
    return Press(request).tell(
        lambda: withdraw_proposal(by=request.user, proposal=proposal), said, "own_services"
    )


def _organizations(request: SignedIn) -> QuerySet[Organization]:
    kept_by_account = request.user.standing.organizations(Can.KEEP_SERVICES)
    return Organization.objects.filter(pk__in=kept_by_account).order_by("name")


def _uats(request: SignedIn) -> Any:
    """The UATs of the counties in which the account's organisations work; all of them where that is not known."""
    own = request.user.standing.organizations(Can.KEEP_SERVICES)
    counties = set(
        Uat.objects.filter(locations__services__provider__in=own).values_list("county", flat=True)
    ) | set(Uat.objects.filter(organizations__in=own).values_list("county", flat=True))
    rows = Uat.objects.filter(county__in=counties) if counties else Uat.objects.all()
    return rows.order_by("name", "siruta")
