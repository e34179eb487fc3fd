"""Questionnaires that came from devices and wait for a person."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.models import User
from punte.accounts.verbs import record_read
from punte.fieldwork.actions.forms import members_of_form, mend_form, set_aside, settle_form
from punte.fieldwork.enums import FormState
from punte.fieldwork.mending import answers_of
from punte.fieldwork.models import ReceivedForm
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, show
from punte.www.office.devices.forms.devices import MendForm, SetAsideForm

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
    answers = answers_of(kept) if kept.state == FormState.WAITING else []
    decide = FormPage(
        request,
        MendForm,
        sent=not leaving_out,
        members=members,
        answers=answers,
        refused=kept.refused,
        reason=kept.reason,
    )
    aside = FormPage(request, SetAsideForm, sent=leaving_out)
    if aside.attempt(lambda given: set_aside(by=request.user, form=kept, **given)):
        return aside.done(_("The questionnaire was set aside; it is kept as it came."), "received_forms")
    if decide.attempt(lambda _given: _settled(request.user, kept, decide.form)):
        said = _("The questionnaire is now an assessment.")
        return decide.done(said, "assessment", decide.made.assessment_id)
    if decide.refused is not None and decide.form.mending.names:
        # What was corrected is kept, and may ask something else: the page begins anew from it.
        return decide.done(decide.said, "received_form", kept.pk, level=messages.ERROR)
    return show(request, "office_devices/received_form.html", form=kept, decide=decide, aside=aside)


def _settled(user: User, kept: ReceivedForm, form: MendForm) -> ReceivedForm:
    """What was corrected is kept even if something else still stands against the form."""
    if form.mending.names:
        mend_form(by=user, form=kept, mending=form.mending)
    return settle_form(by=user, form=kept, decisions=form.decisions)
