"""A sealed case taken along in the field: its team allows it for a while, and takes it back."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability as Can
from punte.accounts.verbs import record_read
from punte.cases.models import Case
from punte.cases.permission import may_with
from punte.fieldwork.actions.permits import allow_in_field, end_field_permit
from punte.fieldwork.models import FieldPermit
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, Press
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
    allowing = request.POST.get("act") == "allow"
    if request.method == "POST" and not allowing:
        said = _("The case stays in the office. Devices forget it at their next contact.")
        return Press(request).tell(
            lambda: end_field_permit(by=request.user, case=case), said, "case_in_field", pk
        )
    form = FormPage(request, PermitForm)
    if form.attempt(lambda given: allow_in_field(by=request.user, case=case, **given)):
        said = _("The case may be taken along. Each worker of its team chooses it in Teren.")
        return form.done(said, "case_in_field", pk)
    record_read(
        by=request.user,
        what="case_in_field",
        keeper=case.keeper_id,
        household=case.household_id,
        subject=case.pk,
        case=case.pk,
        sealed=True,
    )
    permit = FieldPermit.objects.current().filter(case=case).select_related("by").first()
    return form.show("office_devices/case_in_field.html", case=case, permit=permit)
