"""The day of who coordinates: who is late, who has too much, which cases and children nobody answers for."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, User
from punte.accounts.policy import POWERS
from punte.cases.actions.switch_rule import DECIDE
from punte.cases.approvals import to_be_answered_by
from punte.cases.caseload import Carried, Loads
from punte.cases.emergencies import requests_for
from punte.cases.enums import Regime
from punte.cases.models import Case
from punte.cases.policy import ageing_bounds
from punte.cases.severe_children import SevereReason, severe_reasons
from punte.cases.team_figures import MonthEnd, ageing_of, course_of
from punte.cases.unanswered import unanswered_referrals
from punte.cases.workload import TeamLoad, WorkerLoad
from punte.cases.workload import team_day as day_of_team
from punte.notifications.models import Notification
from punte.people.models import Household
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.pictures import pictures_of

_LONGEST = 20
_NAMES_SAID = 3
_CHILDREN_SAID = 2
_BY_WEIGHT = (("f1", Regime.INTENSIVE), ("f2", Regime.STANDARD), ("f3", Regime.MONITORING))
_WIDTH, _TOP, _FLOOR = 300.0, 8.0, 56.0


@dataclass(frozen=True)
class Part:
    """A part of a bar, in hundredths of its whole width."""

    style: str
    start: float
    width: float


@dataclass(frozen=True)
class WorkerBar:
    """What a worker answers for, drawn by regime."""

    load: WorkerLoad
    parts: list[Part]
    carried: Carried

    @property
    def whose(self) -> str:
        """The worker as the list of cases knows them; who has left answers for nothing."""
        worker = self.load.worker
        return str(worker.pk) if worker and worker.is_active else "nobody"


@dataclass(frozen=True)
class SevereChildren:
    """A household with children at severe risk and no case: since when, by which visit, and what was found."""

    household: Household
    reason: SevereReason | None
    days: int
    words: list[str]
    more: int


@dataclass(frozen=True)
class Course:
    """Open cases through a year: the numbers, and the line that they draw in a box of 300 by 64."""

    months: Sequence[MonthEnd]
    points: str
    last: tuple[float, float]

    @property
    def area(self) -> str:
        """The corners of the surface under the line."""
        return f"0,{_FLOOR:g} {self.points} {self.last[0]:g},{_FLOOR:g}"


def _late_notifications(user: User) -> list[Notification]:
    """Those whose term has passed and where nobody was yet, the latest first."""
    late = Notification.objects.visible_to(user).late(timezone.now())
    rows = late.select_related("assigned_to").only("number", "year", "due_at", "kind", "assigned_to__name")
    return list(rows.order_by("due_at", "pk")[:_LONGEST])


@require_safe
@needs(Capability.ASSIGN)
def team_day(request: SignedIn) -> HttpResponse:
    """How the work is shared, what is late, which cases nobody answers for, which children have no case."""
    today = timezone.localdate()
    day = day_of_team(request.user, today)
    keepers = request.user.standing.organizations(Capability.SEE_ALL_CASES)
    loads = Loads.read(keepers)
    staff = _staff({case.keeper_id for case in day.without_worker})
    unanswered, unanswered_total = unanswered_referrals(request.user, today)
    orphans: list[Any] = day.without_worker
    for case in orphans:
        case.may_be_given_to = [loads.choice(one, case=case) for one in staff.get(case.keeper_id, [])]
    return render(
        request,
        "office_day/team_day.html",
        {
            "day": day,
            "today": today,
            "teams": _with_bars(day.teams, loads),
            "norm": loads.of,
            "bounds": ageing_bounds(),
            "unanswered": unanswered,
            "unanswered_total": unanswered_total,
            "to_approve": len(to_be_answered_by(request.user)),
            "children": _with_reasons(request.user, day.severe_children[:_LONGEST], today),
            "more_children": day.severe_children_total - len(day.severe_children[:_LONGEST]),
            "more_orphans": day.without_worker_total - len(day.without_worker),
            "ageing": ageing_of(keepers, today),
            "course": drawn(course_of(keepers, today)),
            "requests": list(requests_for(request.user)[:_LONGEST]),
            "decides_terms": any(request.user.standing.may(one) for one in DECIDE),
            "left_alone": Case.objects.without_team(request.user).count(),
            "late_notifications": _late_notifications(request.user),
            "pictures": pictures_of(request.user),
            "open_total": sum(team.caseload.total for team in day.teams),
        },
    )


def _with_reasons(user: User, households: list[Household], today: dt.date) -> list[SevereChildren]:
    reasons = severe_reasons(user, [one.pk for one in households])
    return [
        SevereChildren(
            household,
            reason := reasons.get(household.pk),
            (today - reason.since).days if reason else 0,
            [_child(age, names) for age, names in reason.children[:_CHILDREN_SAID]] if reason else [],
            max(len(reason.children) - _CHILDREN_SAID, 0) if reason else 0,
        )
        for household in households
    ]


def _child(age: int | None, names: list[str]) -> str:
    """A child's age and the first of what was found: `9 ani: neînscris la școală, fără medic`."""
    said = ", ".join(names[:_NAMES_SAID]).lower()
    rest = len(names) - _NAMES_SAID
    if rest > 0:
        said = _("%(names)s and %(n)s more") % {"names": said, "n": rest}
    return ": ".join(part for part in (_years(age), said) if part)


def _years(age: int | None) -> str:
    if age is None:
        return ""
    if age == 0:
        return _("child under a year")
    return ngettext("child of %(n)s year", "child of %(n)s years", age) % {"n": age}


def _with_bars(teams: list[TeamLoad], loads: Loads) -> list[tuple[TeamLoad, list[WorkerBar]]]:
    """Each team with the bars of its workers; the longest bar of all is that of who has most."""
    most = max((load.caseload.total for team in teams for load in team.workers), default=0)
    return [(team, [_bar(load, most, loads) for load in team.workers]) for team in teams]


def _bar(load: WorkerLoad, most: int, loads: Loads) -> WorkerBar:
    """The bar of one row; of a worker of two teams the weight is that of both."""
    carried = loads.of_worker(load.worker.pk) if load.worker else Carried(loads.of)
    return WorkerBar(load, _parts(load, most), carried)


def _parts(load: WorkerLoad, most: int) -> list[Part]:
    parts: list[Part] = []
    start = 0.0
    for style, regime in _BY_WEIGHT:
        width = 100 * load.caseload.by_regime.get(regime, 0) / most
        parts.append(Part(style, round(start, 1), round(width, 1)))
        start += width
    return parts


def drawn(months: Sequence[MonthEnd]) -> Course:
    """The line of a year, from nought at the foot of its box to the greatest number at its head."""
    most = max((month.count for month in months), default=0) or 1
    step = _WIDTH / max(len(months) - 1, 1)
    points = [
        (round(number * step, 1), round(_FLOOR - (_FLOOR - _TOP) * month.count / most, 1))
        for number, month in enumerate(months)
    ]
    return Course(months, " ".join(f"{x:g},{y:g}" for x, y in points), points[-1])


def _staff(keepers: Collection[UUID]) -> dict[UUID, list[User]]:
    """Who may answer for a case, by organisation and name."""
    roles = [role.value for role, powers in POWERS.items() if Capability.MANAGE_CASE in powers.capabilities]
    posts = Appointment.objects.current().filter(
        organization__in=keepers, role__in=roles, user__is_active=True
    )
    found: dict[UUID, dict[UUID, User]] = {}
    for post in posts.select_related("user").order_by("user__name"):
        found.setdefault(post.organization_id, {})[post.user_id] = post.user
    return {keeper: list(users.values()) for keeper, users in found.items()}
