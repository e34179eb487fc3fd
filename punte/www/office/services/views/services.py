"""A service of the directory as staff read it, and whether it has a place."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from punte.accounts.enums import Capability as Can
from punte.directory.actions import record_occupancy
from punte.directory.actions.occupancy import may_record_occupancy
from punte.directory.models import Service
from punte.directory.services.keepers import keeps
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.form_page import FormPage, show
from punte.www.office.services.forms.services import OccupancyForm

READERS = (Can.SEE_PEOPLE, Can.REFER, Can.SEE_TOTALS, Can.ANSWER_REFERRALS)
IMPORTERS = (Can.KEEP_DIRECTORY, Can.KEEP_SERVICES, Can.ANSWER_REFERRALS, Can.ASSIGN)


@require_safe
@needs(*READERS)
def service(request: SignedIn, pk: UUID) -> HttpResponse:
    """One service: who gives it, to whom, where, its places through time, and where it is named."""
    return _page(request, pk)


@require_POST
@needs(*READERS)
def occupancy(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say how many places are taken."""
    found = get_object_or_404(Service, pk=pk)
    if not may_record_occupancy(request.user, found):
        raise PermissionDenied
    form = FormPage(request, OccupancyForm)
    if form.attempt(lambda given: record_occupancy(by=request.user, service=found, **given)):
        return form.done(_("The places taken were noted."), "service", pk)
    return _page(request, pk, form)


def _page(request: SignedIn, pk: UUID, form: FormPage | None = None) -> HttpResponse:
    found = get_object_or_404(Service.objects.select_related("provider__uat", "code"), pk=pk)
    return show(
        request,
        "office_services/service.html",
        service=found,
        capacities=found.capacities.all(),
        history=found.occupancy.select_related("by")[:12],
        locations=found.locations.select_related("uat"),
        sources=found.sources.all(),
        keeps=keeps(request.user, found),
        waits=any(request.user.standing.may(one) for one in (Can.SEE_PEOPLE, Can.ANSWER_REFERRALS)),
        may_plan=request.user.standing.may(Can.PLAN),
        form=form or (OccupancyForm() if may_record_occupancy(request.user, found) else None),
    )
