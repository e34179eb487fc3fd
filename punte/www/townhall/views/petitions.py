"""Sending a petition and following it, without an account."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.directory.models import Service
from punte.petitions import public_access as access
from punte.petitions.actions import Sent, add_message, send_petition
from punte.petitions.enums import EventKind
from punte.petitions.mail import FOLLOW_PATH, mailing
from punte.petitions.models import Petition
from punte.petitions.queries import addressees
from punte.petitions.terms import ANSWER, sentence
from punte.www.frame.access import attempt
from punte.www.frame.everybody import for_everybody
from punte.www.frame.uploads import client_address
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
    form = PetitionForm(request.POST or None, request.FILES or None, initial=initial, addressees=addressees())
    status = 200
    if request.method == "POST":
        status = 422
        if access.limit_reached(access.SEND, client_address(request)):
            form.add_error(
                None, _("Very many were sent from here in the last hour. Wait and send again, or call.")
            )
            status = _TOO_OFTEN
        elif form.is_valid() and (sent := _send(request, form, service)):
            return remember(redirect("petition_sent"), sent.petition, sent.code)
    context = {"section": "townhall", "form": form, "service": service}
    return render(request, "townhall/petition_send.html", context, status=status)


def _send(request: HttpRequest, form: PetitionForm, service: Service | None) -> Sent | None:
    organization = form.cleaned_data["organization"]
    sent = attempt(
        form,
        lambda: send_petition(
            organization=organization,
            letter=form.letter(service),
            sender=form.sender(),
            language=(get_language() or "ro")[:2],
        ),
    )
    if sent and not sent.again:
        access.count_attempt(access.SEND, client_address(request))
    return sent


def _service(request: HttpRequest) -> Service | None:
    """The service that the petition is about: of the link that led here."""
    try:
        asked = UUID(request.POST.get("service") or request.GET.get("serviciu") or "")
    except ValueError:
        return None
    return Service.objects.select_related("provider").filter(pk=asked).first()


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
    form = FollowForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            petition, status = _followed(request, form)
            if petition:
                return remember(redirect("petition_state"), petition)
    context = {"section": "townhall", "form": form}
    return render(request, "townhall/petition_follow.html", context, status=status)


def _followed(request: HttpRequest, form: FollowForm) -> tuple[Petition | None, int]:
    number, address = form.cleaned_data["number"].strip(), client_address(request)
    if access.limit_reached(access.FOLLOW, address) or access.limit_reached(access.FOLLOW_NUMBER, number):
        form.add_error(None, _("The code was wrong too many times. Wait an hour, or call the town hall."))
        return None, _TOO_OFTEN
    petition = access.follow(number, form.cleaned_data["code"])
    if petition is None:
        access.count_attempt(access.FOLLOW, address)
        access.count_attempt(access.FOLLOW_NUMBER, number)
        form.add_error(None, _("No petition has this number and this code. Check both and try again."))
    return petition, 422


@for_everybody(seconds=0, indexed=False)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def petition_state(request: HttpRequest) -> HttpResponse:
    """Where a petition stands, its answer, and a message to add."""
    found = opened(request)
    if found is None:
        return redirect("petition_follow")
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        petition, words = found.petition, form.cleaned_data["message"]
        if attempt(form, lambda: add_message(petition=petition, text=words)):
            return redirect("petition_state")
    return _page(
        request,
        "petition_state",
        found.petition,
        status=422 if request.method == "POST" else 200,
        form=form,
        events=found.petition.events.filter(kind__in=_SHOWN),
        attachments=found.petition.attachments.all(),
    )


@for_everybody(seconds=0, indexed=False)
@require_POST
def petition_leave(request: HttpRequest) -> HttpResponse:
    """Close the petition on this browser."""
    return forget(redirect("petition_follow"))


def _page(
    request: HttpRequest, template: str, petition: Petition, status: int = 200, **context: Any
) -> HttpResponse:
    shared = {
        "section": "townhall",
        "petition": petition,
        "term": sentence(ANSWER, petition),
        "late": petition.due_on is not None and petition.due_on < timezone.localdate(),
        "follow_url": request.build_absolute_uri(FOLLOW_PATH),
    }
    return render(request, f"townhall/{template}.html", {**shared, **context}, status=status)
