"""Telling of somebody who needs help, without an account and without a name.

Nothing of it stays with the browser: what is sent is answered on the spot, at the same address, and kept by nobody;
address and title are those of any form.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from punte.kernel.errors import DomainError
from punte.notifications.actions import Sent, add_words, opened_by, send_notification
from punte.notifications.queries import addressees
from punte.petitions import public_access as access
from punte.www.frame.client import client_address
from punte.www.frame.everybody import for_everybody
from punte.www.frame.form_page import FormPage, show
from punte.www.townhall.forms.telling import AddForm, TellForm

_TOO_OFTEN = 429


@for_everybody(seconds=0, indexed=False)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """The form; once sent, the number and the code, on the same page."""
    form = FormPage(request, TellForm, keepers=addressees())
    shut = request.method == "POST" and access.limit_reached(access.TELL, client_address(request))
    if shut:
        said = _("Very many were sent from here in the last hour. Call 112 or 119, or the town hall.")
        form.form.add_error(None, said)
    elif form.attempt(lambda _given: _send(request, form.form)):
        sent = form.made
        return show(
            request,
            "townhall/told.html",
            section="",
            notification=sent.notification,
            code=sent.code,
        )
    return form.show("townhall/tell.html", status=_TOO_OFTEN if shut else None, section="")


def _send(request: HttpRequest, form: TellForm) -> Sent:
    sent = send_notification(keeper=form.cleaned_data["keeper"], said=form.said(), notifier=form.notifier())
    if not sent.again:
        access.count_attempt(access.TELL, client_address(request))
    return sent


class _ShutDoor(DomainError):
    """It was tried too often."""


@for_everybody(seconds=0, indexed=False)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def tell_more(request: HttpRequest) -> HttpResponse:
    """Add what one remembers, with the number and the code; what was told before is shown to nobody."""
    form = FormPage(request, AddForm)
    if form.attempt(lambda given: _add(request, **given)):
        return show(request, "townhall/told_more.html", section="")
    status = _TOO_OFTEN if isinstance(form.refused, _ShutDoor) else None
    return form.show("townhall/tell_more.html", status=status, section="")


def _add(request: HttpRequest, number: str, code: str, text: str) -> None:
    number, address = number.strip(), client_address(request)
    if access.limit_reached(access.ADD, address) or access.limit_reached(access.ADD_NUMBER, number):
        raise _ShutDoor(_("The code was wrong too many times. Wait an hour, or call the town hall."))
    found = opened_by(number, code)
    if found is None:
        access.count_attempt(access.ADD, address)
        access.count_attempt(access.ADD_NUMBER, number)
        raise DomainError(_("Nothing has this number and this code. Check both and try again."))
    add_words(notification=found, text=text)
