"""From a draft to an approved version and back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from punte.accounts.enums import Capability as Can
from punte.annual_plans.actions import approve_plan, reopen_plan, submit_for_approval
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.form_page import FormPage
from punte.www.office.plans.forms.rows import ApproveForm, ReopenForm, SubmitForm
from punte.www.office.plans.views.plan import overview
from punte.www.office.plans.views.plan_page import PlanPage


@require_POST
@needs(Can.PLAN)
def plan_submit(request: SignedIn, pk: UUID) -> HttpResponse:
    """Send the plan for approval."""
    said = _("The plan was sent for approval.")
    return _step(request, pk, "submit_form", SubmitForm, submit_for_approval, said)


@require_POST
@needs(Can.APPROVE_PLAN)
def plan_approve(request: SignedIn, pk: UUID) -> HttpResponse:
    """Approve the plan: it is frozen as a version."""
    return _step(request, pk, "approve_form", ApproveForm, approve_plan, _("The plan was approved."))


@require_POST
@needs(Can.PLAN)
def plan_reopen(request: SignedIn, pk: UUID) -> HttpResponse:
    """Make the plan a draft again."""
    return _step(request, pk, "reopen_form", ReopenForm, reopen_plan, _("The plan is a draft again."))


def _step(
    request: SignedIn, pk: UUID, name: str, form_class: type[forms.Form], act: Callable[..., Any], said: str
) -> HttpResponse:
    page = PlanPage.open(request, pk)
    form = FormPage(request, form_class)
    if form.attempt(lambda given: act(by=request.user, plan=page.plan, **given)):
        return form.done(said, "plan", pk)
    return overview(page, **{name: form})
