"""Opening a record in an emergency."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.people.actions import open_by_cnp, open_in_emergency
from punte.people.models import HouseholdSight
from punte.www.frame.access import SignedIn, attempt, needs
from punte.www.office.people.forms.people import CnpReasonForm, ReasonForm
from punte.www.office.people.views.desk import FormPage, household_to_see


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: SignedIn, pk: UUID) -> HttpResponse:
    """Open the work with a household that colleagues keep, for a day."""
    household = household_to_see(request, pk)
    if not request.user.standing.may(Capability.EMERGENCY):
        raise PermissionDenied
    page = _page(f"emergency-{pk}", reverse("household", args=[pk]), household.name)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = attempt(
            form, lambda: open_in_emergency(by=request.user, household=household, **form.cleaned_data)
        )
        if opened is not None:
            return _opened(request, page, opened)
    return page.show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.EMERGENCY)
def emergency_by_cnp(request: SignedIn) -> HttpResponse:
    """Open the household of somebody whose CNP one knows, kept by another institution, for a day."""
    page = _page("emergency", reverse("search"), _("Search"))
    form = CnpReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        opened = attempt(form, lambda: open_by_cnp(by=request.user, **said))
        if opened is not None:
            return _opened(request, page, opened)
    return page.show(request, form)


def _page(draft: str, back: str, back_to: str) -> FormPage:
    return FormPage(
        title=_("Open the record in an emergency"),
        button=_("Open for 24 hours"),
        draft=draft,
        back=back,
        back_to=back_to,
        intro=_(
            "For when somebody is in danger and waiting is not possible. The record opens for 24 hours. Your name, the"
            " hour and the reason are kept, and the data protection officer checks them."
        ),
    )


def _opened(request: SignedIn, page: FormPage, sight: HouseholdSight) -> HttpResponse:
    page.done(request)
    messages.warning(request, _("The record is open to you for 24 hours."))
    return redirect("household", pk=sight.household_id)
