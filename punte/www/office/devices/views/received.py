"""Questionnaires that came from devices and wait for a person."""

from collections.abc import Sequence
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
from punte.fieldwork.actions.forms import (
    edited_meanwhile,
    members_of_form,
    mend_form,
    set_aside,
    settle_form,
)
from punte.fieldwork.enums import FormState
from punte.fieldwork.mending import answers_of
from punte.fieldwork.models import ReceivedForm
from punte.kernel.errors import EditedMeanwhile
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
    decide = _decide(request, kept, sent=not leaving_out)
    aside = FormPage(request, SetAsideForm, sent=leaving_out)
    if aside.attempt(lambda given: set_aside(by=request.user, form=kept, **given)):
        return aside.done(_("The questionnaire was set aside; it is kept as it came."), "received_forms")
    if decide.form.is_stale:
        return _as_it_stands(request, kept, typed=decide.form.typed)
    if decide.attempt(lambda _given: _settled(request.user, kept, decide.form)):
        said = _("The questionnaire is now an assessment.")
        return decide.done(said, "assessment", decide.made.assessment_id)
    if isinstance(decide.refused, EditedMeanwhile):
        return _as_it_stands(request, kept, typed=decide.form.typed)
    if decide.refused is not None and decide.form.mending.names:
        # What was corrected is kept, and may ask something else: the page begins anew from it.
        return decide.done(decide.said, "received_form", kept.pk, level=messages.ERROR)
    return _page(request, kept, decide=decide, aside=aside)


def _decide(request: SignedIn, kept: ReceivedForm, *, sent: bool) -> FormPage:
    return FormPage(
        request,
        MendForm,
        sent=sent,
        members=members_of_form(kept, by=request.user),
        answers=answers_of(kept) if kept.state == FormState.WAITING else [],
        refused=kept.refused,
        reason=kept.reason,
        edition=kept.edition,
    )


def _as_it_stands(request: SignedIn, kept: ReceivedForm, *, typed: list[str]) -> HttpResponse:
    """The page anew, with what was typed beside it: where it was meant to go may be another member by now."""
    kept.refresh_from_db()
    decide = _decide(request, kept, sent=False)
    aside = FormPage(request, SetAsideForm, sent=False)
    return _page(
        request, kept, decide=decide, aside=aside, stale=str(edited_meanwhile().message), typed=typed
    )


def _page(
    request: SignedIn,
    kept: ReceivedForm,
    *,
    decide: FormPage,
    aside: FormPage,
    stale: str = "",
    typed: Sequence[str] = (),
) -> HttpResponse:
    shown = {"form": kept, "decide": decide, "aside": aside, "stale": stale, "typed": typed}
    return show(request, "office_devices/received_form.html", status=409 if stale else None, **shown)


def _settled(user: User, kept: ReceivedForm, form: MendForm) -> ReceivedForm:
    """What was corrected is kept even if something else still stands against the form."""
    seen = form.cleaned_data["seen"]
    if form.mending.names:
        seen = mend_form(by=user, form=kept, mending=form.mending, seen=seen).edition
    return settle_form(by=user, form=kept, decisions=form.decisions, seen=seen)
