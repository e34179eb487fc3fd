"""What a body held in a half-year or a quarter, counted from what is on record."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.content import bodies_rulebook
from punte.cases.rules_on import rules_on
from punte.deadlines.calendar import plus_months
from punte.deadlines.model import Event, Rule
from punte.deadlines.reading import YEAR
from punte.deadlines.windows import windows
from punte.gatherings.content import REPORTS, bodies
from punte.gatherings.enums import WAS_THERE, MeetingState, TaskState
from punte.gatherings.models import Body, IssuedReport, Meeting, Seat, Task
from punte.kernel.prepared import Prepared, rounded
from punte.people.asked import Asked

_USUAL = "half_yearly"
_EACH = {"half_yearly": "half_year", "quarterly": "quarter"}
_LOOKED_BACK = 12
"""For how many months a report that was not made is still asked for; never from before it met or was on record."""


@dataclass(frozen=True)
class Stretch:
    """A half-year or a quarter."""

    first: dt.date
    last: dt.date

    @property
    def key(self) -> str:
        """By which an address names it."""
        return self.first.isoformat()


@dataclass(frozen=True)
class Session:
    """A session that was held: who was there, what was decided, how many cases were brought; `quorate` is None where
    no rule says how many must be there."""

    meeting: Meeting
    there: int
    decided: int
    cases: int
    quorate: bool | None


@dataclass(frozen=True)
class Report:
    """What a body held, and what became of what it gave to be done."""

    stretch: Stretch
    sessions: list[Session]
    cancelled: int
    tasks: int
    done: int
    late: int

    @property
    def decisions(self) -> int:
        """How many decisions."""
        return sum(one.decided for one in self.sessions)

    @property
    def brought(self) -> int:
        """How many cases were brought before it."""
        return sum(one.cases for one in self.sessions)

    @property
    def mean(self) -> str:
        """How many were there on average."""
        if not self.sessions:
            return ""
        return f"{sum(one.there for one in self.sessions) / len(self.sessions):.1f}".replace(".", ",")


def stretches_of(body: Body, today: dt.date, many: int = 6) -> list[Stretch]:
    """The last half-years or quarters of a body, the current first."""
    kind = bodies().kinds.get(body.kind)
    months = REPORTS[(kind.reports if kind else "") or _USUAL]
    first = today.replace(month=(today.month - 1) // months * months + 1, day=1)
    found = []
    for _number in range(many):
        after = plus_months(first, months)
        found.append(Stretch(first, after - dt.timedelta(days=1)))
        first = plus_months(first, -months)
    return found


def report_of(body: Body, stretch: Stretch, today: dt.date) -> Report:
    """What a body held in a stretch of time."""
    within = Meeting.objects.filter(body=body, day__gte=stretch.first, day__lte=stretch.last)
    held = within.filter(state=MeetingState.HELD).annotate(
        present=Count("presences", filter=Q(presences__state__in=WAS_THERE), distinct=True),
        decided=Count("decisions", distinct=True),
        cases=Count(
            "agenda", filter=Q(agenda__case__isnull=False, agenda__case__sealed=False), distinct=True
        ),
    )
    rows: list[Any] = list(held.order_by("day", "pk").defer("minutes"))
    sessions = [
        Session(
            one,
            one.present + one.counted,
            one.decided,
            one.cases,
            None if body.quorum is None else one.present + one.counted >= body.quorum,
        )
        for one in rows
    ]
    tasks = Task.objects.filter(meeting__in=[one.pk for one in rows])
    return Report(
        stretch=stretch,
        sessions=sessions,
        cancelled=within.filter(state=MeetingState.CANCELLED).count(),
        tasks=tasks.count(),
        done=tasks.filter(state=TaskState.DONE).count(),
        late=tasks.filter(state=TaskState.OPEN, due_on__lt=today).count(),
    )


@dataclass(frozen=True)
class DueReport:
    """A report that a body is to make: of which time, until when, by which rule."""

    body: Body
    stretch: Stretch
    due_on: dt.date
    rule: Rule


def due_reports(user: User, today: dt.date) -> list[DueReport]:
    """What bodies are to report, for an account that leads them: it calls meetings where they are kept, and sits in
    them where any account does (four queries)."""
    kinds = [key for key, one in bodies().kinds.items() if one.reports]
    rows = _reporting(user, kinds=kinds) if kinds else []
    if not rows:
        return []
    sitting: dict[Any, set[Any]] = {}
    for body, sits in _sitting(bodies=rounded([one.pk for one in rows])):
        sitting.setdefault(body, set()).add(sits)
    led = [one for one in rows if user.pk in sitting.get(one.pk, {user.pk})]
    issued: set[Any] = set(_issued(bodies=rounded([one.pk for one in led])))
    on = rules_on(bodies_rulebook(), {one.keeper_id for one in led})
    waits = [
        due
        for body in led
        for rule in on[body.keeper_id]
        for due in _of_rule(body, rule, today)
        if (body.pk, due.stretch.first) not in issued
    ]
    return sorted(waits, key=lambda due: (due.due_on, due.body.title, str(due.body.pk)))


_sitting = Prepared(
    lambda bodies: (
        Seat.objects.current().filter(body__in=bodies, user__isnull=False).values_list("body", "user")
    )
)
_issued = Prepared(
    lambda bodies: IssuedReport.objects.filter(body__in=bodies).order_by().values_list("body", "first")
)
_reporting = Asked(
    lambda user, kinds: (
        Body.objects.filter(keeper__in=user.standing.organizations(Capability.MEET), kind__in=kinds)
        .select_related("keeper")
        .annotate(met=Min("meetings__day"))
        .order_by("title", "pk")
    )
)


def _of_rule(body: Any, rule: Rule, today: dt.date) -> Iterator[DueReport]:
    """The reports of a body whose time is over, since its mandate and its record began."""
    reports = bodies().kinds[body.kind].reports
    if rule.calendar is None or rule.calendar.each != _EACH[reports] or not rule.validity.holds_on(today):
        return
    year_ago = plus_months(today.replace(day=1), -_LOOKED_BACK)
    known = timezone.localdate(body.created_at)
    since = max(body.start, min(known, body.met or known), year_ago)
    begins = Event(YEAR, timezone.make_aware(dt.datetime.combine(since, dt.time.min)))
    for window in windows(rule, begins):
        after = timezone.localdate(window.since)
        if after > today:
            return
        first = plus_months(after, -REPORTS[reports])
        if body.end is not None and body.end <= first:
            return
        yield DueReport(body, Stretch(first, after - dt.timedelta(days=1)), window.due_on, rule)
