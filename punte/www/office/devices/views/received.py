"""Questionnaires that came from devices and wait for a person."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.verbs import record_read
from punte.fieldwork.actions.forms import members_of_form, set_aside, settle_form
from punte.fieldwork.enums import FormState
from punte.fieldwork.models import ReceivedForm
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, show
from punte.www.office.devices.forms.devices import DecisionsForm, SetAsideForm

_PER_PAGE = 25


@require_safe
@needs(Can.ASSESS)
def received_forms(request: SignedIn) -> HttpResponse:
    """What devices sent, those that wait first."""
    seen = ReceivedForm.objects.visible_to(request.user).select_related("device__owner")
    page = Paginator(seen.exclude(state=FormState.WAITING), _PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "office_devices/received.html", {"waiting": seen.waiting(), "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.ASSESS)
def received_form(request: SignedIn, pk: UUID) -> HttpResponse:
    """Why one waits; say who its people are, try again, or leave it out."""
    kept = fetch(ReceivedForm.objects.visible_to(request.user).select_related("device__owner"), pk=pk)
    record_read(
        by=request.user,
        what="received_form",
        keeper=kept.device.organization_id,
        household=kept.household,
        subject=kept.pk,
    )
    leaving_out = request.POST.get("act") == "aside"
    members = members_of_form(kept, by=request.user)
    decide = FormPage(request, DecisionsForm, sent=not leaving_out, members=members)
    aside = FormPage(request, SetAsideForm, sent=leaving_out)
    if aside.attempt(lambda given: set_aside(by=request.user, form=kept, **given)):
        return aside.done(_("The questionnaire was set aside; it is kept as it came."), "received_forms")
    if decide.attempt(
        lambda _given: settle_form(by=request.user, form=kept, decisions=decide.form.decisions)
    ):
        said = _("The questionnaire is now an assessment.")
        return decide.done(said, "assessment", decide.made.assessment_id)
    return show(request, "office_devices/received_form.html", form=kept, decide=decide, aside=aside)
