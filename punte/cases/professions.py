"""Who of an institution does what a plan offers to a profession."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, User
from punte.cases.models import Case, CaseTeamMember, PlannedService

FAMILY = "family"
"""The role of what the family does itself."""

RESPONSIBLE = Role.SOCIAL_WORKER
"""What is the social worker's is for whoever answers for the case."""


def profession(role: str) -> str:
    """What a role of a step is called; empty for none."""
    if role == FAMILY:
        return _("The family")
    return str(Role(role).label) if role in Role.values else ""


def put_on_people(steps: Iterable[PlannedService], case: Case) -> None:
    """Name for each step offered to a profession the one person of it who works on the case; unsaved."""
    waiting = [step for step in steps if step.role and step.worker_id is None]
    people = people_by_role(case) if waiting else {}
    for step in waiting:
        step.worker = people.get(step.role)


def people_by_role(case: Case) -> Mapping[str, User]:
    """For each role the person who does it in a case: of the case team, else the only one of the team that holds it.

    Nobody is named who does not see the case.
    """
    found = {RESPONSIBLE.value: case.responsible} if case.responsible else {}
    in_team = CaseTeamMember.objects.current().filter(case=case).values("user")
    posts = Appointment.objects.current().filter(organization=case.keeper_id, user__is_active=True)
    ways = [posts.filter(user__in=in_team)]
    if case.team_id and not case.sealed:
        ways.append(posts.filter(team=case.team_id))
    for way in ways:
        for role, users in _by_role(way).items():
            if len(users) == 1:
                found.setdefault(role, users[0])
    return found


def colleagues_by_role(case: Case) -> Mapping[str, list[User]]:
    """For each role those of the keeper who have it, by name, whether or not they work on the case."""
    return _by_role(Appointment.objects.current().filter(organization=case.keeper_id, user__is_active=True))


def _by_role(posts: Iterable[Appointment]) -> Mapping[str, list[User]]:
    found: dict[str, dict[object, User]] = defaultdict(dict)
    for post in posts.select_related("user").order_by("user__name", "user"):  # type: ignore[attr-defined]
        found[post.role][post.user_id] = post.user
    return {role: list(users.values()) for role, users in found.items()}
