"""Services as those keep them who give them: what needs doing, the places in one tap, still true."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
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
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, Press, show
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
    return _page(request, kept(request, pk))


@require_POST
@needs(*KEEPERS)
def own_service_places(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say how many places are taken and how many people wait; `step` moves the number by one."""
    service = kept(request, pk)
    form = FormPage(request, PlacesForm, data=_stepped(request, service))
    if form.attempt(lambda given: record_occupancy(by=request.user, service=service, **given)):
        return form.done(_("The places were updated; everybody sees them now."), "own_service", pk)
    return _page(request, service, places=form)


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
    service = kept(request, pk)
    said = _("Thank you. The public page shows that it was confirmed today.")
    return Press(request).tell(
        lambda: confirm_service(by=request.user, service=service), said, "own_service", pk
    )


@require_POST
@needs(*KEEPERS)
def own_service_capacity(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say how many the service can serve in a year."""
    service = kept(request, pk)
    form = FormPage(request, CapacityForm)
    if form.attempt(lambda given: record_capacity(by=request.user, service=service, **given)):
        return form.done(_("The capacity was noted."), "own_service", pk)
    return _page(request, service, capacity=form)


def _page(request: SignedIn, service: Service, **tried: FormPage) -> HttpResponse:
    """The page of one service; `tried` is the form that was not accepted, by its name."""
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
        "places": PlacesForm(initial={"taken": full.taken, "waiting": full.waiting}),
        "capacity": CapacityForm(
            initial={"year": today.year, "value": full.places, "unit": full.places_unit}
        ),
        "published": [(label_of(name), in_words(name, details[name])) for name in FIELDS if name != "name"],
        "locations": full.locations.select_related("uat"),
        "waiting": [(one, lines_of(one)) for one in proposals.filter(status=ProposalStatus.WAITING)],
        "settled": proposals.exclude(status=ProposalStatus.WAITING).order_by("-decided_at")[:_SETTLED_SHOWN],
        "history": full.occupancy.select_related("by")[:8],
        "status_now": full.statuses.filter(end=None).first(),
        **tried,
    }
    return show(request, "partner/service.html", **context)
