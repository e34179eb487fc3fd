"""A page on which a child asks for help with few words: no account, no JavaScript, nothing in the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from punte.notifications.actions import call_for_help
from punte.notifications.queries import addressees
from punte.petitions import public_access as access
from punte.www.family.forms.families import ChildForm
from punte.www.frame.client import client_address
from punte.www.frame.everybody import for_everybody
from punte.www.frame.form_page import FormPage, show

_TOO_OFTEN = 429


@for_everybody(seconds=0)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def child_help(request: HttpRequest) -> HttpResponse:
    """One tick or one word is enough."""
    form = FormPage(request, ChildForm, addressees=addressees())
    who = client_address(request)
    if request.method == "POST" and access.limit_reached(access.TELL, who):
        form.form.add_error(None, _("Very many were sent from here. Call 119: it is free, day and night."))
        return form.show("family/child.html", status=_TOO_OFTEN, section="help")
    if form.attempt(lambda _given: _sent(form.form, who)):
        return redirect("child_help_sent")
    return form.show("family/child.html", section="help")


def _sent(form: ChildForm, who: str) -> bool:
    given = form.cleaned_data
    sent = call_for_help(
        keeper=given["organization"], said=form.said(), reached=given["reached"], token=given["token"]
    )
    if not sent.again:
        access.count_attempt(access.TELL, who)
    return True


@for_everybody(seconds=0, indexed=False)
@require_safe
def child_help_sent(request: HttpRequest) -> HttpResponse:
    """What happens next; nothing of what was written."""
    return show(request, "family/child_sent.html", section="help")
