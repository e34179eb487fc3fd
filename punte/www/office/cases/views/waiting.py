"""Somebody of a household is put on the waiting list of a service."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.directory.models import Service
from punte.waiting.actions import put_on_list
from punte.www.frame.access import SignedIn
from punte.www.frame.case_page import CasePage
from punte.www.frame.form_page import FormPage
from punte.www.office.cases.forms.waiting import WaitingForm


@require_http_methods(["GET", "HEAD", "POST"])
def case_waiting_new(request: SignedIn, pk: UUID, service: UUID) -> HttpResponse:
    """Who waits, and for which reasons they come before others."""
    page = CasePage.open(request, pk, to=Capability.REFER)
    wanted = get_object_or_404(Service, pk=service)
    form = FormPage(request, WaitingForm, draft=f"waiting-{pk}-{service}", members=page.members)
    if form.attempt(lambda given: put_on_list(by=request.user, case=page.case, service=wanted, **given)):
        return form.done(_("The person waits for a place there."), "case_referrals", pk)
    page.read("case_waiting")
    return form.ask(
        _("Put on the waiting list"),
        back=reverse("case_referrals", args=[pk]),
        back_to=_("Referrals"),
        intro=str(wanted),
        button=_("Put on the list"),
    )
