"""What does not add up in a plan of the record."""

from punte.annual_plans.checks import Remark, check
from punte.annual_plans.checks.comparison import comparison
from punte.annual_plans.content import PlanContent
from punte.annual_plans.models import AnnualPlan
from punte.annual_plans.queries import content_of


def remarks_of(plan: AnnualPlan) -> list[Remark]:
    """What does not add up in the plan as it stands now."""
    return remarks_in(plan, content_of(plan))


def remarks_in(plan: AnnualPlan, content: PlanContent) -> list[Remark]:
    """What does not add up in a content of the plan, such as a version of it."""
    return check(content, comparison(plan, content))
