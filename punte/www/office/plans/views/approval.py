"""From a draft to an approved version and back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from punte.accounts.enums import Capability as Can
from punte.annual_plans.actions import approve_plan, reopen_plan, submit_for_approval
from punte.www.frame.access import SignedIn, attempt, needs
from punte.www.office.plans.forms.rows import ApproveForm, ReopenForm, SubmitForm
from punte.www.office.plans.views.desk import PlanDesk
from punte.www.office.plans.views.plan import overview


@require_POST
@needs(Can.PLAN)
def plan_submit(request: SignedIn, pk: UUID) -> HttpResponse:
    """Send the plan for approval."""
    desk = PlanDesk.of(request, pk)
    form = SubmitForm(request.POST)
    return _done(desk, "submit_form", form, submit_for_approval, _("The plan was sent for approval."))


@require_POST
@needs(Can.APPROVE_PLAN)
def plan_approve(request: SignedIn, pk: UUID) -> HttpResponse:
    """Approve the plan: it is frozen as a version."""
    desk = PlanDesk.of(request, pk)
    form = ApproveForm(request.POST)
    return _done(desk, "approve_form", form, approve_plan, _("The plan was approved."))


@require_POST
@needs(Can.PLAN)
def plan_reopen(request: SignedIn, pk: UUID) -> HttpResponse:
    """Make the plan a draft again."""
    desk = PlanDesk.of(request, pk)
    form = ReopenForm(request.POST)
    return _done(desk, "reopen_form", form, reopen_plan, _("The plan is a draft again."))


def _done(desk: PlanDesk, name: str, form: forms.Form, act: Callable[..., Any], said: str) -> HttpResponse:
    if form.is_valid():
        asked = form.cleaned_data
        if attempt(form, lambda: act(by=desk.request.user, plan=desk.plan, **asked)) is not None:
            messages.success(desk.request, said)
            return redirect("plan", pk=desk.plan.pk)
    return overview(desk, status=422, **{name: form})
