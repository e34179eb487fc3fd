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
from punte.kernel.errors import DomainError
from punte.people.models import Household, Membership
from punte.www.frame.access import SignedIn, fetch, needs
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
        try:
            start_assessment(by=request.user, household=home)
        except DomainError as refused:
            messages.error(request, str(refused.message))
        return redirect("assess", home.pk)
    if draft is not None:
        # The page holds no answer; the door that it asks for them notes that they were read.
        return render(request, "office_assessments/questionnaire.html", {"household": home, "draft": draft})
    record_read(by=request.user, what="questionnaire", keeper=home.keeper_id, household=home.pk)
    context = {
        "household": home,
        "members": Membership.objects.current().filter(household=home).count(),
        "last": Assessment.objects.filter(household=home).select_related("by").first(),
    }
    return render(request, "office_assessments/before.html", context)


@require_http_methods(["GET", "POST"])
@needs(Capability.ASSESS)
def people(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who the new members are, where people like them are already on record."""
    draft = fetch(AssessmentDraft.objects.of_author(request.user).select_related("household"), pk=pk)
    instance = draft.instance.encode()
    try:
        asked = new_members(by=request.user, household=draft.household, instance=instance)
    except DomainError as refused:
        messages.error(request, str(refused.message))
        return redirect("assess", draft.household_id)
    form = PeopleForm(asked, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = send(request.user, draft, instance, form.decisions())
            return redirect("assessment", made.pk)
        except DomainError as refused:
            form.add_error(None, str(refused.message))
    home = draft.household
    record_read(by=request.user, what="questionnaire", keeper=home.keeper_id, household=home.pk)
    context = {"household": draft.household, "form": form}
    status = 422 if form.errors else 200
    return render(request, "office_assessments/people.html", context, status=status)


@require_POST
@needs(Capability.ASSESS)
def discard(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give up a questionnaire that was begun."""
    draft = fetch(AssessmentDraft.objects.of_author(request.user).select_related("household"), pk=pk)
    discard_draft(by=request.user, draft=draft)
    messages.success(request, _("The questionnaire was given up."))
    return redirect("household", draft.household_id)
