"""Budgets of the existing services brought into a draft from a table."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.annual_plans.actions import import_budgets
from punte.annual_plans.importing import columns, filled, judge_budgets
from punte.kernel.tables import write_xlsx
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.imports import Import, answer, model_file
from punte.www.office.plans.views.plan_page import PlanPage


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def plan_import(request: SignedIn, pk: UUID) -> HttpResponse:
    """Bring in budgets of chapter I.A."""
    plan = PlanPage.open(request, pk).plan
    return answer(
        request,
        Import(
            key=f"budgets:{plan.pk}",
            title=_("Import budgets of %(year)s") % {"year": plan.year},
            explained=_(
                "Budgets, capacity and occupancy of the existing services (I.A), into the draft. A row is known by its"
                " provider and its name; empty cells change nothing, and no row is taken out."
            ),
            columns=columns(),
            judge=lambda rows: judge_budgets(rows, plan=plan),
            carry_out=lambda rows, seen: import_budgets(by=request.user, plan=plan, rows=rows, seen=seen),
            model_url=reverse("plan_import_model", args=[plan.pk]),
            model_label=_("Download the table with the rows of the plan"),
            done_url=reverse("plan_chapter", args=[plan.pk, "existente"]),
        ),
    )


@require_safe
@needs(Can.PLAN)
def plan_import_model(request: SignedIn, pk: UUID) -> HttpResponse:
    """The rows of chapter I.A to fill in and send back."""
    plan = PlanPage.open(request, pk).plan
    return model_file(write_xlsx({_("Budgets"): filled(plan)}), f"bugete-{plan.year}")
