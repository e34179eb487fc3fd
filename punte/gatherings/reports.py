"""What a body held in a half-year or a quarter, counted from what is on record."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from punte.gatherings.content import REPORTS, bodies
from punte.gatherings.enums import WAS_THERE, MeetingState, TaskState
from punte.gatherings.models import Body, Meeting, Task

_USUAL = "half_yearly"


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
        after = _months_on(first, months)
        found.append(Stretch(first, after - dt.timedelta(days=1)))
        first = _months_on(first, -months)
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


def _months_on(day: dt.date, months: int) -> dt.date:
    number = day.year * 12 + day.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)
