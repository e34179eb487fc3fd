"""A sealed case taken along in the field: its team allows it for a while, and takes it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability as Can
from punte.accounts.verbs import record_read
from punte.cases.models import Case
from punte.cases.permission import may_with
from punte.fieldwork.actions.permits import allow_in_field, end_field_permit
from punte.fieldwork.models import FieldPermit
from punte.kernel.errors import DomainError
from punte.www.frame.access import SignedIn, attempt, fetch, needs
from punte.www.office.devices.forms.devices import PermitForm


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.SEE_TEAM_CASES, Can.SEE_ALL_CASES)
def case_in_field(request: SignedIn, pk: UUID) -> HttpResponse:
    """Whether a sealed case may be on the devices of its team, and until when."""
    case = fetch(Case.objects.visible_to(request.user).select_related("household", "person"), pk=pk)
    if not case.sealed:
        raise Http404
    if not may_with(request.user, case, Can.INTERVENE):
        raise PermissionDenied
    form = PermitForm(request.POST if request.POST.get("act") == "allow" else None)
    if request.method == "POST" and _acted(request, case, form):
        return redirect("case_in_field", pk=pk)
    record_read(
        by=request.user,
        what="case_in_field",
        keeper=case.keeper_id,
        household=case.household_id,
        subject=case.pk,
        sealed=True,
    )
    permit = FieldPermit.objects.current().filter(case=case).select_related("by").first()
    context: dict[str, Any] = {"case": case, "form": form, "permit": permit}
    status = 422 if request.method == "POST" else 200
    return render(request, "office_devices/case_in_field.html", context, status=status)


def _acted(request: SignedIn, case: Case, form: PermitForm) -> bool:
    if form.is_bound:
        if not form.is_valid():
            return False
        until = form.cleaned_data["until"]
        if attempt(form, lambda: allow_in_field(by=request.user, case=case, until=until)) is None:
            return False
        messages.success(
            request, _("The case may be taken along. Each worker of its team chooses it in Teren.")
        )
        return True
    try:
        end_field_permit(by=request.user, case=case)
    except DomainError as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("The case stays in the office. Devices forget it at their next contact."))
    return True
