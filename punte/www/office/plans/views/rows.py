"""Rows of a plan are written one at a time, so that several people work on it at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from punte.accounts.enums import Capability as Can
from punte.annual_plans.actions import add_row, change_plan, change_row, remove_row
from punte.annual_plans.editing import PLAN_FIELDS, values_of
from punte.annual_plans.models import MODEL_OF, PlanRow
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.asked import identifier_in, number_in
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.plans.forms.rows import PlanForm, RowForm, as_typed
from punte.www.office.plans.views.chapters import chapter_of, section_named
from punte.www.office.plans.views.comparing import both_sides
from punte.www.office.plans.views.plan_page import PlanPage


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def plan_row(request: SignedIn, pk: UUID, section: str, row: UUID) -> HttpResponse:
    """Change a row; somebody else's change made meanwhile is shown beside one's own."""
    page = PlanPage.open(request, pk)
    found = _row(page, section, row)
    form = _form_of(page, found)
    if form.attempt(
        lambda given: change_row(
            by=request.user, row=found, revision=given["revision"], values=form.form.values
        )
    ):
        return form.done(_("The row was saved."), _place(page, section, found))
    return _page(page, form, section=section, row=found)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def plan_row_new(request: SignedIn, pk: UUID, section: str) -> HttpResponse:
    """Add a row to a section, at its end or after the row that the address names."""
    page = PlanPage.open(request, pk)
    where = section_named(section)
    form = FormPage(
        request,
        RowForm,
        draft=f"plan-new-{pk}-{section}",
        model=MODEL_OF[where],
        plan=page.plan,
        initial={"revision": 1},
    )
    after = identifier_in(request.GET.get("dupa"))
    if form.attempt(
        lambda given: add_row(
            by=request.user, plan=page.plan, section=where, values=form.form.values, after=after
        )
    ):
        return form.done(_("The row was added."), _place(page, section, form.made))
    return _page(page, form, section=section)


@require_POST
@needs(Can.PLAN)
def plan_row_remove(request: SignedIn, pk: UUID, section: str, row: UUID) -> HttpResponse:
    """Take a row out of the draft."""
    page = PlanPage.open(request, pk)
    found = _row(page, section, row)
    form = _form_of(page, found, sent=False)
    revision = number_in(request.POST.get("revision"), otherwise=-1)
    if revision < 0:
        return _page(page, form, section=section, row=found, status=422)
    press = Press(request)
    if press.attempt(lambda: remove_row(by=request.user, row=found, revision=revision)):
        return press.done(_("The row was taken out."), _place(page, section))
    messages.error(request, press.said)
    return _page(page, form, section=section, row=found, status=press.status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def plan_fields(request: SignedIn, pk: UUID) -> HttpResponse:
    """Change the plan's own fields."""
    page = PlanPage.open(request, pk)
    initial = {**values_of(page.plan, PLAN_FIELDS), "revision": page.plan.revision}
    form = FormPage(request, PlanForm, draft=f"plan-{pk}", plan=page.plan, initial=initial)
    if form.attempt(
        lambda given: change_plan(
            by=request.user, plan=page.plan, revision=given["revision"], values=form.form.values
        )
    ):
        return form.done(_("The plan was saved."), "plan", pk)
    return _page(page, form)


def _row(page: PlanPage, section: str, pk: UUID) -> PlanRow:
    rows = MODEL_OF[section_named(section)]._default_manager
    return fetch(rows.filter(plan=page.plan, section=section), pk=pk)


def _form_of(page: PlanPage, row: PlanRow, *, sent: bool = True) -> FormPage:
    return FormPage(
        page.request,
        RowForm,
        draft=f"plan-row-{row.pk}",
        sent=sent,
        model=type(row),
        plan=page.plan,
        initial=as_typed(row),
    )


def _page(
    page: PlanPage,
    form: FormPage,
    *,
    section: str = "",
    row: PlanRow | None = None,
    status: int | None = None,
) -> HttpResponse:
    """The page on which something of a plan is written, with what somebody else wrote meanwhile."""
    chapter = chapter_of(section) if section else None
    return page.show(
        "row",
        status=status,
        here=chapter.slug if chapter else "overview",
        chapter=chapter,
        section=section_named(section) if section else None,
        form=form,
        row=row,
        conflict=both_sides(form),
    )


def _place(page: PlanPage, section: str, row: PlanRow | None = None) -> str:
    """Where a row stands on the page of its chapter."""
    url = reverse("plan_chapter", args=[page.plan.pk, chapter_of(section).slug])
    return f"{url}#r{row.pk}" if row is not None else url
