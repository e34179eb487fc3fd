"""Sending a petition and following it, without an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.directory.models import Service
from punte.kernel.errors import DomainError
from punte.petitions import public_access as access
from punte.petitions.actions import Sent, add_message, send_petition
from punte.petitions.enums import EventKind
from punte.petitions.mail import FOLLOW_PATH, mailing
from punte.petitions.models import Petition
from punte.petitions.queries import addressees
from punte.petitions.terms import answer_rule, sentence
from punte.www.frame.asked import identifier_in
from punte.www.frame.client import client_address
from punte.www.frame.everybody import for_everybody
from punte.www.frame.form_page import FormPage, show
from punte.www.townhall.forms.petitions import FollowForm, MessageForm, PetitionForm
from punte.www.townhall.views.opened import forget, opened, remember

_SHOWN = (
    EventKind.RECEIVED,
    EventKind.ASSIGNED,
    EventKind.MESSAGE,
    EventKind.EXTENDED,
    EventKind.REDIRECTED,
    EventKind.ANSWERED,
    EventKind.CLOSED,
)
"""Of what happened, what the petitioner reads; notes and who it is about stay in the office."""
_TOO_OFTEN = 429


@for_everybody(seconds=0)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def petition_send(request: HttpRequest) -> HttpResponse:
    """The form; once sent, the number and the code."""
    service = _service(request)
    initial = {"organization": request.GET.get("institutie"), "kind": request.GET.get("fel")}
    form = FormPage(request, PetitionForm, initial=initial, addressees=addressees())
    shut = request.method == "POST" and access.limit_reached(access.SEND, client_address(request))
    if shut:
        said = _("Very many were sent from here in the last hour. Wait and send again, or call.")
        form.form.add_error(None, said)
    elif form.attempt(lambda _given: _send(request, form.form, service)):
        return remember(redirect("petition_sent"), form.made.petition, form.made.code)
    return form.show(
        "townhall/petition_send.html",
        status=_TOO_OFTEN if shut else None,
        section="townhall",
        heading=_("Send a request, a complaint or a petition"),
        service=service,
    )


def _send(request: HttpRequest, form: PetitionForm, service: Service | None) -> Sent:
    sent = send_petition(
        organization=form.cleaned_data["organization"],
        letter=form.letter(service),
        sender=form.sender(),
        language=(get_language() or "ro")[:2],
    )
    if not sent.again:
        access.count_attempt(access.SEND, client_address(request))
    return sent


def _service(request: HttpRequest) -> Service | None:
    """The service that the petition is about: of the link that led here."""
    asked = identifier_in(request.POST.get("service") or request.GET.get("serviciu"))
    return Service.objects.select_related("provider").filter(pk=asked).first() if asked else None


@for_everybody(seconds=0, indexed=False)
@require_safe
def petition_sent(request: HttpRequest) -> HttpResponse:
    """The number and the code, to be noted or printed; the code is shown on this browser alone, for half an hour."""
    found = opened(request)
    if found is None or not found.code:
        return redirect("petition_follow")
    told = bool(found.petition.email) and mailing()
    return _page(request, "petition_sent", found.petition, code=found.code, told=told)


@for_everybody(seconds=0)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def petition_follow(request: HttpRequest) -> HttpResponse:
    """Number and code open a petition."""
    form = FormPage(request, FollowForm)
    if form.attempt(lambda given: _followed(request, **given)):
        return remember(redirect("petition_state"), form.made)
    status = _TOO_OFTEN if isinstance(form.refused, _ShutDoor) else None
    return form.show("townhall/petition_follow.html", status=status, section="townhall")


class _ShutDoor(DomainError):
    """It was tried too often."""


def _followed(request: HttpRequest, number: str, code: str) -> Petition:
    number, address = number.strip(), client_address(request)
    if access.limit_reached(access.FOLLOW, address) or access.limit_reached(access.FOLLOW_NUMBER, number):
        raise _ShutDoor(_("The code was wrong too many times. Wait an hour, or call the town hall."))
    petition = access.follow(number, code)
    if petition is None:
        access.count_attempt(access.FOLLOW, address)
        access.count_attempt(access.FOLLOW_NUMBER, number)
        raise DomainError(_("No petition has this number and this code. Check both and try again."))
    return petition


@for_everybody(seconds=0, indexed=False)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def petition_state(request: HttpRequest) -> HttpResponse:
    """Where a petition stands, its answer, and a message to add."""
    found = opened(request)
    if found is None:
        return redirect("petition_follow")
    petition, form = found.petition, FormPage(request, MessageForm)
    if form.attempt(lambda given: add_message(petition=petition, text=given["message"])):
        return redirect("petition_state")
    return _page(
        request,
        "petition_state",
        petition,
        form=form,
        events=petition.events.filter(kind__in=_SHOWN),
        attachments=petition.attachments.all(),
    )


@for_everybody(seconds=0, indexed=False)
@require_POST
def petition_leave(request: HttpRequest) -> HttpResponse:
    """Close the petition on this browser."""
    return forget(redirect("petition_follow"))


def _page(request: HttpRequest, template: str, petition: Petition, **context: Any) -> HttpResponse:
    shared: dict[str, Any] = {
        "section": "townhall",
        "petition": petition,
        "term": sentence(answer_rule(petition), petition),
        "late": petition.due_on is not None and petition.due_on < timezone.localdate(),
        "follow_url": request.build_absolute_uri(FOLLOW_PATH),
    }
    return show(request, f"townhall/{template}.html", **shared, **context)
