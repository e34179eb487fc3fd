"""What people think of a service: a short form without an account, without JavaScript, without a name."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from punte.petitions import public_access as access
from punte.satisfaction.actions import give_opinion, open_sheet
from punte.satisfaction.forms_of_services import form_of
from punte.satisfaction.models import OpinionSheet
from punte.www.frame.client import client_address
from punte.www.frame.everybody import for_everybody
from punte.www.frame.form_page import FormPage, show
from punte.www.public.forms.opinion import OpinionCodeForm, SayForm

_TOO_OFTEN = 429


@for_everybody(seconds=0)
@require_http_methods(["GET", "HEAD", "POST"])
def opinion_code(request: HttpRequest) -> HttpResponse:
    """The code is typed here, where the square code cannot be read."""
    form = FormPage(request, OpinionCodeForm)
    who = client_address(request)
    if request.method == "POST" and form.form.is_valid():
        if access.limit_reached(access.OPINION, who):
            form.form.add_error(None, _("Very many were sent from here. Try again in an hour."))
            return form.show("public/opinion_code.html", status=_TOO_OFTEN, section="help")
        sheet = open_sheet(form.form.cleaned_data["code"])
        if sheet is not None:
            return redirect("opinion", sheet.code)
        access.count_attempt(access.OPINION, who)
        form.form.add_error("code", _("This code opens nothing. Look at the paper again."))
    return form.show("public/opinion_code.html", section="help")


@for_everybody(seconds=0, indexed=False)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, code: str) -> HttpResponse:
    """The questions of the service whose code it is."""
    sheet = open_sheet(code)
    if sheet is None:
        raise Http404
    form = FormPage(request, SayForm, asked=form_of(sheet.service))
    who = client_address(request)
    context: dict[str, Any] = {"section": "help", "service": sheet.service}
    if request.method == "POST" and access.limit_reached(access.OPINION, who):
        form.form.add_error(None, _("Very many were sent from here. Try again in an hour."))
        return form.show("public/opinion.html", status=_TOO_OFTEN, **context)
    if form.attempt(lambda _given: _give(sheet, form.form, who)):
        return redirect("opinion_thanks")
    return form.show("public/opinion.html", **context)


@for_everybody(indexed=False)
@require_safe
def opinion_thanks(request: HttpRequest) -> HttpResponse:
    """It has arrived."""
    return show(request, "public/opinion_thanks.html", section="help")


def _give(sheet: OpinionSheet, form: SayForm, who: str) -> None:
    answers, words = form.given()
    give_opinion(sheet=sheet, answers=answers, words=words)
    access.count_attempt(access.OPINION, who)
