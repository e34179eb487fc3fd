"""What of the work on cases is drawn on first pages: visits, terms, steps, the load, how severe cases are."""

import datetime as dt
from collections import Counter, defaultdict
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment
from punte.accounts.enums import Capability as Can
from punte.accounts.guests import who_may
from punte.accounts.models import User
from punte.accounts.pictures import Drawn, Picture, Place
from punte.accounts.standing import Standing
from punte.assessments.narrowing import facts_read
from punte.assessments.offers import offers_within
from punte.cases.caseload import Loads
from punte.cases.enums import PlanStatus, VisitStatus
from punte.cases.models import Case, CaseDeadline, PlannedService, SeverityPeriod, Visit
from punte.cases.visits import OFF_THE_DAYS, readable
from punte.deadlines.calendar import plus_months
from punte.kernel.models import during
from punte.people.compartments import compartments_of_each
from punte.people.sight import hidden_from
from punte.www.frame.addresses import reverse
from punte.www.frame.pictures import Kind, by_week, first_monday, of_kinds, one_each, week_of
from punte.www.office.cases.views.day_lines import readable_steps

_READ = 600
_WORKERS_DRAWN, _FINDINGS_DRAWN = 12, 6
_CASES_READ = 1_000
"""Of more cases than that no picture is drawn: nobody works with so many families."""
_MONTHS = 6


def visits(user: User, today: dt.date) -> Drawn:
    """One's own visits, each week those that its calendar lists."""
    own = Visit.objects.filter(who=user, day__gte=first_monday(today), day__lte=_sunday(today))
    rows = own.exclude(status__in=OFF_THE_DAYS).select_related("household").order_by("-day", "-pk")
    read = rows.only("day", "status", "compartment", "household__keeper", "household__sealed")[:_READ]
    kinds: list[Kind] = [
        (VisitStatus.HELD, pgettext("picture", "held"), "done"),
        (VisitStatus.NOT_HELD, pgettext("picture", "did not take place"), "moderate"),
        (VisitStatus.PLANNED, pgettext("picture", "nothing said of them yet"), "open"),
    ]
    return by_week(
        today,
        [(one.day, one.status) for one in readable(user, list(read))],
        kinds,
        week=lambda monday: f"{reverse('visits_week')}?day={monday.isoformat()}",
        url=reverse("visits_week"),
        leads=_("This week's visits"),
    )


def terms(user: User, today: dt.date) -> Drawn:
    """The terms of the open cases that the account answers for, by the week in which they stood."""
    stood = CaseDeadline.objects.filter(
        case__in=Case.objects.of_worker(user), due_on__gte=first_monday(today), due_on__lte=today
    )
    rows = stood.order_by().values_list("due_on", "met_on")
    return by_week(
        today,
        [(due, _how_met(due, met)) for due, met in rows if met or due < today],
        _met_kinds(),
        url=f"{reverse('cases')}?whose=mine&state=overdue",
        leads=_("My cases with a term that is late"),
    )


def steps(user: User, today: dt.date) -> Drawn:
    """The steps of plans that are given to the account, by the week in which they were due."""
    given = PlannedService.objects.filter(
        worker=user,
        due_on__gte=first_monday(today),
        due_on__lte=today,
        objective__plan__status=PlanStatus.ADOPTED,
        objective__plan__case__open=True,
        objective__later=False,
    )
    rows = given.select_related("objective__plan__case__household").only(
        *("due_on", "done_on", "objective__compartment", "objective__plan__case__household__keeper"),
        "objective__plan__case__household__sealed",
    )
    read = readable_steps(user, list(rows.order_by("-due_on", "pk")[:_READ]))
    told = [(one.due_on, one.done_on) for one in read if one.done_on or one.due_on < today]
    return by_week(today, [(due, _how_met(due, done)) for due, done in told], _met_kinds())


def _how_met(due: dt.date, met: dt.date | None) -> str:
    if met is None:
        return "not_met"
    return "in_time" if met <= due else "late"


def _met_kinds() -> list[Kind]:
    return [
        ("in_time", pgettext("picture", "done in time"), "done"),
        ("late", pgettext("picture", "done late"), "second"),
        ("not_met", pgettext("picture", "late, not done yet"), "late"),
    ]


def _sunday(today: dt.date) -> dt.date:
    return today + dt.timedelta(days=6 - today.weekday())


def load(user: User, today: dt.date) -> Drawn:
    """What each worker carries beside the norm, who has most first. Sealed cases weigh too, as on the team's page."""
    loads = Loads.read(user.standing.organizations(Can.SEE_ALL_CASES))
    workers = User.objects.filter(pk__in=list(loads.by_worker), is_active=True).only("name")
    carried = sorted(
        ((loads.of_worker(one.pk).weight, one) for one in workers), key=lambda pair: (-pair[0], pair[1].name)
    )[:_WORKERS_DRAWN]
    norm = loads.of.norm
    return of_kinds(
        [
            (
                Place(one.name, f"{reverse('cases')}?whose={one.pk}"),
                {"within": min(weight, norm), "over": max(0, weight - norm)},
            )
            for weight, one in carried
        ],
        [
            ("within", pgettext("picture", "within the norm"), "done"),
            ("over", pgettext("picture", "over the norm"), "late"),
        ],
        norm=norm,
        unit=pgettext("picture", "of %(n)s") % {"n": norm},
        note=_("The numbers contain sealed cases; the lists show those to their team alone."),
    )


def findings(user: User, today: dt.date) -> Drawn | None:
    """What was found most often in the part of the record that the profession reads beside what everybody does: in how
    many open cases that the account sees, as its list of cases is narrowed."""
    own = user.standing.every_compartment() - {Compartment.GENERAL, *SEALED_COMPARTMENTS}
    seen = Case.objects.visible_to(user).filter(open=True).select_related("household").order_by("pk")
    cases = list(seen.only("person", "household__keeper", "household__sealed")[: _CASES_READ + 1])
    if len(cases) > _CASES_READ:
        return None
    homes = {one.household_id: one.household for one in cases}
    reads = compartments_of_each(user, list(homes.values()))
    offers = {key: one for key, one in offers_within(own).items() if key == one.name}
    found: dict[UUID, set[tuple[str, UUID | None]]] = defaultdict(set)
    for fact in facts_read(user, homes.keys(), offers.keys()):
        if fact.compartment in reads[fact.household_id]:
            found[fact.household_id].add((fact.name, fact.person_id))
    counted: Counter[str] = Counter()
    for case in cases:
        # A case of one person has what was found of that person, and of the household.
        told = found[case.household_id]
        counted.update({name for name, whose in told if whose is None or case.person_id in (None, whose)})
    most = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:_FINDINGS_DRAWN]
    narrowed = f"{reverse('cases')}?whose=all&facts="
    return one_each(
        [(offers[name].words, narrowed + name, "second", n) for name, n in most],
        note=_("In how many open cases that you see, by the newest assessment."),
    )


def severity(user: User, today: dt.date) -> Drawn:
    """Open cases by how severe they were, at the ends of months and today; without the sealed ones."""
    first = today.replace(day=1)
    days = [plus_months(first, -ago) - dt.timedelta(days=1) for ago in reversed(range(_MONTHS))] + [today]
    known = SeverityPeriod.objects.filter(
        case__keeper__in=user.standing.organizations(Can.SEE_ALL_CASES), case__sealed=False, severity__gt=0
    ).exclude(case__household__in=hidden_from(user).households)
    counts = {
        f"on_{at}": Count("pk", filter=during(day) & during(day, "case__episodes__"))
        for at, day in enumerate(days)
    }
    found = list(known.order_by().values_list("severity").annotate(**counts))
    return of_kinds(
        [(week_of(day), {row[0]: row[at] for row in found}) for at, day in enumerate(days, start=1)],
        [
            (3, pgettext("picture", "severe"), "severe"),
            (2, pgettext("picture", "moderate"), "moderate"),
            (1, pgettext("picture", "to watch"), "watch"),
        ],
        url=f"{reverse('cases')}?whose=all&severity=3",
        leads=_("Severe cases today"),
        note=_("Without sealed cases."),
    )


def _is_of_a_part(standing: Standing) -> bool:
    """Whether it is somebody who reads a part of the record by their profession, and works on cases."""
    return standing.may(Can.INTERVENE) and bool(
        standing.every_compartment() & {Compartment.HEALTH, Compartment.EDUCATION}
    )


PICTURES = (
    Picture("visits", gettext_lazy("My visits, by week"), who_may(Can.INTERVENE), visits, "weeks"),
    Picture("terms", gettext_lazy("Terms of my cases, by week"), who_may(Can.MANAGE_CASE), terms, "weeks"),
    Picture("steps", gettext_lazy("My steps of plans, by week"), who_may(Can.INTERVENE), steps, "weeks"),
    Picture("findings", gettext_lazy("What was found most often"), _is_of_a_part, findings),
    Picture("load", gettext_lazy("Load of each worker beside the norm"), who_may(Can.SEE_ALL_CASES), load),
    Picture(
        "severity",
        gettext_lazy("How severe open cases are, by month"),
        who_may(Can.SEE_ALL_CASES),
        severity,
        "weeks",
    ),
)
