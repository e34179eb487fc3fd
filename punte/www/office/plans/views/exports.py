"""The plan as a file: as it stands now, as a version was approved, and for everybody."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from punte.annual_plans.enums import PlanStatus
from punte.annual_plans.models import AnnualPlan, PlanVersion
from punte.annual_plans.papers.export import PLAN_CONTENT_TYPES, export_draft, export_version, file_name
from punte.annual_plans.queries import version_in_force
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.download import file_response
from punte.www.office.plans.views.plan_page import WORKERS, PlanPage


@require_safe
@needs(*WORKERS)
def plan_file(request: SignedIn, pk: UUID, file_format: str) -> HttpResponse:
    """The plan as it stands: the version in force where it is approved, else the draft, which says so."""
    plan = PlanPage.open(request, pk).plan
    _require_known(file_format)
    version = version_in_force(plan) if plan.status == PlanStatus.APPROVED else None
    content = export_version(version, file_format) if version else export_draft(plan, file_format)
    return _file(plan, file_format, content)


@require_safe
@needs(*WORKERS)
def plan_version_file(request: SignedIn, pk: UUID, number: int, file_format: str) -> HttpResponse:
    """A version as it was approved."""
    plan = PlanPage.open(request, pk).plan
    _require_known(file_format)
    version = fetch(PlanVersion.objects.filter(plan=plan), number=number)
    return _file(plan, file_format, export_version(version, file_format))


@login_not_required
@require_safe
def plan_public_file(_request: SignedIn, version: UUID, file_format: str) -> HttpResponse:
    """An approved version, for anybody: the plan is a public paper (Law 544/2001 art. 5)."""
    _require_known(file_format)
    found = get_object_or_404(PlanVersion.objects.select_related("plan"), pk=version)
    return _file(found.plan, file_format, export_version(found, file_format))


def _require_known(file_format: str) -> None:
    if file_format not in PLAN_CONTENT_TYPES:
        raise Http404


def _file(plan: AnnualPlan, file_format: str, content: bytes) -> HttpResponse:
    return file_response(content, PLAN_CONTENT_TYPES[file_format], file_name(plan, file_format))
