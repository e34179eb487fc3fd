"""Rows of a plan are written one at a time, so that several people work on it at once."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from punte.accounts.actions import forget_draft
from punte.accounts.enums import Capability as Can
from punte.annual_plans.actions import add_row, change_plan, change_row, remove_row
from punte.annual_plans.editing import PLAN_FIELDS, StaleRow, fields_of, values_of
from punte.annual_plans.models import MODEL_OF, PlanRow
from punte.www.frame.access import SignedIn, attempt, fetch, needs
from punte.www.office.plans.forms.labels import LABELS
from punte.www.office.plans.forms.rows import LEI_DIGITS, PlanForm, RowForm
from punte.www.office.plans.views.chapters import chapter_of, section_named
from punte.www.office.plans.views.comparing import Change, said
from punte.www.office.plans.views.desk import PlanDesk


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def plan_row(request: SignedIn, pk: UUID, section: str, row: UUID) -> HttpResponse:
    """Change a row; somebody else's change made meanwhile is shown beside one's own."""
    desk = PlanDesk.of(request, pk)
    model = MODEL_OF[section_named(section)]
    found = fetch(model._default_manager.filter(plan=desk.plan, section=section), pk=row)
    form = RowForm(
        request.POST or None, model=model, plan=desk.plan, initial=_initial(found), auto_id="id_%s"
    )
    form_of_row = _Writing(desk, form, draft=f"plan-row-{row}", section=section, row=found)
    if request.method != "POST" or not form.is_valid():
        return form_of_row.page()
    revision = form.cleaned_data["revision"]
    return form_of_row.save(
        lambda: change_row(by=request.user, row=found, revision=revision, values=form.values),
        _("The row was saved."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def plan_row_new(request: SignedIn, pk: UUID, section: str) -> HttpResponse:
    """Add a row to a section, at its end or after the row that the address names."""
    desk = PlanDesk.of(request, pk)
    where = section_named(section)
    model = MODEL_OF[where]
    form = RowForm(request.POST or None, model=model, plan=desk.plan, initial={"revision": 1})
    writing = _Writing(desk, form, draft=f"plan-new-{pk}-{section}", section=section)
    if request.method != "POST" or not form.is_valid():
        return writing.page()
    after = _uuid(request.GET.get("dupa", ""))
    return writing.save(
        lambda: add_row(by=request.user, plan=desk.plan, section=where, values=form.values, after=after),
        _("The row was added."),
    )


@require_POST
@needs(Can.PLAN)
def plan_row_remove(request: SignedIn, pk: UUID, section: str, row: UUID) -> HttpResponse:
    """Take a row out of the draft."""
    desk = PlanDesk.of(request, pk)
    model = MODEL_OF[section_named(section)]
    found = fetch(model._default_manager.filter(plan=desk.plan, section=section), pk=row)
    form = RowForm(model=model, plan=desk.plan, initial=_initial(found))
    writing = _Writing(desk, form, draft=f"plan-row-{row}", section=section, row=found)
    revision = request.POST.get("revision", "")
    if not revision.isdecimal() or len(revision) > 9:
        return writing.page(status=422)
    bound = forms.Form({})
    bound.is_valid()
    done = attempt(
        bound,
        lambda: _or_stale(lambda: remove_row(by=request.user, row=found, revision=int(revision)) or True),
    )
    if isinstance(done, StaleRow):
        messages.error(request, str(done.message))
        return writing.page(status=409)
    if not done:
        messages.error(request, " ".join(map(str, bound.non_field_errors())))
        return writing.page(status=422)
    messages.success(request, _("The row was taken out."))
    return _back(desk, section)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def plan_fields(request: SignedIn, pk: UUID) -> HttpResponse:
    """Change the plan's own fields."""
    desk = PlanDesk.of(request, pk)
    initial = {**values_of(desk.plan, PLAN_FIELDS), "revision": desk.plan.revision}
    form = PlanForm(request.POST or None, plan=desk.plan, initial=initial)
    writing = _Writing(desk, form, draft=f"plan-{pk}")
    if request.method != "POST" or not form.is_valid():
        return writing.page()
    revision = form.cleaned_data["revision"]
    return writing.save(
        lambda: change_plan(by=request.user, plan=desk.plan, revision=revision, values=form.values),
        _("The plan was saved."),
    )


class _Writing:
    """The page on which something of a plan is written."""

    def __init__(
        self, desk: PlanDesk, form: Any, *, draft: str, section: str = "", row: PlanRow | None = None
    ) -> None:
        self._desk, self._form, self._draft = desk, form, draft
        self._section, self._row = section, row

    def page(self, *, status: int = 0, conflict: list[Change] | None = None) -> HttpResponse:
        """The form, with its errors and what somebody else wrote meanwhile."""
        context = self._desk.context(
            here=chapter_of(self._section).slug if self._section else "overview",
            chapter=chapter_of(self._section) if self._section else None,
            section=section_named(self._section) if self._section else None,
            form=self._form,
            row=self._row,
            conflict=conflict,
            draft_key=self._draft,
        )
        status = status or (422 if self._form.errors else 200)
        return render(self._desk.request, "office_plans/row.html", context, status=status)

    def save(self, act: Any, done: str) -> HttpResponse:
        """Call the verb; a refusal or somebody else's change brings the form back with what was typed."""
        saved = attempt(self._form, lambda: _or_stale(act))
        if isinstance(saved, StaleRow):
            return self._stale(saved)
        if saved is None:
            return self.page(status=422)
        forget_draft(self._desk.request.user, self._draft)
        messages.success(self._desk.request, done)
        return _back(self._desk, self._section, self._row or saved)

    def _stale(self, stale: StaleRow) -> HttpResponse:
        self._form.add_error(None, str(stale.message))
        if stale.theirs is None:
            return self.page(status=409)
        differing = [
            Change(LABELS[name], self._said(name, stale.theirs[name]), self._said(name, typed))
            for name, typed in stale.yours.items()
            if name in self._form.fields
        ]
        # Saving again is then over what stands now, with open eyes.
        self._form.data = {**self._form.data.dict(), "revision": str(stale.revision)}
        return self.page(status=409, conflict=differing)

    def _said(self, name: str, value: Any) -> str:
        queryset = getattr(self._form.fields[name], "queryset", None)
        if queryset is not None and value and not hasattr(value, "pk"):
            value = queryset.model._default_manager.filter(pk=value).first()
        return said(value)


def _or_stale(act: Callable[[], Any]) -> Any:
    """What a verb gives, or who was there before; any other refusal is the form's to say."""
    try:
        return act()
    except StaleRow as stale:
        return stale


def _initial(row: PlanRow) -> dict[str, Any]:
    values = {name: _plain(row, name, value) for name, value in values_of(row, fields_of(type(row))).items()}
    return {**values, "revision": row.revision}


def _plain(row: PlanRow, name: str, value: Any) -> Any:
    """A percentage or an area without needless decimals; an amount is the field's own to write."""
    amount = getattr(row._meta.get_field(name), "max_digits", 0) == LEI_DIGITS
    return f"{value.normalize():f}" if isinstance(value, Decimal) and not amount else value


def _back(desk: PlanDesk, section: str, row: Any = None) -> HttpResponseRedirect:
    if not section:
        return redirect("plan", pk=desk.plan.pk)
    url = reverse("plan_chapter", args=[desk.plan.pk, chapter_of(section).slug])
    return HttpResponseRedirect(f"{url}#r{row.pk}" if row is not None else url)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
