"""What a worker, and who coordinates workers, finds on their first page.

Every figure comes from an index that holds it (`workload_of_*`, `deadlines_not_met_by_*`, SevereChild), and every
list is cut off at a length that a person can read, with the number of all beside it.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from punte.accounts.enums import Capability
from punte.accounts.models import Team, User
from punte.cases.content import sentence
from punte.cases.enums import ReferralStatus, Regime
from punte.cases.models import Case, CaseDeadline, Referral
from punte.cases.seen import cases_seen
from punte.cases.severe_children import severe_reasons
from punte.cases.team_figures import late_cases_by_worker
from punte.kernel.prepared import Prepared, rounded
from punte.people.asked import Asked
from punte.people.models import Household
from punte.people.sight import hidden_from

HORIZON = dt.timedelta(days=7)
"""How far ahead a worker's page looks."""

LATER = dt.timedelta(days=30)
"""How far ahead it looks where one unfolds what is for later."""

LONGEST_LIST = 50


@dataclass(frozen=True)
class DueItem:
    """A term on somebody's page, with the sentence that names its rule."""

    deadline: CaseDeadline
    text: str

    @property
    def case(self) -> Case:
        """The case, with its household."""
        return self.deadline.case

    def days_late(self, today: dt.date) -> int:
        """Days since the term; negative while it is still to come."""
        return (today - self.deadline.due_on).days


@dataclass(frozen=True)
class Caseload:
    """Open cases counted by regime, and among them the severe ones."""

    by_regime: dict[str, int]
    by_severity: dict[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All open cases."""
        return sum(self.by_regime.values())


@dataclass(frozen=True)
class Terms:
    """A worker's terms: overdue, due within `HORIZON`, and later within `LATER`.

    The lists hold the first `LONGEST_LIST` each; the totals count all.
    """

    overdue: list[DueItem]
    due: list[DueItem]
    later: list[DueItem]
    overdue_total: int
    due_total: int
    later_total: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.overdue_total + self.due_total + self.later_total


def terms_of(user: User, today: dt.date) -> Terms:
    """The terms of a worker that stand overdue, or that come up to `LATER`."""
    # Their days first, which are light: only those that are listed are read whole.
    keepers = user.standing.organizations(Capability.SEE_TEAM_CASES)
    days = _days_of_terms(worker=user.pk, keepers=keepers, until=today + LATER)
    overdue = [key for day, key in days if day < today]
    later = [key for day, key in days if day > today + HORIZON]
    due = [key for _day, key in days[len(overdue) : len(days) - len(later)]]
    listed = [keys[:LONGEST_LIST] for keys in (overdue, due, later)]
    items = _items([key for keys in listed for key in keys])
    late, soon, afterwards = ([items[key] for key in keys if key in items] for keys in listed)
    return Terms(late, soon, afterwards, len(overdue), len(due), len(later))


_days_of_terms = Prepared(
    lambda worker, keepers, until: (
        CaseDeadline.objects.of_worker(worker, keepers)
        .not_met()
        .filter(due_on__lte=until)
        .order_by("due_on", "rule", "pk")
        .values_list("due_on", "pk")
    )
)


def _items(keys: Collection[UUID]) -> dict[UUID, DueItem]:
    rows = _terms_with_cases(keys=rounded(keys))
    return {row.pk: DueItem(row, sentence(row.rule, row.since)) for row in rows}


_terms_with_cases = Prepared(
    lambda keys: (
        CaseDeadline.objects.filter(pk__in=keys)
        .select_related("case__household")
        .only(
            *("rule", "since", "subject", "due_on", "due_at"),
            *(f"case__{name}" for name in ("keeper", "year", "number", "sealed")),
            *(f"case__household__{name}" for name in ("name", "locality")),
        )
    )
)


def new_answers(user: User) -> list[Referral]:
    """Answers that nobody has read yet, to referrals of the worker's cases and to those that the worker sent."""
    of_cases = _answers_in_cases(user)
    known = {referral.pk for referral in of_cases}
    sent = [referral for referral in _answers_to_own(user) if referral.pk not in known]
    if sent:
        # Who sent a referral may have left the case since.
        visible = cases_seen(user, {referral.case_id for referral in sent})
        sent = [referral for referral in sent if referral.case_id in visible]
    return sorted(
        of_cases + sent, key=lambda referral: referral.answered_at or referral.sent_at, reverse=True
    )[:LONGEST_LIST]


def _unread() -> Any:
    unread = Referral.objects.filter(answered_at__isnull=False, seen_by_sender_at=None)
    answered = unread.exclude(status=ReferralStatus.WITHDRAWN).select_related("case")
    return answered.order_by("-answered_at", "-pk")


_answers_in_cases = Asked(lambda user: _unread().filter(case__in=Case.objects.of_worker(user))[:LONGEST_LIST])
_answers_to_own = Asked(lambda user: _unread().filter(by=user)[:LONGEST_LIST])


def caseload_of(user: User) -> Caseload:
    """The open cases of a worker, by regime and by severity (R5)."""
    by_regime = dict.fromkeys(Regime.values, 0)
    by_severity: dict[int, int] = {}
    for row in _counted(user):
        by_regime[row["regime"]] += row["cases"]
        by_severity[row["severity"]] = by_severity.get(row["severity"], 0) + row["cases"]
    return Caseload(by_regime, by_severity)


_counted = Asked(lambda user: Case.objects.caseload(user))


class _Share(NamedTuple):
    team: UUID | None
    worker: UUID | None
    regime: str
    cases: int


class _Late(NamedTuple):
    terms: dict[UUID | None, int]
    cases: dict[UUID | None, int]


@dataclass(frozen=True)
class WorkerLoad:
    """What one worker answers for, in one team; `worker` is None for the cases that nobody answers for.

    `overdue` counts terms, `late_cases` the cases that they are of.
    """

    team: Team | None
    worker: User | None
    caseload: Caseload
    overdue: int
    late_cases: int = 0


@dataclass(frozen=True)
class TeamLoad:
    """What one team holds, and its workers, the most loaded first."""

    team: Team | None
    caseload: Caseload
    workers: list[WorkerLoad]


@dataclass(frozen=True)
class TeamDay:
    """A coordinator's day.

    Counts include sealed cases, which no list names. The lists hold the first `LONGEST_LIST`; the numbers beside
    them count all.
    """

    teams: list[TeamLoad]
    overdue_total: int
    late_cases_total: int
    without_worker: list[Case]
    without_worker_total: int
    severe_children: list[Household]
    severe_children_total: int


def team_day(user: User, today: dt.date) -> TeamDay:
    """What a coordinator balances and watches over, in the organisations whose cases the account sees (R5)."""
    keepers = user.standing.organizations(Capability.SEE_ALL_CASES)
    overdue, late = overdue_by_worker(keepers, today), late_cases_by_worker(keepers, today)
    orphans = _without_worker(keepers)
    orphaned = orphans.filter(sealed=False).select_related("household", "team")
    uncovered = uncovered_severe_children(Household.objects.all(), user, keepers, told_of_lodgings(user))
    return TeamDay(
        teams=caseload_by_team(keepers, overdue=overdue, late_cases=late),
        overdue_total=sum(overdue.values()),
        late_cases_total=sum(late.values()),
        without_worker=list(orphaned.order_by("-year", "-number")[:LONGEST_LIST]),
        without_worker_total=orphans.count(),
        severe_children=list(uncovered.order_by("severe_child__since", "folded_name", "pk")[:LONGEST_LIST]),
        severe_children_total=uncovered.count(),
    )


def overdue_by_worker(keepers: Collection[UUID], today: dt.date) -> dict[UUID | None, int]:
    """Overdue terms of organisations, counted by who answers for them."""
    late = CaseDeadline.objects.filter(keeper__in=keepers).overdue(today).order_by()
    return dict(late.values_list("worker").annotate(terms=Count("*")))


def caseload_by_team(
    keepers: Collection[UUID],
    *,
    overdue: dict[UUID | None, int] | None = None,
    late_cases: dict[UUID | None, int] | None = None,
) -> list[TeamLoad]:
    """Open cases of organisations by team and worker (R5).

    Args:
        overdue: overdue terms of each worker, if they are to stand beside the cases; a worker of two teams has
            them in the first.
        late_cases: the cases with such terms of each worker, likewise.
    """
    rows = Case.objects.filter(keeper__in=keepers, open=True).order_by()
    shares = [
        _Share(*row) for row in rows.values_list("team", "responsible", "regime").annotate(cases=Count("*"))
    ]
    teams = Team.objects.in_bulk({share.team for share in shares if share.team})
    workers = User.objects.in_bulk({share.worker for share in shares if share.worker})
    late = _Late(dict(overdue or {}), dict(late_cases or {}))
    loads = [
        _team_load(teams.get(team), [share for share in shares if share.team == team], workers, late)
        for team in {share.team: None for share in shares}
    ]
    return sorted(loads, key=lambda load: (load.team is None, load.team.name if load.team else ""))


def _team_load(
    team: Team | None,
    shares: list[_Share],
    workers: dict[UUID, User],
    late: _Late,
) -> TeamLoad:
    loads = [
        WorkerLoad(
            team,
            workers.get(worker) if worker else None,
            _caseload(share for share in shares if share.worker == worker),
            late.terms.pop(worker, 0),
            late.cases.pop(worker, 0),
        )
        for worker in {share.worker: None for share in shares}
    ]
    loads.sort(key=lambda load: (load.worker is None, -load.caseload.total, str(load.worker)))
    return TeamLoad(team, _caseload(shares), loads)


def _caseload(shares: Iterable[_Share]) -> Caseload:
    by_regime = dict.fromkeys(Regime.values, 0)
    for share in shares:
        by_regime[share.regime] += share.cases
    return Caseload(by_regime)


def _without_worker(keepers: Collection[UUID]) -> QuerySet[Case]:
    """Open cases that nobody answers for: nobody was named, or whose worker's account is closed."""
    gone = User.objects.filter(is_active=False, appointments__organization__in=keepers).distinct()
    nobody = Q(responsible=None) | Q(responsible__in=[user.pk for user in gone])
    return Case.objects.filter(nobody, keeper__in=keepers, open=True)


def uncovered_severe_children(
    homes: QuerySet[Household], user: User, keepers: Collection[UUID], told: Collection[UUID]
) -> QuerySet[Household]:
    """Of some households those with a child at severe risk and no open case, kept by these, but for the sealed.

    Nor one where somebody who is hidden lodges, but for what is `told`: see `told_of_lodgings`.
    """
    uncovered = homes.filter(sealed=False, severe_child__keeper__in=keepers, severe_child__covered=False)
    lodgings = hidden_from(user).lodgings
    return uncovered.exclude(pk__in=lodgings.difference(told)) if lodgings else uncovered


def told_of_lodgings(user: User) -> frozenset[UUID]:
    """Of the households where somebody lodges in whose circle the account is not, those that may be told all the same:
    not only sealed people live there, and another child is at risk. That any other stood in a list would tell where
    they are."""
    hidden = hidden_from(user)
    reasons = severe_reasons(user, hidden.lodgings)
    return frozenset(home for home, reason in reasons.items() if reason.children) - hidden.households
