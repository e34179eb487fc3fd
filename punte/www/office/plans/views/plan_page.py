"""A plan as one account may work on it, and what its pages have in common."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from punte.accounts.enums import Capability as Can
from punte.annual_plans.checks.remark import Remark
from punte.annual_plans.content import PlanContent
from punte.annual_plans.enums import PlanStatus
from punte.annual_plans.models import AnnualPlan
from punte.annual_plans.queries import content_of
from punte.annual_plans.remarks import remarks_in
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.record_page import RecordPage
from punte.www.office.plans.views.chapters import CHAPTERS

WORKERS = (Can.PLAN, Can.APPROVE_PLAN)


@dataclass
class PlanPage(RecordPage):
    """A plan, what it says now, what the check finds in it, and what the account may do with it."""

    folder = "office_plans"

    plan: AnnualPlan

    @classmethod
    def open(cls, request: SignedIn, pk: UUID) -> Self:
        """A plan that the account works on; 404 for any other."""
        plans = AnnualPlan.objects.visible_to(request.user).select_related("organization__uat", "prepared_by")
        return cls(request, fetch(plans, pk=pk))

    @cached_property
    def content(self) -> PlanContent:
        """What the plan says now."""
        return content_of(self.plan)

    @cached_property
    def remarks(self) -> list[Remark]:
        """What does not add up in it."""
        return remarks_in(self.plan, self.content)

    @property
    def about(self) -> dict[str, Any]:
        """Who keeps the plan."""
        return {"keeper": self.plan.organization_id}

    @property
    def writes(self) -> bool:
        """Whether the account writes this organisation's plans."""
        return self.allows(Can.PLAN)

    @property
    def edits(self) -> bool:
        """Whether the account may change the plan as it is now."""
        return self.writes and self.plan.status == PlanStatus.DRAFT

    @property
    def approves(self) -> bool:
        """Whether the account may approve the plan as it is now."""
        return self.allows(Can.APPROVE_PLAN) and self.plan.status == PlanStatus.CHECKED

    @property
    def reopens(self) -> bool:
        """Whether the account may make the plan a draft again."""
        return self.writes and self.plan.status != PlanStatus.DRAFT

    def shared(self, what: str) -> dict[str, Any]:
        """What every page of the plan shows."""
        return {"plan": self.plan, "chapters": CHAPTERS}


def by_row(remarks: Iterable[Remark]) -> dict[str, list[Remark]]:
    """Remarks by the row, or by the section where they are about the whole of it; what follows from one at its row."""
    found: dict[str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        found[remark.row or remark.section].append(remark)
        for folded in remark.folded:
            found[folded.row].append(folded)
    return dict(found)
