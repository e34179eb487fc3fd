"""A case passes to another worker, or another team; for the while of a leave, and back."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, Team, User
from punte.accounts.verbs import verb
from punte.cases.models import Case, CaseDeadline, Responsibility, Visit
from punte.cases.permission import open_case_for
from punte.cases.refresh import refresh_sights
from punte.cases.signals import worker_followed
from punte.cases.trail import trace
from punte.kernel.errors import DomainError
from punte.kernel.prepared import Prepared
from punte.organizations.models import Organization
from punte.people.sight import hides_from


@verb
def assign_case(
    *,
    by: User,
    case: Case,
    responsible: User,
    team: Team | None = None,
    start: dt.date | None = None,
    until: dt.date | None = None,
) -> Responsibility:
    """Give a case to a worker, and to a team if one is named; the history of responsibility is kept.

    Args:
        start: the first day; today where none is given.
        until: the last day of a cover, after which the case goes back to who had it; None where it stays.

    Raises:
        NotAllowed: the account does not assign cases here.
        DomainError: the case is closed, the worker cannot answer for it, or the days cannot be.
    """
    case = open_case_for(by, case, Capability.ASSIGN)
    keeper = case.keeper
    start, end = _days(case, start, until)
    require_responsible(responsible, keeper)
    require_team(team, keeper)
    if responsible.pk == by.pk and hides_from(by, case.household):
        raise DomainError(
            _("Choose somebody else: nobody gives a sealed case to themselves."), field="responsible"
        )
    if responsible.pk == case.responsible_id and (team is None or team.pk == case.team_id):
        raise DomainError(_("This worker already answers for the case."), field="responsible")
    former = case.responsible_id
    former_team, case.team = case.team_id, team or case.team
    case.save(update_fields=["team"])
    held = hand_over(case, responsible, start=start, end=end)
    if start <= timezone.localdate():
        take_over(case, responsible)
    refresh_sights(case.household, by=by)
    trace(
        by=by,
        verb="assign_case",
        case=case,
        changes={
            "responsible": [former and str(former), str(responsible.pk)],
            "team": [former_team and str(former_team), case.team_id and str(case.team_id)],
            "since": [None, start.isoformat()],
            "until": [None, until and until.isoformat()],
        },
    )
    return held


def _days(case: Case, start: dt.date | None, until: dt.date | None) -> tuple[dt.date, dt.date | None]:
    """The period `[start, end)` of an assignment."""
    today = timezone.localdate()
    first = start or today
    if first < today:
        raise DomainError(_("Choose today or a day to come."), field="start")
    if until is None:
        return first, None
    if until < first:
        raise DomainError(_("The last day is before the first."), field="until")
    if case.responsible_id is None:
        raise DomainError(
            _("Nobody answers for this case, so it cannot go back to anybody: leave the last day empty."),
            field="until",
        )
    return first, until + dt.timedelta(days=1)


def hand_over(case: Case, responsible: User, *, start: dt.date, end: dt.date | None = None) -> Responsibility:
    """Write down who answers for a case from a day on; where it ends, the one of today follows again."""
    held = Responsibility.objects.filter(case=case)
    standing = held.on(start).first()
    if standing is not None and standing.user_id == responsible.pk and end is None and standing.end is None:
        return standing
    held.end_on(start)
    given = Responsibility.objects.create(case=case, user=responsible, start=start, end=end)
    if end is not None and case.responsible_id:
        Responsibility.objects.create(case=case, user_id=case.responsible_id, start=end)
    return given


def take_over(case: Case, responsible: User) -> None:
    """From now on the case, its terms and the visits that the former worker planned are those of who answers for it."""
    former = case.responsible
    Visit.objects.planned().filter(case=case, who=former).update(who=responsible)
    case.responsible = responsible
    case.save(update_fields=["responsible"])
    CaseDeadline.objects.filter(case=case).update(worker=responsible)
    worker_followed.send(Case, case=case, former=former, later=responsible)


def pass_on_cases() -> int:
    """Put the cases of which the worker changes today in the name of who answers for them; how many.

    A worker who may no longer answer for cases of the keeper is passed over: the coordinator's page names the case.
    """
    due = Responsibility.objects.not_taken_over().select_related("case__household", "case__keeper", "user")
    passed = 0
    for held in due.order_by("pk"):
        if not held.user.read_standing().may(Capability.MANAGE_CASE, held.case.keeper_id):
            continue
        take_over(held.case, held.user)
        refresh_sights(held.case.household, by=held.user)
        passed += 1
    return passed


def require_responsible(user: User, keeper: Organization) -> None:
    """Refuse an account that cannot answer for a case of the keeper.

    Raises:
        DomainError: the account is not active, or its role there does not manage cases.
    """
    if not user.read_standing().may(Capability.MANAGE_CASE, keeper.pk):
        raise DomainError(_("This person does not manage cases here. Choose another."), field="responsible")


def require_team(team: Team | None, keeper: Organization) -> None:
    """Refuse a team of another organisation.

    Raises:
        DomainError: the team does not work for the keeper.
    """
    if team is not None and team.organization_id != keeper.pk:
        raise DomainError(_("This team is of another organisation."), field="team")


def team_of(user: User, keeper: Organization) -> Team | None:
    """The team in which an account works for the keeper."""
    post: Appointment | None = next(iter(_teams(user=user.pk, keeper=keeper.pk)), None)
    return post.team if post else None


_teams = Prepared(
    lambda user, keeper: (
        Appointment.objects.current()
        .filter(user=user, organization=keeper, team__isnull=False)
        .select_related("team")
        .order_by("start", "id")[:1]
    )
)
