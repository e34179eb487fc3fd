"""The first pages: a worker's own day, and the day of who coordinates."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, User
from punte.accounts.policy import POWERS
from punte.assessments.models import AssessmentDraft
from punte.cases.content import rulebook
from punte.cases.emergencies import openings_told_to, requests_for
from punte.cases.enums import PlanStatus, Regime
from punte.cases.models import Case, Objective, Plan, PlannedService
from punte.cases.workload import HORIZON, Caseload, DueItem
from punte.cases.workload import my_day as day_of_worker
from punte.cases.workload import team_day as day_of_team
from punte.www.frame.access import SignedIn, needs

_LONGEST = 20
_STEPS_READ = 120
_MET_BY_A_VISIT = frozenset({"assessment", "contact"})


@dataclass(frozen=True)
class Share:
    """A part of a caseload, as a bar."""

    label: str
    count: int
    of: int
    severity: int = 0


@require_safe
@needs(Capability.INTERVENE, Capability.SEE_TEAM_CASES)
def my_day(request: SignedIn) -> HttpResponse:
    """What awaits the worker: terms, steps, answers, what is unfinished; then the caseload."""
    today = timezone.localdate()
    day = day_of_worker(request.user, today)
    drafts = AssessmentDraft.objects.of_author(request.user).defer("instance").select_related("household")
    return render(
        request,
        "office_day/my_day.html",
        {
            "day": day,
            "today": today,
            "to_do": [_with_visit(item) for item in [*day.overdue, *day.due]],
            "more": day.overdue_total + day.due_total - len(day.overdue) - len(day.due),
            "for_today": sum(1 for item in day.due if item.deadline.due_on == today),
            "steps": _steps(request.user, today),
            "drafts": list(drafts[:_LONGEST]),
            "plans": _plans(request.user),
            "requests": list(requests_for(request.user)[:_LONGEST]),
            "openings": list(openings_told_to(request.user)[:_LONGEST]),
            "regimes": _by_regime(day.caseload),
            "severities": _by_severity(day.caseload),
        },
    )


@require_safe
@needs(Capability.ASSIGN)
def team_day(request: SignedIn) -> HttpResponse:
    """How the work is shared, what is late, which cases nobody answers for, which children have no case."""
    day = day_of_team(request.user, timezone.localdate())
    keepers = {case.keeper_id for case in day.without_worker}
    staff = _staff(keepers) if keepers else {}
    orphans: list[Any] = day.without_worker
    for case in orphans:
        case.may_be_given_to = staff.get(case.keeper_id, [])
    heaviest = max((load.caseload.total for team in day.teams for load in team.workers), default=0)
    return render(
        request,
        "office_day/team_day.html",
        {
            "day": day,
            "today": timezone.localdate(),
            "regimes": Regime.choices,
            "heaviest": heaviest,
            "requests": list(requests_for(request.user)[:_LONGEST]),
            "left_alone": Case.objects.without_team(request.user).count(),
            "open_total": sum(team.caseload.total for team in day.teams),
        },
    )


def _with_visit(item: DueItem) -> DueItem:
    """Mark the terms that are met by going to the family."""
    rule = rulebook().rule(item.deadline.rule, on=timezone.localdate(item.deadline.since))
    deadline: Any = item.deadline
    deadline.visit = rule is not None and bool(rule.met_by & _MET_BY_A_VISIT)
    deadline.assess = rule is not None and "assessment" in rule.met_by and "contact" not in rule.met_by
    return item


@dataclass(frozen=True)
class StepsDue:
    """The steps of one objective that the worker is named for, by the first day one of them is due."""

    objective: Objective
    due_on: dt.date
    names: list[str]


def _steps(user: User, today: dt.date) -> list[StepsDue]:
    """The steps of plans in force that are due within the horizon, an objective a row."""
    steps = (
        PlannedService.objects.filter(
            worker=user,
            done_on=None,
            due_on__lte=today + HORIZON,
            objective__plan__status=PlanStatus.ADOPTED,
            objective__later=False,
            objective__compartment__in=user.standing.every_compartment(),
            objective__plan__case__in=Case.objects.visible_to(user).filter(open=True),
        )
        .select_related("objective__plan__case__household", "objective__person")
        .order_by("due_on", "objective", "position")[:_STEPS_READ]
    )
    found: dict[UUID, StepsDue] = {}
    for step in steps:
        row = found.setdefault(step.objective_id, StepsDue(step.objective, step.due_on or today, []))
        row.names.append(step.text)
    return list(found.values())[:_LONGEST]


def _plans(user: User) -> list[Plan]:
    """Drafts of plans in the worker's cases."""
    drafts = Plan.objects.filter(status=PlanStatus.DRAFT, case__in=Case.objects.of_worker(user))
    return list(drafts.select_related("case__household").order_by("created_at")[:_LONGEST])


def _by_regime(caseload: Caseload) -> list[Share]:
    return [
        Share(str(regime.label), caseload.by_regime.get(regime.value, 0), caseload.total) for regime in Regime
    ]


def _by_severity(caseload: Caseload) -> list[Share]:
    words = ((3, _("Severe")), (2, _("Moderate")), (1, _("To watch")), (0, _("Nothing found")))
    return [
        Share(word, caseload.by_severity.get(severity, 0), caseload.total, severity)
        for severity, word in words
    ]


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
