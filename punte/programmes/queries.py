"""What a programme comes to: its figures, what is reported of it, who has not reported yet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.people.models import Household
from punte.programmes.definition import Node
from punte.programmes.enums import FigureSource
from punte.programmes.figures import Achieved
from punte.programmes.models import IndicatorFigure, NodeReport, Participation, Programme
from punte.programmes.terms import Due, due, elapsed
from punte.territory.models import Uat


def achieved_in(
    programme: Programme, *, user: User | None, today: dt.date | None = None
) -> dict[str, Achieved]:
    """Each indicator with the value that counts; one query.

    What was typed in counts before what was counted, and this before what the source prints. A small number that an
    extract gave is held back from who does not see all cases there.
    """
    day = today or timezone.localdate()
    newest: dict[str, IndicatorFigure] = {}
    for figure in programme.figures.filter(part="").order_by("created_at", "id"):
        if figure.indicator not in newest or _weight(figure) >= _weight(newest[figure.indicator]):
            newest[figure.indicator] = figure
    tree = programme.tree
    found = {}
    for one in tree.indicators:
        chosen = newest.get(one.code)
        hidden = chosen is not None and is_held_back(chosen, programme, user)
        found[one.code] = Achieved(
            one,
            None if chosen is None or hidden else chosen.value,
            chosen.bound if chosen else "",
            elapsed(tree.days(tree.by_code[one.node], day), day),
            hidden,
        )
    return found


def _weight(figure: IndicatorFigure) -> int:
    return (FigureSource.PRINTED, FigureSource.SQL, FigureSource.HAND).index(FigureSource(figure.source))


def is_held_back(figure: IndicatorFigure, programme: Programme, user: User | None) -> bool:
    """Whether a number that was counted is too small for who looks; None is the house itself, for its papers."""
    if (
        user is None
        or figure.source != FigureSource.SQL
        or not 0 < figure.value < settings.PUBLICATION_THRESHOLD
    ):
        return False
    indicator = programme.tree.indicator(figure.indicator)
    counts_people = indicator is not None and indicator.counts == "people"
    return counts_people and not user.standing.may(Capability.SEE_ALL_CASES, programme.organization_id)


@dataclass(frozen=True)
class Standing:
    """How an action stands: the newest report of its institution, and how many UATs reported of the last period."""

    report: NodeReport | None = None
    due: Due | None = None
    reported: int = 0
    asked: int = 0

    @property
    def is_missing(self) -> bool:
        """Whether a report is due that nobody wrote."""
        return self.due is not None and (self.reported < self.asked if self.asked else not self._is_of_due)

    @property
    def _is_of_due(self) -> bool:
        return self.report is not None and self.due is not None and self.report.end >= self.due.span.end


def uats_of(programme: Programme) -> list[Uat]:
    """The UATs to which actions of a programme may fall: all of its county."""
    return (
        list(Uat.objects.filter(county=programme.county_id).order_by("name")) if programme.county_id else []
    )


def dues(programme: Programme, today: dt.date) -> dict[str, Due | None]:
    """The period of which a report of each action is due."""
    tree, last = programme.tree, min(today, programme.end + dt.timedelta(days=1))
    return {node.code: due(tree.term(node), last, since=programme.start) for node in tree.work}


def standings(programme: Programme, today: dt.date) -> dict[str, Standing]:
    """How each action stands; two queries."""
    asked = len(uats_of(programme)) if any(node.of_uats for node in programme.tree.work) else 0
    wanted = dues(programme, today)
    own: dict[str, NodeReport] = {}
    by_uat: dict[str, set[int]] = defaultdict(set)
    reports = programme.reports.select_related("organization").defer("narrative", "evidence")
    for report in reports.order_by("created_at", "id"):
        term = wanted.get(report.node)
        uat = report.organization.uat_id
        if report.organization_id == programme.organization_id:
            own[report.node] = report
        elif uat and term and report.period == term.name:
            by_uat[report.node].add(uat)
    return {
        node.code: Standing(
            own.get(node.code), wanted[node.code], len(by_uat[node.code]), asked if node.of_uats else 0
        )
        for node in programme.tree.work
    }


@dataclass(frozen=True)
class UatLine:
    """What one UAT owes and has reported of the actions that fall to it."""

    uat: Uat
    reported: tuple[Node, ...]
    missing: tuple[Node, ...]
    last: dt.datetime | None
    unanswered: int


def by_uat(programme: Programme, today: dt.date, *, written_by: dt.date | None = None) -> list[UatLine]:
    """Each UAT with what it has not reported: who waits for an answer first, then who owes most.

    Args:
        written_by: the last day of which reports count, for how it stood then; without it all do.
    """
    wanted = dues(programme, today)
    fall = [node for node in programme.tree.work if node.of_uats and wanted[node.code]]
    told_by_others = programme.reports.exclude(organization=programme.organization_id)
    if written_by:
        told_by_others = told_by_others.filter(created_at__date__lte=written_by)
    reports = told_by_others.select_related("organization").prefetch_related("answers")
    told: dict[int, dict[str, NodeReport]] = defaultdict(dict)
    for report in reports.defer("narrative", "evidence").order_by("created_at", "id"):
        if siruta := report.organization.uat_id:
            told[siruta][f"{report.node} {report.period}"] = report
    lines = []
    for uat in uats_of(programme):
        mine = told[uat.pk]
        done = [node for node in fall if f"{node.code} {_name(wanted[node.code])}" in mine]
        lines.append(
            UatLine(
                uat,
                tuple(done),
                tuple(node for node in fall if node not in done),
                max((one.created_at for one in mine.values()), default=None),
                sum(not one.answers.all() for one in mine.values()),
            )
        )
    return sorted(lines, key=lambda line: (not line.unanswered, -len(line.missing), line.uat.name))


def _name(term: Due | None) -> str:
    return term.name if term else ""


def reporters(user: User, programme: Programme, node: Node | None = None) -> list[Organization]:
    """The institutions in whose name an account may report of an action, or of any: the programme's own, or a town hall
    to whose UAT it falls."""
    own = Organization.objects.filter(
        pk=programme.organization_id, pk__in=user.standing.organizations(Capability.PLAN)
    )
    return [*own, *(town_halls(user, programme.county_id) if node is None or node.of_uats else ())]


def town_halls(user: User, county: str | None) -> list[Organization]:
    """The institutions of UATs of a county for which an account plans."""
    planning = Organization.objects.filter(pk__in=user.standing.organizations(Capability.PLAN))
    ours = planning.filter(uat__county=county).exclude(kind=OrganizationKind.COUNTY_DIRECTORATE)
    return list(ours.select_related("uat").order_by("name")) if county else []


@dataclass(frozen=True)
class Owed:
    """An action of which somebody has not reported the period that is over."""

    node: Node
    term: Due


def owed(programme: Programme, by: Collection[UUID], today: dt.date) -> list[Owed]:
    """Of which actions none of these institutions has reported what is due; one query.

    Args:
        by: the programme's own institution, town halls of its county, or both: those who report of it.
    """
    if not by:
        return []
    wanted, own = dues(programme, today), programme.organization_id in by
    told = set(programme.reports.filter(organization__in=by).values_list("node", "period"))
    return [
        Owed(node, term)
        for node in programme.tree.work
        if (own or node.of_uats)
        and (term := wanted[node.code]) is not None
        and (node.code, term.name) not in told
    ]


def spent_on(programme: Programme) -> Mapping[str, Decimal]:
    """Lei spent on each action, by its institution's own reports: the newest of each period."""
    newest: dict[tuple[str, str, UUID], Decimal] = {}
    told = programme.reports.filter(spent__isnull=False).order_by("created_at", "id")
    for node, period, organization, spent in told.values_list("node", "period", "organization", "spent"):
        newest[node, period, organization] = spent or Decimal(0)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for (node, _period, _organization), spent in newest.items():
        sums[node] += spent
    return sums


def enrolled_households(user: User, programme: Any, part: str = "") -> QuerySet[Household]:
    """The households enrolled that an account sees, today or on the programme's last day; lists are narrowed by it."""
    seen = Participation.objects.in_force().visible_to(user).filter(programme=programme)
    return Household.objects.filter(pk__in=(seen.filter(part=part) if part else seen).values("household"))
