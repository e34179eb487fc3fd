"""A plan with every section filled in and a version, for those who walk its pages."""

from typing import Any

from punte.annual_plans.content import to_json
from punte.annual_plans.enums import Section
from punte.annual_plans.models import (
    AnnualPlan,
    Campaign,
    ConsultedProvider,
    EligibleRow,
    ExistingService,
    NewService,
    PlanText,
    PlanVersion,
    SubsidyRow,
    TrainingRow,
)
from punte.annual_plans.queries import content_of
from punte.organizations.models import Organization


def plan_of(organization: Organization) -> dict[str, Any]:
    """The draft of a year after its first version, and a row of it."""
    plan = AnnualPlan.objects.create(
        organization=organization, year=2026, title="Planul anual pentru 2026", subsidy_budget=100_000
    )
    common = {"plan": plan, "position": 1}
    row = ExistingService.objects.create(
        **common, section=Section.EXISTING, number=1, provider="Asociația Ajungem Mari",
        name="Centrul de zi „Licurici”", capacity=10, capacity_printed="10", occupancy=80, local=120_000,
    )  # fmt: skip
    NewService.objects.create(**common, section=Section.PROPOSED, name="Cămin", budget_words="Buget local")
    EligibleRow.objects.create(**common, section=Section.ELIGIBLE, number=1, name="Centre de zi")
    SubsidyRow.objects.create(
        **common, section=Section.SUBSIDIES, number=1, code_printed="8891", amount=20_000
    )
    Campaign.objects.create(
        **common, section=Section.CAMPAIGNS, number=1, name="Fii informat!", period="Martie"
    )
    TrainingRow.objects.create(
        **common, section=Section.TRAINING, label="1.a", category="Personal", amount=500
    )
    ConsultedProvider.objects.create(**common, section=Section.CONSULTATION, name="Asociația Ajungem Mari")
    for section in (Section.LEGAL_BASIS, Section.CONTRACTING, Section.INFORMATION, Section.METHODOLOGY):
        PlanText.objects.create(
            **common, section=section, label="1", text="Legea nr. 292/2011", detail="lunar"
        )
    PlanVersion.objects.create(plan=plan, number=1, content=to_json(content_of(plan)), decision="HCL 1/2026")
    ExistingService.objects.filter(pk=row.pk).update(local=130_000)
    return {"plan_of_year": plan, "row_of_plan": row}
