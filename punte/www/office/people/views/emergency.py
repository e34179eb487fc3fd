"""Opening a record in an emergency."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.people.actions import look_in_vain, open_by_cnp, open_in_emergency
from punte.people.models import Household, HouseholdSight
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.form_page import FormPage
from punte.www.office.people.forms.people import CnpReasonForm, ReasonForm
from punte.www.office.people.views.people_pages import HouseholdPage
from punte.www.office.people.views.record import colleagues_case

_WORDS: dict[str, Any] = {
    "title": gettext_lazy("Open the record in an emergency"),
    "button": gettext_lazy("Open for 24 hours"),
    "intro": gettext_lazy(
        "For when somebody is in danger and waiting is not possible. The record opens for 24 hours. Your name, the"
        " hour and the reason are kept, and the data protection officer checks them."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: SignedIn, pk: UUID) -> HttpResponse:
    """Open the work with a household that colleagues keep, for a day."""
    page = HouseholdPage.open(request, pk)
    if not request.user.standing.may(Capability.EMERGENCY):
        raise PermissionDenied
    form = FormPage(request, ReasonForm, draft=f"emergency-{pk}")
    if form.attempt(lambda given: _colleagues_work(request, page.household, **given)):
        return _opened(form)
    return page.ask(form, **_WORDS)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.EMERGENCY)
def emergency_by_cnp(request: SignedIn) -> HttpResponse:
    """Open the household of somebody whose CNP one knows, kept by another institution, for a day."""
    form = FormPage(request, CnpReasonForm, draft="emergency")
    if form.attempt(lambda given: open_by_cnp(by=request.user, **given)):
        return _opened(form)
    return form.ask(**_WORDS, back=reverse("search"), back_to=_("Search"))


def _colleagues_work(request: SignedIn, household: Household, reason: str) -> HouseholdSight:
    """Whether a sealed case stands behind the household, or none at all, the door says the same."""
    known = colleagues_case(request.user, household)
    if known is None and not household.sealed:
        return look_in_vain(by=request.user, household=household, reason=reason)
    return open_in_emergency(by=request.user, household=household, reason=reason)


def _opened(form: FormPage) -> HttpResponse:
    said = _("The record is open to you for 24 hours.")
    return form.done(said, "household", form.made.household_id, level=messages.WARNING)
