"""Services as those keep them who give them: what needs doing, the places in one tap, still true."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.models import User
from punte.directory.actions import confirm_service, record_capacity, record_occupancy
from punte.directory.enums import ProposalStatus
from punte.directory.models import Proposal, Service
from punte.directory.proposals.comparing import in_words, label_of, lines_of
from punte.directory.services.details import FIELDS, details_of
from punte.directory.services.keepers import in_territory, kept_by, proposals_of, territory_of
from punte.directory.services.upkeep import Upkeep, known_of, upkeep_of, with_what_grows_stale
from punte.www.frame.access import SignedIn, attempt, fetch, needs
from punte.www.partner.forms.services import CapacityForm, PlacesForm

KEEPERS = (Can.KEEP_SERVICES,)
_SETTLED_SHOWN = 3


def within_reach(user: User) -> Q:
    """The condition that the account may keep a service: its own, or one of its place that nobody took over."""
    territory = territory_of(user)
    mine = kept_by(user)
    return mine | (Q(claimed_on=None) & in_territory(territory)) if territory else mine


def kept(request: SignedIn, pk: UUID) -> Service:
    """The service, if it is the account's to keep; else there is none."""
    return fetch(Service.objects.filter(within_reach(request.user)).select_related("provider", "code"), pk=pk)


@require_safe
@needs(*KEEPERS)
def own_services(request: SignedIn) -> HttpResponse:
    """The services of the account's organisations, those of which something must be said first."""
    own = Service.objects.filter(kept_by(request.user)).prefetch_related("capacities")
    rows = sorted(upkeep_of(own), key=_urgency)
    proposals = Proposal.objects.filter(proposals_of(request.user)).select_related("service", "uat")
    context = {
        "rows": rows,
        "late": sum(bool(row.late("provider")) for row in rows),
        "waiting": proposals.filter(status=ProposalStatus.WAITING),
        "refused": _refused_last(proposals),
        "several": len({row.service.provider_id for row in rows}) > 1,
    }
    return render(request, "partner/services.html", context)


def _urgency(row: Upkeep) -> tuple[bool, bool, str]:
    return not row.late("provider"), not row.of("provider"), row.service.folded_name


def _refused_last(proposals: Any) -> list[Proposal]:
    """Refusals of the last month, by their newest."""
    month_ago = timezone.now() - dt.timedelta(days=31)
    return list(
        proposals.filter(status=ProposalStatus.REFUSED, decided_at__gte=month_ago).order_by("-decided_at")
    )


@require_safe
@needs(*KEEPERS)
def own_service(request: SignedIn, pk: UUID) -> HttpResponse:
    """One service: its places first, then what needs doing and what is published."""
    return page(request, kept(request, pk))


@require_POST
@needs(*KEEPERS)
def own_service_places(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say how many places are taken and how many people wait; `step` moves the number by one."""
    service = kept(request, pk)
    form = PlacesForm(_stepped(request, service))
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: record_occupancy(by=request.user, service=service, **given)):
            messages.success(request, _("The places were updated; everybody sees them now."))
            return redirect("own_service", pk=pk)
    return page(request, service, places=form, status=422)


def _stepped(request: SignedIn, service: Service) -> dict[str, Any]:
    given = request.POST.dict()
    if given.get("step") in ("1", "-1"):
        given["taken"] = str(max((service.taken or 0) + int(given["step"]), 0))
        given.pop("waiting", None)
    return given


@require_POST
@needs(*KEEPERS)
def own_service_confirm(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that what is published is still true."""
    confirm_service(by=request.user, service=kept(request, pk))
    messages.success(request, _("Thank you. The public page shows that it was confirmed today."))
    return redirect("own_service", pk=pk)


@require_POST
@needs(*KEEPERS)
def own_service_capacity(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say how many the service can serve in a year."""
    service = kept(request, pk)
    form = CapacityForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: record_capacity(by=request.user, service=service, **given)):
            messages.success(request, _("The capacity was noted."))
            return redirect("own_service", pk=pk)
    return page(request, service, capacity=form, status=422)


def page(
    request: SignedIn,
    service: Service,
    *,
    places: forms.Form | None = None,
    capacity: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one service, with a form that was not accepted, if there is one."""
    found = with_what_grows_stale(Service.objects.filter(pk=service.pk)).select_related("provider", "code")
    full: Any = found.get()
    today = timezone.localdate()
    watch = Upkeep(full, known_of(full), today)
    details = details_of(full)
    proposals = full.proposals.filter(proposals_of(request.user)).select_related("by", "decided_by")
    context = {
        "service": full,
        "own": request.user.standing.may(Can.KEEP_SERVICES, full.provider_id),
        "to_do": watch.to_do,
        "places": places or PlacesForm(initial={"taken": full.taken, "waiting": full.waiting}),
        "capacity": capacity
        or CapacityForm(initial={"year": today.year, "value": full.places, "unit": full.places_unit}),
        "failed": next((form for form in (places, capacity) if form is not None), None),
        "published": [(label_of(name), in_words(name, details[name])) for name in FIELDS if name != "name"],
        "locations": full.locations.select_related("uat"),
        "waiting": [(one, lines_of(one)) for one in proposals.filter(status=ProposalStatus.WAITING)],
        "settled": proposals.exclude(status=ProposalStatus.WAITING).order_by("-decided_at")[:_SETTLED_SHOWN],
        "history": full.occupancy.select_related("by")[:8],
        "status_now": full.statuses.filter(end=None).first(),
    }
    return render(request, "partner/service.html", context, status=status)
