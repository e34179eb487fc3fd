"""The week and the month of one's own work, and the week of the team: days one after the other, without a script."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.accounts.guests import DayLine, work_of
from punte.accounts.models import User
from punte.cases.visits import visits_of, visits_of_keepers
from punte.kernel.days import is_meant
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.visits import VisitShown, shown
from punte.www.office.day.views.day import in_order

_A_WEEK = dt.timedelta(days=7)
_SHOWN_OF_A_DAY = 4


@dataclass
class Day:
    """A day of a calendar: its visits, and what else falls on it."""

    day: dt.date
    within: bool = True
    visits: list[VisitShown] = field(default_factory=list)
    lines: list[DayLine] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """How it is drawn: `today`, `free` where nothing falls on it, `beyond` the month."""
        kinds = {
            "today": self.day == timezone.localdate(),
            "free": self.is_empty,
            "beyond": not self.within,
        }
        return " ".join(name for name, is_so in kinds.items() if is_so)

    @property
    def is_empty(self) -> bool:
        """Whether nothing falls on it."""
        return not self.visits and not self.lines

    @property
    def first_visits(self) -> list[VisitShown]:
        """What of its visits fits in a cell of a month."""
        return self.visits[:_SHOWN_OF_A_DAY]

    @property
    def first_lines(self) -> list[DayLine]:
        """What else fits there."""
        return self.lines[: max(0, _SHOWN_OF_A_DAY - len(self.visits))]

    @property
    def more(self) -> int:
        """How much does not."""
        return len(self.visits) + len(self.lines) - len(self.first_visits) - len(self.first_lines)


@require_safe
def visits_week(request: SignedIn) -> HttpResponse:
    """Seven days from Monday: one's own visits with their hours, terms, and what else has a day."""
    monday = _monday(day_asked(request))
    days = _own(request.user, monday, monday + _A_WEEK - dt.timedelta(days=1))
    return _show(request, "week", days, before=monday - _A_WEEK, after=monday + _A_WEEK, first=monday)


@require_safe
def visits_month(request: SignedIn) -> HttpResponse:
    """A month in whole weeks."""
    asked = day_asked(request)
    first = asked.replace(day=1)
    last = asked.replace(day=calendar.monthrange(asked.year, asked.month)[1])
    days = _own(request.user, _monday(first), _monday(last) + _A_WEEK - dt.timedelta(days=1))
    for one in days:
        one.within = first <= one.day <= last
    return _show(
        request,
        "month",
        days,
        before=first - dt.timedelta(days=1),
        after=last + dt.timedelta(days=1),
        first=first,
    )


@require_safe
@needs(Capability.ASSIGN)
def team_week(request: SignedIn) -> HttpResponse:
    """The visits of everybody for whom one assigns work, as far as one may read them."""
    monday = _monday(day_asked(request))
    sunday = monday + _A_WEEK - dt.timedelta(days=1)
    days = _days(monday, sunday, shown(request.user, visits_of_keepers(request.user, monday, sunday)), ())
    return _show(request, "team", days, before=monday - _A_WEEK, after=monday + _A_WEEK, first=monday)


def day_asked(request: HttpRequest) -> dt.date:
    """The day in the address; today where there is none that somebody can mean."""
    try:
        asked = dt.date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return timezone.localdate()
    return asked if is_meant(asked) else timezone.localdate()


def of_calendars(user: User, current: str) -> dict[str, object]:
    """What leads from one calendar to the others."""
    may = user.standing.may
    return {"current": current, "visits": may(Capability.INTERVENE), "leads": may(Capability.ASSIGN)}


def _own(user: User, first: dt.date, last: dt.date) -> list[Day]:
    waits = (work.waits(user, timezone.localdate()) for work in work_of(user) if work.name != "visits")
    lines = [line for waiting in waits for line in waiting.lines]
    return _days(first, last, shown(user, visits_of(user, first, last)), lines)


def _days(first: dt.date, last: dt.date, visits: Iterable[VisitShown], lines: Iterable[DayLine]) -> list[Day]:
    days = {
        day: Day(day)
        for day in (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    }
    for row in visits:
        days[row.visit.day].visits.append(row)
    for line in sorted(lines, key=in_order):
        if line.when in days:
            days[line.when].lines.append(line)
    return list(days.values())


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _show(
    request: SignedIn, current: str, days: list[Day], *, before: dt.date, after: dt.date, first: dt.date
) -> HttpResponse:
    name = {"week": "visits_week", "month": "visits_month", "team": "team_week"}[current]
    return render(
        request,
        "office_day/month.html" if current == "month" else "office_day/week.html",
        {
            **of_calendars(request.user, current),
            "days": days,
            "first": first,
            "last": days[-1].day,
            "before": f"{reverse(name)}?day={before.isoformat()}",
            "after": f"{reverse(name)}?day={after.isoformat()}",
            "now": reverse(name),
            "empty": all(day.is_empty for day in days),
        },
    )
