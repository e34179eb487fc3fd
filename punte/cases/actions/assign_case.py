"""A case passes to another worker, or another team."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import Team, User
from punte.accounts.verbs import verb
from punte.cases.models import Case, CaseDeadline, Responsibility
from punte.cases.permission import open_case_for
from punte.cases.refresh import refresh_sights
from punte.cases.trail import trace
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.people.sight import hides_from


@verb
def assign_case(*, by: User, case: Case, responsible: User, team: Team | None = None) -> Responsibility:
    """Give a case to a worker, and to a team if one is named; the history of responsibility is kept.

    Raises:
        NotAllowed: the account does not assign cases here.
        DomainError: the case is closed, or the worker cannot answer for it.
    """
    case = open_case_for(by, case, Capability.ASSIGN)
    keeper = case.keeper
    require_responsible(responsible, keeper)
    require_team(team, keeper)
    if responsible.pk == by.pk and hides_from(by, case.household):
        raise DomainError(
            _("Choose somebody else: nobody gives a sealed case to themselves."), field="responsible"
        )
    if responsible.pk == case.responsible_id and (team is None or team.pk == case.team_id):
        raise DomainError(_("This worker already answers for the case."), field="responsible")
    former, case.responsible = case.responsible_id, responsible
    former_team, case.team = case.team_id, team or case.team
    case.save(update_fields=["responsible", "team"])
    held = _hand_over(case, responsible)
    CaseDeadline.objects.filter(case=case).update(worker=responsible)
    refresh_sights(case.household, by=by)
    trace(
        by=by,
        verb="assign_case",
        case=case,
        changes={
            "responsible": [former and str(former), str(responsible.pk)],
            "team": [former_team and str(former_team), case.team_id and str(case.team_id)],
        },
    )
    return held


def _hand_over(case: Case, responsible: User) -> Responsibility:
    held = Responsibility.objects.filter(case=case, end=None).first()
    if held is not None and held.user_id == responsible.pk:
        return held
    today = timezone.localdate()
    Responsibility.objects.filter(case=case, end=None).update(end=today)
    return Responsibility.objects.create(case=case, user=responsible, start=today)


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
    posts = user.appointments.current().filter(organization=keeper, team__isnull=False)
    post = posts.select_related("team").order_by("start", "id").first()
    return post.team if post else None
