"""Annual plans, asked for: as rows, as whole content, as what was approved."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from punte.annual_plans.content import CampaignLine, PlanContent, from_json, line_from
from punte.annual_plans.enums import Section
from punte.annual_plans.models import ROWS, AnnualPlan, PlanRow, PlanVersion


def content_of(plan: AnnualPlan) -> PlanContent:
    """The plan as it stands now, whole; one query for each kind of rows."""
    rows: dict[str, list[Any]] = {section.value: [] for section in Section}
    for model in ROWS:
        for row in model._default_manager.filter(plan=plan):
            lines = rows[row.section]
            # A row's place is counted: rows taken out leave gaps in their positions.
            lines.append(replace(line_of(row), position=len(lines) + 1))
    return PlanContent(
        organization=plan.organization.name,
        owner=str(plan.organization_id),
        year=plan.year,
        title=plan.title,
        grants_budget=plan.grants_budget,
        subsidy_budget=plan.subsidy_budget,
        rows={section: tuple(lines) for section, lines in rows.items()},
    )


def line_of(row: PlanRow) -> Any:
    """A row as plain data."""
    values = {
        field.name: str(value) if field.is_relation and value else value
        for field in row._meta.fields
        if (value := getattr(row, field.attname)) is not None
    }
    return line_from(Section(row.section), {**values, "id": str(row.pk)})


def version_in_force(plan: AnnualPlan) -> PlanVersion | None:
    """The newest approved version of a plan."""
    return PlanVersion.objects.filter(plan=plan).order_by("-number").first()


def content_in_force(version: PlanVersion) -> PlanContent:
    """What was approved."""
    return from_json(version.content)


def content_before(plan: AnnualPlan) -> PlanContent | None:
    """The last approved plan of the organisation for an earlier year; None where there is none."""
    earlier = PlanVersion.objects.filter(
        plan__organization=plan.organization_id, plan__year__lt=plan.year
    ).order_by("-plan__year", "-number")
    version = earlier.first()
    return content_in_force(version) if version else None


def plans_in_force(organization: Any = None) -> Sequence[PlanVersion]:
    """The version in force of each annual plan, without its content, the newest year first; one query.

    Args:
        organization: whose plans; everybody's unless given.
    """
    found = _in_force(organization).defer("content", "remarks")
    return list(found.order_by("-plan__year", "plan__organization"))


def _in_force(organization: Any) -> models.QuerySet[PlanVersion]:
    newest = PlanVersion.objects.filter(plan=OuterRef("plan")).order_by("-number").values("pk")[:1]
    found = PlanVersion.objects.filter(pk=Subquery(newest)).select_related("plan__organization")
    return found if organization is None else found.filter(plan__organization=organization)


def campaigns_published(
    *, year: int | None = None, organization: Any = None
) -> Sequence[tuple[AnnualPlan, CampaignLine]]:
    """The campaigns of the plans in force, for the public calendar, each with its plan; two queries.

    Those with days come first, by their first day; the rest, which last all year, follow in the plan's order.

    Args:
        year: of the plans; all years unless given.
        organization: whose plans; everybody's unless given.
    """
    wanted = Q() if year is None else Q(plan__year=year)
    versions = _in_force(organization).filter(wanted).order_by("plan__year", "plan__organization")
    found = [
        (version.plan, campaign) for version in versions for campaign in content_in_force(version).campaigns
    ]
    return sorted(found, key=_by_day)


def _by_day(found: tuple[AnnualPlan, CampaignLine]) -> tuple[int, dt.date, int]:
    plan, campaign = found
    return plan.year, campaign.starts or dt.date.max, campaign.position
