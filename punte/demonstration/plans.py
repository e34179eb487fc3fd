"""The plan that the town hall of the demonstration is writing: next year's, prepared from the one it approved."""

import datetime as dt

from punte.accounts.models import User
from punte.annual_plans.actions import prepare_plan
from punte.annual_plans.models import AnnualPlan
from punte.organizations.models import Organization


def draft_next_year(organization: Organization, planner: User, today: dt.date) -> None:
    """Prepare next year's plan as a draft, where there is none."""
    year = today.year + 1
    if not AnnualPlan.objects.filter(organization=organization, year=year).exists():
        prepare_plan(by=planner, organization=organization, year=year)
