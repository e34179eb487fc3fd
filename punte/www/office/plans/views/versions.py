"""Approved versions: as they were frozen, and what changed between two."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from punte.annual_plans.content import PlanContent
from punte.annual_plans.models import PlanVersion
from punte.annual_plans.queries import content_in_force
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.office.plans.views.chapters import FIRST, chapter_named, tables_of
from punte.www.office.plans.views.comparing import compare
from punte.www.office.plans.views.desk import WORKERS, PlanDesk


@require_safe
@needs(*WORKERS)
def plan_version(request: SignedIn, pk: UUID, number: int, chapter: str = FIRST.slug) -> HttpResponse:
    """A chapter of a version as it was approved."""
    shown = chapter_named(chapter)
    desk = PlanDesk.of(request, pk)
    version = _version(desk, number)
    content = content_in_force(version)
    context = desk.context(
        version=version,
        here=shown.slug,
        chapter=shown,
        content=content,
        tables=tables_of(shown, content),
        found={},
        editable=False,
    )
    return render(request, "office_plans/version.html", context)


@require_safe
@needs(*WORKERS)
def plan_compare(request: SignedIn, pk: UUID) -> HttpResponse:
    """What changed from one version (`de`) to another (`la`), or to what the plan says now."""
    desk = PlanDesk.of(request, pk)
    versions = list(PlanVersion.objects.filter(plan=desk.plan).defer("content", "remarks"))
    if not versions:
        raise Http404
    first = _number(request.GET.get("de", ""), default=versions[0].number)
    second = _number(request.GET.get("la", ""), default=0)
    before = _content(desk, first)
    after = _content(desk, second)
    context = desk.context(
        here="compare",
        versions=versions,
        first=first,
        second=second,
        differences=compare(before, after),
    )
    return render(request, "office_plans/compare.html", context)


def _content(desk: PlanDesk, number: int) -> PlanContent:
    """What a version says; 0 is what the plan says now."""
    return content_in_force(_version(desk, number)) if number else desk.content


def _version(desk: PlanDesk, number: int) -> PlanVersion:
    return fetch(PlanVersion.objects.filter(plan=desk.plan).select_related("by"), number=number)


def _number(text: str, *, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else default
