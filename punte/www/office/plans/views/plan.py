"""The list of plans, and the pages of one: what it comes to, its chapters, what the check finds."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.annual_plans.actions import prepare_plan
from punte.annual_plans.checks.remark import Weight
from punte.annual_plans.models import AnnualPlan, PlanVersion
from punte.www.frame.access import SignedIn, attempt, needs
from punte.www.office.plans.forms.rows import ApproveForm, PrepareForm, ReopenForm, SubmitForm
from punte.www.office.plans.views.chapters import CHAPTERS, FIRST, chapter_named, sums_of, tables_of
from punte.www.office.plans.views.desk import WORKERS, PlanDesk, by_chapter, by_row


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*WORKERS)
def plans(request: SignedIn) -> HttpResponse:
    """The plans by year; a plan for another year is started here."""
    writing = request.user.standing.organizations(Can.PLAN)
    form = PrepareForm(request.POST or None, organizations=writing) if writing else None
    if request.method == "POST" and form is not None and form.is_valid():
        asked = form.cleaned_data
        made = attempt(form, lambda: prepare_plan(by=request.user, **asked))
        if made is not None:
            messages.success(request, _("The draft of the plan is ready. Go through its chapters."))
            return redirect("plan", pk=made.pk)
    found = (
        AnnualPlan.objects.visible_to(request.user)
        .select_related("organization")
        .annotate(newest=Max("versions__number"))
    )
    status = 422 if form is not None and form.errors else 200
    return render(request, "office_plans/plans.html", {"plans": found, "form": form}, status=status)


@require_safe
@needs(*WORKERS)
def plan(request: SignedIn, pk: UUID) -> HttpResponse:
    """One plan: where it stands, what it comes to, what is to be done with it."""
    return overview(PlanDesk.of(request, pk))


def overview(desk: PlanDesk, *, status: int = 200, **forms: object) -> HttpResponse:
    """The first page of a plan; `forms` are those that were filled in wrongly."""
    content = desk.content
    errors = sum(remark.weight == Weight.ERROR for remark in desk.remarks)
    context = desk.context(
        here="overview",
        sums=sums_of(content.services),
        subsidies=sums_of(content.subsidies),
        training=sums_of(content.training),
        counts=[
            (chapter, sum(len(table.lines) for table in tables_of(chapter, content))) for chapter in CHAPTERS
        ],
        errors=errors,
        questions=len(desk.remarks) - errors,
        versions=PlanVersion.objects.filter(plan=desk.plan).select_related("by").defer("content"),
        submit_form=forms.get("submit_form") or SubmitForm(initial={"note": desk.plan.note}),
        approve_form=forms.get("approve_form") or ApproveForm(),
        reopen_form=forms.get("reopen_form") or ReopenForm(),
    )
    return render(desk.request, "office_plans/plan.html", context, status=status)


@require_safe
@needs(*WORKERS)
def plan_chapter(request: SignedIn, pk: UUID, chapter: str = FIRST.slug) -> HttpResponse:
    """One chapter, with what the check finds beside its rows."""
    shown = chapter_named(chapter)
    desk = PlanDesk.of(request, pk)
    context = desk.context(
        here=shown.slug,
        chapter=shown,
        content=desk.content,
        tables=tables_of(shown, desk.content),
        found=by_row(desk.remarks),
        editable=desk.edits,
    )
    return render(request, "office_plans/chapter.html", context)


@require_safe
@needs(*WORKERS)
def plan_remarks(request: SignedIn, pk: UUID) -> HttpResponse:
    """What does not add up, by chapter; each place leads to its row."""
    desk = PlanDesk.of(request, pk)
    context = desk.context(here="remarks", groups=by_chapter(desk.remarks))
    return render(request, "office_plans/remarks.html", context)
