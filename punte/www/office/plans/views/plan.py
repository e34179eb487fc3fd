"""The list of plans, and the pages of one: what it comes to, its chapters, what the check finds."""

from typing import Any
from uuid import UUID

from django.db.models import Max
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.annual_plans.actions import prepare_plan
from punte.annual_plans.checks.remark import Weight
from punte.annual_plans.models import AnnualPlan, PlanVersion
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.form_page import FormPage, show
from punte.www.office.plans.forms.rows import ApproveForm, PrepareForm, ReopenForm, SubmitForm
from punte.www.office.plans.views.chapters import (
    CHAPTERS,
    FIRST,
    NO_SUMS,
    chapter_named,
    sums_of,
    tables_of,
)
from punte.www.office.plans.views.plan_page import WORKERS, PlanPage, by_row


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*WORKERS)
def plans(request: SignedIn) -> HttpResponse:
    """The plans by year; a plan for another year is started here."""
    writing = request.user.standing.organizations(Can.PLAN)
    own = Organization.objects.filter(pk__in=writing).order_by("name")
    form = FormPage(request, PrepareForm, organizations=own) if writing else None
    if form and form.attempt(lambda given: prepare_plan(by=request.user, **given)):
        return form.done(_("The draft of the plan is ready. Go through its chapters."), "plan", form.made.pk)
    found = (
        AnnualPlan.objects.visible_to(request.user)
        .select_related("organization")
        .annotate(newest=Max("versions__number"))
        # An aggregate puts the order of the model out of force.
        .order_by("-year", "organization__name", "pk")
    )
    return show(request, "office_plans/plans.html", plans=found, form=form)


@require_safe
@needs(*WORKERS)
def plan(request: SignedIn, pk: UUID) -> HttpResponse:
    """One plan: where it stands, what it comes to, what is to be done with it."""
    return overview(PlanPage.open(request, pk))


def overview(page: PlanPage, **tried: FormPage) -> HttpResponse:
    """The first page of a plan; `tried` is the form that was filled in wrongly, by its name."""
    content = page.content
    open_now = [remark for remark in page.remarks if remark.key not in page.plan.answers]
    errors = sum(remark.weight == Weight.ERROR for remark in open_now)
    shown: dict[str, Any] = {
        "submit_form": SubmitForm(initial={"note": page.plan.note}),
        "approve_form": ApproveForm(),
        "reopen_form": ReopenForm(),
        **tried,
    }
    return page.show(
        "plan",
        here="overview",
        sums=sums_of(content.services) or NO_SUMS,
        subsidies=sums_of(content.subsidies) or NO_SUMS,
        training=sums_of(content.training) or NO_SUMS,
        counts=[
            (chapter, sum(len(table.lines) for table in tables_of(chapter, content))) for chapter in CHAPTERS
        ],
        errors=errors,
        questions=len(open_now) - errors,
        versions=PlanVersion.objects.filter(plan=page.plan).select_related("by").defer("content"),
        **shown,
    )


@require_safe
@needs(*WORKERS)
def plan_chapter(request: SignedIn, pk: UUID, chapter: str = FIRST.slug) -> HttpResponse:
    """One chapter, with what the check finds beside its rows."""
    shown = chapter_named(chapter)
    page = PlanPage.open(request, pk)
    return page.show(
        "chapter",
        here=shown.slug,
        chapter=shown,
        content=page.content,
        tables=tables_of(shown, page.content),
        found=by_row(page.remarks),
        editable=page.edits,
    )
