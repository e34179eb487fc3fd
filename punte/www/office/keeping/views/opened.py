"""What a student or a volunteer reads: the parts of cases that their supervisor opened, and nothing else."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability, Compartment
from punte.accounts.verbs import record_read
from punte.gatherings.models import Opened
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.form_page import show
from punte.www.office.keeping.views.shared import parts_of


@require_safe
@needs(Capability.READ_OPENED)
def opened_records(request: SignedIn) -> HttpResponse:
    """All that is open to the account today."""
    return show(request, "office_keeping/opened_records.html", rows=Opened.objects.read_by(request.user))


@require_safe
@needs(Capability.READ_OPENED)
def opened_record(request: SignedIn, pk: UUID) -> HttpResponse:
    """The parts of one case that were opened, of the general record."""
    found = next((one for one in Opened.objects.read_by(request.user) if one.pk == pk), None)
    if found is None:
        raise Http404
    case = found.case
    record_read(
        by=request.user,
        what="opened_record",
        keeper=case.keeper_id,
        household=case.household_id,
        case=case.pk,
        subject=found.pk,
    )
    return show(
        request,
        "office_keeping/shared.html",
        sharing={"until": found.until, "what_for": found.why},
        household=case.household,
        own=None,
        opened_by=_("opened by %(name)s") % {"name": found.placement.supervisor.name},
        **parts_of(request.user, case.household_id, found.parts, {Compartment.GENERAL}),
    )
