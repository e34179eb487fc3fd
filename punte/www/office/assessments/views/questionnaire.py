"""The page on which a household is assessed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from punte.accounts.enums import Capability
from punte.accounts.verbs import record_read
from punte.assessments.actions import discard_draft, new_members, start_assessment
from punte.assessments.models import Assessment, AssessmentDraft
from punte.people.models import Household
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.assessments.forms.assessments import PeopleForm
from punte.www.office.assessments.views.send import send


@require_http_methods(["GET", "POST"])
@needs(Capability.ASSESS)
def assess(request: SignedIn, household: UUID) -> HttpResponse:
    """The questionnaire where one is begun; otherwise what there is to know before one begins it."""
    home = fetch(Household.objects.visible_to(request.user), pk=household)
    draft = (
        AssessmentDraft.objects.of_author(request.user).filter(household=home).select_related("pack").first()
    )
    if request.method == "POST" and draft is None:
        return Press(request).tell(
            lambda: start_assessment(by=request.user, household=home), "", "assess", home.pk
        )
    if draft is not None:
        # The page holds no answer; the door that it asks for them notes that they were read.
        return render(request, "office_assessments/questionnaire.html", {"household": home, "draft": draft})
    record_read(by=request.user, what="questionnaire", keeper=home.keeper_id, household=home.pk)
    context = {
        "household": home,
        "members": hidden_from(request.user).living().filter(household=home).count(),
        "last": Assessment.objects.filter(household=home).select_related("by").first(),
    }
    return render(request, "office_assessments/before.html", context)


@require_http_methods(["GET", "POST"])
@needs(Capability.ASSESS)
def people(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who the new members are, where people like them are already on record."""
    draft = fetch(AssessmentDraft.objects.of_author(request.user).select_related("household"), pk=pk)
    home, instance = draft.household, draft.instance.encode()
    press = Press(request)
    if not press.attempt(lambda: new_members(by=request.user, household=home, instance=instance)):
        messages.error(request, press.said)
        return redirect("assess", home.pk)
    form = FormPage(request, PeopleForm, members=press.made)
    if form.attempt(lambda _given: send(request.user, draft, instance, form.form.decisions())):
        return form.done("", "assessment", form.made.pk)
    record_read(by=request.user, what="questionnaire", keeper=home.keeper_id, household=home.pk)
    return form.show("office_assessments/people.html", household=home)


@require_POST
@needs(Capability.ASSESS)
def discard(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give up a questionnaire that was begun."""
    draft = fetch(AssessmentDraft.objects.of_author(request.user).select_related("household"), pk=pk)
    said = _("The questionnaire was given up.")
    return Press(request).tell(
        lambda: discard_draft(by=request.user, draft=draft), said, "household", draft.household_id
    )
