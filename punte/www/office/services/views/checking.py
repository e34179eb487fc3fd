"""The directory as those keep it who answer for it: what providers propose, what grows stale."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.models import User
from punte.directory.actions import publish_proposal, refuse_proposal
from punte.directory.enums import ProposalStatus
from punte.directory.models import Proposal, Service
from punte.directory.proposals.comparing import lines_of
from punte.directory.proposals.lifecycle import seen_of, was_overtaken
from punte.directory.services.freshness import Owed
from punte.directory.services.keepers import in_territory, proposals_to_check, territory_of
from punte.directory.services.upkeep import Upkeep, upkeep_of
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.fields import writing
from punte.www.frame.form_page import FormPage

_PER_PAGE = 25
_LICENCE = "licence"


class DecisionForm(forms.Form):
    """Why a proposal is not published; the mark of what was published when it was read."""

    answer = forms.CharField(
        label=gettext_lazy("Why it is not published"),
        help_text=gettext_lazy("The provider reads it and can mend it."),
        max_length=2000,
        required=False,
        widget=writing(3),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


@dataclass(frozen=True)
class Stale:
    """A service of which something is late or soon due, and what."""

    service: Service
    owed: list[tuple[Owed, bool]]


@require_safe
@needs(Can.KEEP_DIRECTORY)
def service_checks(request: SignedIn) -> HttpResponse:
    """Proposals in the order in which they came; licences that end; services grown stale."""
    queue = list(_queue(request.user))
    rows = _watched(request.user)
    stale = [found for row in rows for found in [_stale(row, licences=False)] if found]
    stale.sort(key=lambda row: (row.owed[0][0].due_on, row.service.folded_name))
    licences = [found for row in rows for found in [_stale(row, licences=True)] if found]
    licences.sort(key=lambda row: (row.owed[0][0].due_on, row.service.folded_name))
    context = {
        "queue": queue,
        "licences": licences,
        "stale": Paginator(stale, _PER_PAGE).get_page(request.GET.get("p")),
        "total": len(rows),
        "fresh": len(rows) - sum(bool(row.late("provider")) for row in rows),
        "overdue": sum(bool(row.late("directory")) for row in rows),
    }
    return render(request, "office_services/checks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.KEEP_DIRECTORY)
def service_check(request: SignedIn, pk: UUID) -> HttpResponse:
    """One proposal, old and new side by side; a POST publishes or refuses it."""
    proposal = fetch(
        Proposal.objects.filter(proposals_to_check(request.user)).select_related(
            "service__provider", "organization", "by", "decided_by", "uat"
        ),
        pk=pk,
    )
    act = request.POST.get("act", "")
    if request.method == "POST" and act not in _ACTS:
        raise Http404
    form = FormPage(request, DecisionForm)
    if form.attempt(lambda given: _ACTS[act](request.user, proposal, given)):
        return form.done(_SAID[act](), "service_checks")
    waits = proposal.status == ProposalStatus.WAITING
    # There is no second version to lay beside: who comes too late reads what is published by now.
    return form.show(
        "office_services/check.html",
        status=422 if form.came_back else None,
        proposal=proposal,
        lines=lines_of(proposal),
        act=act,
        waits=waits,
        seen=seen_of(proposal),
        overtaken=waits and was_overtaken(proposal),
    )


_ACTS: dict[str, Callable[[User, Proposal, dict[str, Any]], Proposal]] = {
    "publish": lambda by, proposal, given: publish_proposal(by=by, proposal=proposal, seen=given["seen"]),
    "refuse": lambda by, proposal, given: refuse_proposal(by=by, proposal=proposal, answer=given["answer"]),
}
_SAID = {
    "publish": lambda: _("It is published."),
    "refuse": lambda: _("The provider sees why it is not published."),
}


def _queue(user: User) -> QuerySet[Proposal]:
    waiting = Proposal.objects.filter(proposals_to_check(user), status=ProposalStatus.WAITING)
    return waiting.select_related("service", "organization", "uat", "by").order_by("created_at", "id")


def _watched(user: User) -> list[Upkeep]:
    territory = territory_of(user)
    return upkeep_of(Service.objects.filter(in_territory(territory) if territory else Q(pk__in=[])))


def _stale(row: Upkeep, *, licences: bool) -> Stale | None:
    today = timezone.localdate()
    found: list[Any] = [
        (one, one.is_late(today)) for one in row.of("provider") if (one.duty.key == _LICENCE) == licences
    ]
    return Stale(row.service, found) if found else None
