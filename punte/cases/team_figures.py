"""What a coordinator watches over beside the load: late cases, their age, the families not seen, the course of a year.

Figures are of whole organisations and contain sealed cases, which no list names.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from punte.assessments.models import Assessment
from punte.cases.models import Case, CaseEpisode, Intervention
from punte.cases.policy import ageing_bounds
from punte.deadlines.calendar import plus_months
from punte.kernel.models import during

MONTHS = 12


@dataclass(frozen=True)
class Ageing:
    """Open cases by how long they have been open, and how many families nobody met for a while (`ageing_bounds`)."""

    young: int
    grown: int
    old: int
    unseen_month: int
    unseen_quarter: int


@dataclass(frozen=True)
class MonthEnd:
    """How many cases were open at the end of a day."""

    day: dt.date
    count: int


def late_cases_by_worker(keepers: Collection[UUID], today: dt.date) -> dict[UUID | None, int]:
    """Open cases with an overdue term, counted by who answers for them: the rows of the list of late cases."""
    late = Case.objects.filter(keeper__in=keepers, open=True, due_on__lt=today).order_by()
    return dict(late.values_list("responsible").annotate(cases=Count("*")))


def ageing_of(keepers: Collection[UUID], today: dt.date) -> Ageing:
    """How old the open cases of organisations are, and how long their families were not met."""
    current = CaseEpisode.objects.filter(case__keeper__in=keepers, case__open=True, end=None).order_by()
    bounds = ageing_bounds()
    young, year = (plus_months(today, -months) for months in bounds.open_months)
    ages = current.aggregate(
        young=Count("pk", filter=Q(start__gt=young)),
        grown=Count("pk", filter=Q(start__lte=young, start__gt=year)),
        old=Count("pk", filter=Q(start__lte=year)),
    )
    month, quarter = (_not_met_since(keepers, today - dt.timedelta(days=days)) for days in bounds.unseen_days)
    return Ageing(**ages, unseen_month=month, unseen_quarter=quarter)


def _not_met_since(keepers: Collection[UUID], day: dt.date) -> int:
    """Open cases whose family nobody met after a day, at an intervention or at an assessment."""
    since = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
    met = Intervention.objects.filter(case=OuterRef("pk"), met_family=True, at__gte=since)
    assessed = Assessment.objects.filter(household=OuterRef("household"), visited_on__gt=day)
    unmet = Case.objects.filter(~Exists(met.order_by()), ~Exists(assessed.order_by()))
    return unmet.filter(keeper__in=keepers, open=True).count()


def course_of(keepers: Collection[UUID], today: dt.date) -> list[MonthEnd]:
    """Open cases at the end of each of the last months, and today, the oldest first (one query)."""
    days = [*_month_ends(today), today]
    counts = {f"on_{number}": Count("pk", filter=during(day)) for number, day in enumerate(days)}
    found = CaseEpisode.objects.filter(case__keeper__in=keepers).order_by().aggregate(**counts)
    return [MonthEnd(day, found[f"on_{number}"]) for number, day in enumerate(days)]


def _month_ends(today: dt.date) -> list[dt.date]:
    """The last days of the twelve months before this one."""
    first = today.replace(day=1)
    return [plus_months(first, -ago) - dt.timedelta(days=1) for ago in reversed(range(MONTHS))]
