"""What a provider changes: details, status; a new service, one that nobody keeps, a proposal taken back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.actions import forget_draft
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
from punte.directory.services.details import FIELDS, changed, details_of, overtaken
from punte.directory.services.keepers import maintained_by_nobody, proposals_of
from punte.kernel.errors import DomainError, EditedMeanwhile
from punte.organizations.models import Organization
from punte.territory.models import Uat
from punte.www.frame.access import SignedIn, attempt, fetch, needs
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


@require_http_methods(_FORMS)
@needs(*KEEPERS)
def own_service_edit(request: SignedIn, pk: UUID) -> HttpResponse:
    """Change what is published of a service."""
    service = kept(request, pk)
    details = details_of(service)
    waiting = waiting_details(service)
    if request.method != "POST":
        shown = {**details, **(waiting.values if waiting else {})}
        return _edit(request, service, DetailsForm(details=details, shown=shown), waiting=waiting)
    if _COPY in request.POST:
        return _edit(request, service, DetailsForm(as_monday(_posted(request)), details=details))
    form = DetailsForm(request.POST, details=details)
    if not form.is_valid():
        return _edit(request, service, form, status=422)
    before = form.read_before()
    words = form.cleaned_data["words"]
    try:
        made = attempt(
            form,
            lambda: _unless_overtaken(
                lambda: propose_details(
                    by=request.user,
                    service=service,
                    values=form.values,
                    before=before,
                    words=words,
                    name_confirmed=form.cleaned_data["name_confirmed"],
                )
            ),
        )
    except _Overtaken:
        return _both(request, service, form, before)
    if made is None:
        return _edit(request, service, form, status=422)
    forget_draft(request.user, f"service-{pk}")
    messages.success(request, _said(made))
    return redirect("own_service", pk=pk)


class _Overtaken(Exception):
    """Somebody else changed a field meanwhile: the two are shown side by side."""


def _unless_overtaken(act: Any) -> Proposal:
    try:
        made: Proposal = act()
    except EditedMeanwhile as error:
        raise _Overtaken from error
    return made


def _both(request: SignedIn, service: Service, form: DetailsForm, before: dict[str, Any]) -> HttpResponse:
    """Both versions side by side; sent again, the author's holds knowingly."""
    now = form.details
    lost = overtaken(before, now, changed(before, form.values))
    again = DetailsForm({**_posted(request), "before": sign(now)}, details=now)
    lines = differences(before, now, form.values, lost)
    return _edit(request, service, again, status=409, lines=lines)


def _posted(request: SignedIn) -> dict[str, Any]:
    given: dict[str, Any] = request.POST.dict()
    given["languages"] = request.POST.getlist("languages")
    return given


def _edit(
    request: SignedIn, service: Service, form: DetailsForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "service": service,
        "form": form,
        "draft_key": f"service-{service.pk}",
        "fields": FIELDS,
        **more,
    }
    return render(request, "partner/service_edit.html", context, status=status)


def _said(proposal: Proposal) -> str:
    if proposal.status == ProposalStatus.PUBLISHED:
        return _("The change is published.")
    return _("Thank you. The change waits to be checked; until then the page stays as it was.")


@require_http_methods(_FORMS)
@needs(*KEEPERS)
def own_service_status(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that a service is open, suspended or closed."""
    service = kept(request, pk)
    form = StatusForm(request.POST or None, initial={"status": service.status})
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: propose_status(by=request.user, service=service, **form.said()))
        if made:
            messages.success(request, _said(made))
            return redirect("own_service", pk=pk)
    return _form(request, "partner/service_status.html", form, service=service)


@require_http_methods(_FORMS)
@needs(*KEEPERS)
def own_service_new(request: SignedIn) -> HttpResponse:
    """Propose a service that the directory does not know."""
    choices: dict[str, Any] = {"organizations": _organizations(request), "uats": _uats(request)}
    if request.method != "POST":
        return _new(request, NewServiceForm(**choices))
    if _COPY in request.POST:
        return _new(request, NewServiceForm(as_monday(_posted(request)), **choices))
    form = NewServiceForm(request.POST, **choices)
    if form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: propose_service(
                by=request.user,
                organization=Organization.objects.get(pk=given["organization"]),
                uat=given["uat"],
                address=given["address"],
                code=given["code"],
                values=form.values,
                words=given["words"],
                name_confirmed=given["name_confirmed"],
            ),
        )
        if made:
            forget_draft(request.user, "service-new")
            messages.success(request, _said(made))
            return redirect("own_services")
    return _new(request, form, status=422)


def _new(request: SignedIn, form: NewServiceForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "draft_key": "service-new"}
    return render(request, "partner/service_edit.html", context, status=status)


@require_safe
@needs(*KEEPERS)
def services_of_nobody(request: SignedIn) -> HttpResponse:
    """Services that nobody keeps, by words: one of them may be ours."""
    words = request.GET.get("q", "")[:120]
    found = Service.objects.filter(maintained_by_nobody()).exclude(status=ServiceStatus.CLOSED)
    rows = found.named(words).select_related("provider").prefetch_related("locations__uat")
    shown = Paginator(rows.order_by("folded_name", "id"), _PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "partner/services_of_nobody.html", {"page": shown, "words": words})


@require_http_methods(_FORMS)
@needs(*KEEPERS)
def service_claim(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that a service that nobody keeps is ours."""
    free = Service.objects.filter(maintained_by_nobody()).select_related("provider", "code")
    service = fetch(free, pk=pk)
    organizations = _organizations(request)
    form = ClaimForm(request.POST or None, organizations=organizations)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: claim_service(
                by=request.user,
                service=service,
                organization=Organization.objects.get(pk=given["organization"]),
                words=given["words"],
            ),
        )
        if made:
            messages.success(request, _said(made))
            return redirect("own_services")
    return _form(request, "partner/service_claim.html", form, service=service)


@require_POST
@needs(*KEEPERS)
def own_proposal_withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take a proposal back."""
    proposal = fetch(Proposal.objects.filter(proposals_of(request.user)), pk=pk)
    try:
        withdraw_proposal(by=request.user, proposal=proposal)
    except DomainError as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("The proposal was taken back."))
    return redirect("own_services")


def _form(request: SignedIn, template: str, form: forms.Form, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=422 if form.is_bound else 200)


def _organizations(request: SignedIn) -> list[tuple[str, str]]:
    kept_by_account = request.user.standing.organizations(Can.KEEP_SERVICES)
    rows = Organization.objects.filter(pk__in=kept_by_account).order_by("name")
    return [(str(row.pk), row.name) for row in rows]


def _uats(request: SignedIn) -> Any:
    """The UATs of the counties in which the account's organisations work; all of them where that is not known."""
    own = request.user.standing.organizations(Can.KEEP_SERVICES)
    counties = set(
        Uat.objects.filter(locations__services__provider__in=own).values_list("county", flat=True)
    ) | set(Uat.objects.filter(organizations__in=own).values_list("county", flat=True))
    rows = Uat.objects.filter(county__in=counties) if counties else Uat.objects.all()
    return rows.order_by("name", "siruta")
