"""Realised beside planned: what the services of a plan in force came to, and the places to foresee."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from punte.annual_plans.queries import content_in_force, version_in_force
from punte.reports.figures import totals_of
from punte.reports.reading import report_kinds
from punte.reports.realised import realised
from punte.www.frame.access import SignedIn, needs
from punte.www.office.plans.views.plan_page import WORKERS, PlanPage

_MONEY = (
    "contracte",
    "subventii_virate",
    "subventii_decontate",
    "subventie_medie",
    "finantari",
    "finantari_decontate",
)


@require_safe
@needs(*WORKERS)
def plan_realised(request: SignedIn, pk: UUID) -> HttpResponse:
    """Each service of the plan beside its year, with the sums of subsidies, grants and contracts."""
    page = PlanPage.open(request, pk)
    version = version_in_force(page.plan)
    content = content_in_force(version) if version else page.content
    lines = realised(content, page.plan.organization_id)
    known = [line for line in lines if line.is_known]
    kind = report_kinds().get("town_year")
    sums = totals_of(kind, page.plan.organization_id, _last_day(page.plan.year)) if kind else {}
    return page.show(
        "realised",
        here="realised",
        lines=lines,
        known=known,
        unknown=[line for line in lines if not line.is_known],
        planned=sum((line.planned or 0 for line in known), Decimal(0)),
        spent=sum((line.year.spent or 0 for line in known), Decimal(0)),
        money=[(kind.figures[name].label, sums[name]) for name in _MONEY if kind and sums.get(name)],
        grants_budget=content.grants_budget,
        subsidy_budget=content.subsidy_budget,
    )


def _last_day(year: int) -> dt.date:
    return dt.date(year, 12, 31)
