"""The day of the person who looks, of whatever profession."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.accounts.guests import DayLine, work_of
from punte.accounts.models import User
from punte.assessments.models import AssessmentDraft
from punte.cases.emergencies import openings_told_to, requests_for
from punte.cases.enums import PlanStatus, Regime
from punte.cases.models import Case, Plan
from punte.cases.workload import Caseload, caseload_of, new_answers
from punte.people.asked import Asked
from punte.www.frame.access import SignedIn
from punte.www.frame.other_questionnaires import unfinished
from punte.www.frame.pictures import pictures_of

_LONGEST = 20
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Share:
    """A part of a caseload, as a bar."""

    label: str
    count: int
    of: int
    severity: int = 0


@dataclass
class Stretch:
    """The lines of one stretch of time, in the order of their days."""

    name: str
    lines: list[DayLine] = field(default_factory=list)
    folded: bool = False


@dataclass(frozen=True)
class Rest:
    """How many lines of one kind of work were cut off, and where all of them are."""

    count: int
    called: str
    url: str


@require_safe
def my_day(request: SignedIn) -> HttpResponse:
    """What awaits the person who looks, of whatever profession: their own work, what is late first."""
    today = timezone.localdate()
    works = work_of(request.user)
    handed = [(work, work.waits(request.user, today)) for work in works]
    lines = [line for _work, waiting in handed for line in waiting.lines]
    stretches = _by_time(lines, today)
    context = {
        "today": today,
        "stretches": stretches,
        "late": len(stretches[0].lines),
        "for_today": len(stretches[1].lines),
        "later": stretches[-1].lines,
        "rests": [
            Rest(waiting.more, str(work.called), waiting.all_at)
            for work, waiting in handed
            if waiting.more > 0
        ],
        "works": works,
        "begins": list({work.begin: work for work in works}.values()),
        "visits": request.user.standing.may(Capability.INTERVENE),
        "leads": request.user.standing.may(Capability.ASSIGN),
        # Who leads has theirs on the team's page, where signing in leads them.
        "pictures": not request.user.standing.may(Capability.ASSIGN) and bool(pictures_of(request.user)),
        "nothing": not any(stretch.lines for stretch in stretches if not stretch.folded),
        **_of_cases(request.user),
    }
    return render(request, "office_day/my_day.html", context)


def _by_time(lines: Iterable[DayLine], today: dt.date) -> list[Stretch]:
    """Late, today, the next seven days, without a day, later: each in the order of its days and hours."""
    late, now, week = Stretch(_("Late")), Stretch(_("Today")), Stretch(_("Next seven days"))
    undated, later = Stretch(_("Whenever you can")), Stretch(_("Later"), folded=True)
    for line in sorted(lines, key=in_order):
        if line.when is None:
            undated.lines.append(line)
        elif line.when < today:
            late.lines.append(line)
        elif line.when == today:
            now.lines.append(line)
        else:
            (week if line.when <= today + _WEEK else later).lines.append(line)
    return [late, now, week, undated, later]


def in_order(line: DayLine) -> tuple[dt.date, bool, dt.time]:
    """By day and hour; on a day, what has an hour comes first."""
    return line.when or dt.date.max, line.hour is None, line.hour or dt.time.max


def _of_cases(user: User) -> dict[str, Any]:
    """What stands beside the lines for who works on cases: emergencies, answers, what is unfinished, the caseload."""
    if not user.standing.may(Capability.SEE_TEAM_CASES):
        return dict.fromkeys(("manages", "refers", "drafts", "plans", "requests", "openings"), False)
    caseload = caseload_of(user)
    return {
        "manages": user.standing.may(Capability.MANAGE_CASE),
        "answers": new_answers(user),
        "refers": user.standing.may(Capability.REFER),
        "drafts": unfinished(_drafts(user)),
        "plans": _plans(user),
        "requests": _requests(user),
        "openings": _openings(user),
        "caseload": caseload,
        "regimes": _by_regime(caseload),
        "severities": _by_severity(caseload),
    }


def _plans(user: User) -> list[Plan]:
    """Drafts of plans in the worker's cases."""
    return _draft_plans(user)


_drafts = Asked(
    lambda user: (
        AssessmentDraft.objects.of_author(user)
        .defer("instance", "pack__files")
        .select_related("household", "pack")[:_LONGEST]
    )
)
_requests = Asked(lambda user: requests_for(user)[:_LONGEST])
_openings = Asked(lambda user: openings_told_to(user)[:_LONGEST])
_draft_plans = Asked(
    lambda user: (
        Plan.objects.filter(status=PlanStatus.DRAFT, case__in=Case.objects.of_worker(user))
        .select_related("case__household")
        .order_by("created_at")[:_LONGEST]
    )
)


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
