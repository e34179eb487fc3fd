"""What came of all groups together, and who works much with little supervision."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.models import User
from punte.cases.workload import caseload_of
from punte.gatherings.enums import WAS_THERE, MeetingState
from punte.gatherings.figures import Figures, by_month, figures_of, mean_of, people_in
from punte.gatherings.groups_content import groups, kind_of
from punte.gatherings.models import Presence, Series, TrainingPlace
from punte.gatherings.roll import working_in
from punte.kernel.text import fold
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.asked import number_in
from punte.www.frame.form_page import show

SUPERVISED = ("supervision", "intervision")
_MONTHS = dt.timedelta(days=91)


@dataclass(frozen=True)
class OfKind:
    """The groups of one kind in a year."""

    title: str
    series: int
    figures: list[Figures]
    people: int

    @property
    def held(self) -> int:
        """Meetings that were held."""
        return sum(one.many for one in self.figures)

    @property
    def participations(self) -> int:
        """All who took part."""
        return sum(one.participations for one in self.figures)

    @property
    def reached(self) -> int:
        """Whom campaigns and newsletters reached."""
        return sum(one.reached for one in self.figures)

    @property
    def mean(self) -> object:
        """Per held meeting."""
        return mean_of(self.participations, self.held)


@require_safe
@needs(Can.MEET)
def group_figures(request: SignedIn) -> HttpResponse:
    """By kind in a year: meetings, participations, distinct people, mean; and by service the people of each month."""
    today = timezone.localdate()
    year = number_in(request.GET.get("an"), otherwise=today.year)
    year = year if today.year - 20 <= year <= today.year + 1 else today.year
    within = (dt.date(year, 1, 1), dt.date(year, 12, 31))
    series = list(
        Series.objects.visible_to(request.user)
        .filter(meetings__day__range=within)
        .select_related("service")
        .distinct()
        .order_by("title", "pk")
    )
    figures = figures_of(request.user, series, within=within)
    kinds: dict[str, list[Series]] = {}
    for one in series:
        kinds.setdefault(one.kind, []).append(one)
    rows = [
        OfKind(
            str(kind_of(key) or key),
            len(several),
            [figures[one.pk] for one in several],
            people_in(request.user, several, within=within),
        )
        for key, several in kinds.items()
    ]
    services: dict[str, list[Series]] = {}
    for one in series:
        if one.service is not None:
            services.setdefault(one.service.name, []).append(one)
    return show(
        request,
        "office_groups/figures.html",
        year=year,
        rows=sorted(rows, key=lambda one: fold(one.title)),
        trained=_trained(series),
        everybody=people_in(request.user, series, within=within),
        services=[
            (name, [(month, n) for month, n in by_month(request.user, several) if month.year == year])
            for name, several in sorted(services.items())
        ],
    )


def _trained(series: list[Series]) -> list[tuple[str, int, int]]:
    """Of each category of staff, how many had a place in a training, and how many a certificate (R171, R201)."""
    places = TrainingPlace.objects.filter(series__in=[one.pk for one in series]).order_by("category")
    counted = places.values_list("category").annotate(n=Count("pk"), certified=Count("certified_on"))
    staff = groups().staff
    return [(str(staff.get(key, key)), many, certified) for key, many, certified in counted]


@dataclass(frozen=True)
class Worker:
    """A colleague's open cases beside the hours of supervision of the last three months."""

    name: str
    cases: int
    minutes: int

    @property
    def without(self) -> bool:
        """Whether somebody with cases had none."""
        return self.cases > 0 and self.minutes == 0


@require_safe
@needs(Can.ASSIGN)
def supervision_hours(request: SignedIn) -> HttpResponse:
    """How many cases each colleague has, and how much supervision they had in the last three months (R72)."""
    today = timezone.localdate()
    keepers = request.user.standing.organizations(Can.ASSIGN)
    people = [one for keeper in sorted(keepers) for one in working_in(keeper)]
    hours = _minutes(people, today)
    rows = [Worker(one.name, caseload_of(one).total, hours.get(one.pk, 0)) for one in dict.fromkeys(people)]
    return show(
        request,
        "office_groups/supervision.html",
        rows=sorted(rows, key=lambda one: (not one.without, -one.cases, one.name)),
        since=today - _MONTHS,
    )


def _minutes(people: list[User], today: dt.date) -> dict[object, int]:
    there = Presence.objects.filter(
        user__in=[one.pk for one in people],
        state__in=WAS_THERE,
        meeting__state=MeetingState.HELD,
        meeting__kind__in=SUPERVISED,
        meeting__day__range=(today - _MONTHS, today),
    )
    rows = there.order_by().values_list("user").annotate(minutes=Sum("meeting__length"))
    return {key: minutes or 0 for key, minutes in rows}
