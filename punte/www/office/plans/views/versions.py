"""Approved versions: as they were frozen, and what changed between two."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from punte.annual_plans.content import PlanContent
from punte.annual_plans.models import PlanVersion
from punte.annual_plans.queries import content_in_force
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.asked import number_in
from punte.www.office.plans.views.chapters import FIRST, chapter_named, tables_of
from punte.www.office.plans.views.comparing import compare
from punte.www.office.plans.views.plan_page import WORKERS, PlanPage


@require_safe
@needs(*WORKERS)
def plan_version(request: SignedIn, pk: UUID, number: int, chapter: str = FIRST.slug) -> HttpResponse:
    """A chapter of a version as it was approved."""
    shown = chapter_named(chapter)
    page = PlanPage.open(request, pk)
    version = _version(page, number)
    content = content_in_force(version)
    return page.show(
        "version",
        version=version,
        here=shown.slug,
        chapter=shown,
        content=content,
        tables=tables_of(shown, content),
        found={},
        editable=False,
    )


@require_safe
@needs(*WORKERS)
def plan_compare(request: SignedIn, pk: UUID) -> HttpResponse:
    """What changed from one version (`de`) to another (`la`), or to what the plan says now."""
    page = PlanPage.open(request, pk)
    versions = list(PlanVersion.objects.filter(plan=page.plan).defer("content", "remarks"))
    if not versions:
        raise Http404
    first = number_in(request.GET.get("de"), otherwise=versions[0].number)
    second = number_in(request.GET.get("la"))
    return page.show(
        "compare",
        here="compare",
        versions=versions,
        first=first,
        second=second,
        differences=compare(_content(page, first), _content(page, second)),
    )


def _content(page: PlanPage, number: int) -> PlanContent:
    """What a version says; 0 is what the plan says now."""
    return content_in_force(_version(page, number)) if number else page.content


def _version(page: PlanPage, number: int) -> PlanVersion:
    return fetch(PlanVersion.objects.filter(plan=page.plan).select_related("by"), number=number)
