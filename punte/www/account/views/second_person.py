"""The holder answers, with a recovery code, how their account may be opened again; nobody can be signed in for it."""

from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from punte.accounts.actions import grant_with_code, refuse_with_code
from punte.accounts.models import SecondPersonRequest
from punte.accounts.second_person import holder_may_agree, holder_may_refuse
from punte.www.frame.access import fetch
from punte.www.frame.form_page import FormPage

_PAGE = "account/second_person.html"


class CodeForm(forms.Form):
    """One of the codes that were printed when the second step was set up."""

    code = forms.CharField(
        label=_("Recovery code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def holder_answers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the mail to the holder leads to; it tells nothing about the account."""
    asked = fetch(SecondPersonRequest.objects.all(), pk=pk)
    form = FormPage(request, CodeForm)
    verb = refuse_with_code if "refuse" in request.POST else grant_with_code
    if form.attempt(lambda given: verb(asked=asked, code=given["code"])):
        return render(request, _PAGE, {"answered": True, "granted": form.made.granted})
    return form.show(
        _PAGE,
        answered=False,
        open=asked.is_waiting and holder_may_refuse(asked),
        may_agree=holder_may_agree(asked),
        about=asked.get_verb_display(),
    )
