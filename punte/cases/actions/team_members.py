"""Professionals join a case and leave it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.models import Case, CaseTeamMember
from punte.cases.permission import open_case_for
from punte.cases.refresh import refresh_sights
from punte.cases.trail import trace
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.sight import hides_from


@verb
def add_team_member(*, by: User, case: Case, user: User, part: str = "") -> CaseTeamMember:
    """Take a professional into the case team; one from another organisation thereby sees the household.

    Args:
        part: what the person does in the case, in a few words.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: the person is already in the team, or has no role that works on cases.
    """
    case = open_case_for(by, case, Capability.MANAGE_CASE)
    if hides_from(by, case.household):
        # Who is outside the circle of a sealed person brings nobody into it, least of all themselves.
        raise NotAllowed(_("Only the responsible worker and the team may do this."))
    if not user.read_standing().may(Capability.INTERVENE):
        raise DomainError(_("This person has no role that works on cases."), field="user")
    if case.members.filter(user=user, end=None).exists():
        raise DomainError(_("This person is already in the case team."), field="user")
    member = CaseTeamMember.objects.create(
        case=case, user=user, part=part.strip()[:120], start=timezone.localdate()
    )
    refresh_sights(case.household, by=by)
    trace(by=by, verb="add_team_member", case=case, changes={"member": [None, str(user.pk)]})
    return member


@verb
def remove_team_member(*, by: User, case: Case, user: User) -> CaseTeamMember:
    """End a professional's part in a case, and the sight of the household unless another case gives it.

    Raises:
        NotAllowed: the account does not manage the case.
        DomainError: the person is not in the team.
    """
    case = open_case_for(by, case, Capability.MANAGE_CASE)
    member = case.members.filter(user=user, end=None).first()
    if member is None:
        raise DomainError(_("This person is not in the case team."), field="user")
    member.end = timezone.localdate()
    member.save(update_fields=["end"])
    refresh_sights(case.household, by=by)
    trace(by=by, verb="remove_team_member", case=case, changes={"member": [str(user.pk), None]})
    return member
