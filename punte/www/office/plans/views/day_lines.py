"""What annual plans bring to a day: drafts to finish, plans to approve, a year without a plan."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import DayLine, Guest, Press, Waiting, Work, cut, who_may
from punte.accounts.models import User
from punte.annual_plans.models import AnnualPlan
from punte.kernel.office_rules import section
from punte.www.frame.addresses import reverse

_SHOWN = 5


def annual_plans(user: User, today: dt.date) -> Waiting:
    """Plans of the account's organisations that wait for it, the newest year first."""
    writes = user.standing.organizations(Can.PLAN)
    approves = user.standing.organizations(Can.APPROVE_PLAN)
    plans = list(
        AnnualPlan.objects.visible_to(user)
        .select_related("organization")
        .order_by("-year", "organization__name", "pk")
    )
    lines = [
        line
        for plan in plans
        if (
            line := _line(
                plan, writes=plan.organization_id in writes, approves=plan.organization_id in approves
            )
        )
    ]
    if today.month >= section("next_annual_plan")["from_month"]:
        lines += _not_begun(plans, writes, today.year + 1)
    return cut(lines, at=_SHOWN, all_at=reverse("plans"))


def _line(plan: AnnualPlan, *, writes: bool, approves: bool) -> DayLine | None:
    if plan.is_draft and writes:
        what = _("Annual plan %(year)s, to finish")
        deed = Press(_("What does not add up"), reverse("plan_remarks", args=[plan.pk]))
    elif plan.is_checked and approves:
        what, deed = _("Annual plan %(year)s, to approve"), None
    else:
        return None
    return DayLine(
        what=what % {"year": plan.year},
        url=reverse("plan", args=[plan.pk]),
        whose=str(plan),
        why=str(plan.organization),
        deed=deed,
    )


def _not_begun(plans: list[AnnualPlan], writes: frozenset[object], year: int) -> list[DayLine]:
    """For each organisation that had a plan before and has none for the next year."""
    have = {plan.organization_id for plan in plans if plan.year >= year}
    organizations = {plan.organization_id: plan.organization for plan in plans}
    return [
        DayLine(
            what=_("Annual plan %(year)s, to begin") % {"year": year},
            url=reverse("plans"),
            why=_("%(organization)s · it is written before the budget of that year")
            % {"organization": organization},
        )
        for key, organization in organizations.items()
        if key in writes and key not in have
    ]


DAY = Guest(
    "plans",
    day=(
        Work(
            "annual_plans",
            who_may(Can.PLAN, Can.APPROVE_PLAN),
            annual_plans,
            gettext_lazy("annual plans to begin, to finish or to approve"),
            "plans",
            gettext_lazy("Annual plans"),
        ),
    ),
)
