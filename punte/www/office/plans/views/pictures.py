"""What of the annual plan is drawn on first pages: what was spent on its services beside what was planned."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import who_may
from punte.accounts.models import User
from punte.accounts.pictures import Drawn, Picture, Place
from punte.annual_plans.models import PlanVersion
from punte.annual_plans.queries import content_in_force
from punte.reports.realised import realised
from punte.www.frame.addresses import reverse
from punte.www.frame.pictures import of_kinds

_DRAWN = 6


def money(user: User, today: dt.date) -> Drawn | None:
    """The services of the newest plan in force of which it is known what was spent, the dearest first, in lei."""
    own = user.standing.organizations(Can.PLAN) | user.standing.organizations(Can.APPROVE_PLAN)
    versions = PlanVersion.objects.filter(plan__organization__in=own).select_related("plan__organization")
    newest = versions.order_by("-plan__year", "-number").first()
    if newest is None:
        return None
    lines: list[tuple[str, Decimal, Decimal]] = [
        (line.name, line.planned, line.year.spent)
        for line in realised(content_in_force(newest), newest.plan.organization_id)
        if line.planned and line.year.spent is not None
    ]
    dearest = sorted(lines, key=lambda line: (-line[1], line[0]))[:_DRAWN]
    return of_kinds(
        [
            (
                Place(name),
                {
                    "spent": round(min(planned, spent)),
                    "beyond": max(0, round(spent - planned)),
                    "left": max(0, round(planned - spent)),
                },
            )
            for name, planned, spent in dearest
        ],
        [
            ("spent", pgettext("picture", "spent"), "done"),
            ("beyond", pgettext("picture", "beyond the plan"), "late"),
            ("left", pgettext("picture", "not spent"), "open"),
        ],
        url=reverse("plan_realised", args=[newest.plan_id]),
        leads=_("Realised beside planned, %(year)s") % {"year": newest.plan.year},
        unit="lei",
    )


PICTURES = (
    Picture(
        "plan_money",
        gettext_lazy("Money of the plan, service by service"),
        who_may(Can.PLAN, Can.APPROVE_PLAN),
        money,
    ),
)
