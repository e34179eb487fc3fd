"""The waiting list of a service: who is next, offers, and how they were answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.verbs import record_read
from punte.directory.models import Service
from punte.waiting.actions import accept_offer, decline_offer, leave_service, offer_place, stop_waiting
from punte.waiting.models import WaitingEntry
from punte.waiting.permission import may_move
from punte.waiting.queue import queue_of, seen_of
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, show
from punte.www.office.services.forms.waiting import NoForm, WhyForm

READERS = (Can.SEE_PEOPLE, Can.ANSWER_REFERRALS)


@dataclass(frozen=True)
class Move:
    """What may be done with somebody who waits: its words, what it asks, and the verb."""

    title: str | Promise
    done: str | Promise
    form: type[Form]
    verb: Callable[..., Any]


MOVES = {
    "offer": Move(
        gettext_lazy("Offer the place"), gettext_lazy("The place is offered."), NoForm, offer_place
    ),
    "accept": Move(
        gettext_lazy("They take the place"),
        gettext_lazy("The place is taken; one less is free."),
        NoForm,
        accept_offer,
    ),
    "decline": Move(
        gettext_lazy("They do not want it"),
        gettext_lazy("The answer is written down; they keep their turn."),
        WhyForm,
        decline_offer,
    ),
    "withdraw": Move(
        gettext_lazy("Take off the list"), gettext_lazy("They wait no more."), WhyForm, stop_waiting
    ),
    "leave": Move(
        gettext_lazy("They left the service"),
        gettext_lazy("The place is free again."),
        NoForm,
        leave_service,
    ),
}


@require_safe
@needs(*READERS)
def service_waiting(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who waits for a place in a service."""
    found = get_object_or_404(Service.objects.select_related("provider"), pk=pk)
    rows = [(one, [(move, MOVES[move].title) for move in one.moves]) for one in queue_of(request.user, found)]
    record_read(by=request.user, what="service_waiting", keeper=found.provider_id, subject=found.pk)
    return show(request, "office_services/waiting.html", service=found, rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def waiting_move(request: SignedIn, pk: UUID, move: str) -> HttpResponse:
    """Offer somebody a place, or write down what they answered."""
    if move not in MOVES:
        raise Http404
    rows = WaitingEntry.objects.on_list_of(request.user).select_related("service", "case", "person")
    entry = fetch(rows, pk=pk)
    sees = entry.pk in seen_of(request.user, [entry])
    if not may_move(request.user, entry, sees=sees):
        raise PermissionDenied
    asked = MOVES[move]
    form = FormPage(request, asked.form)
    back = reverse("service_waiting", args=[entry.service_id])
    if form.attempt(lambda given: asked.verb(by=request.user, entry=entry, **given)):
        return form.done(str(asked.done), back)
    record_read(
        by=request.user,
        what="waiting_move",
        keeper=entry.case.keeper_id,
        subject=entry.pk,
        person=entry.person_id,
        sealed=entry.case.sealed,
    )
    whom = str(entry.person) if sees else _("Somebody on the list")
    return form.ask(
        asked.title,
        back=back,
        back_to=_("Waiting list"),
        button=asked.title,
        intro=f"{whom} · {entry.service}",
    )
