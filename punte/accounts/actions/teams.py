"""Teams: people of one organisation who share cases."""

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import Team, User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization


@verb
def create_team(*, by: User, organization: Organization, name: str) -> Team:
    """Make a team.

    Raises:
        NotAllowed: `by` does not manage accounts of the organisation.
        DomainError: the organisation has a team of this name.
    """
    by.standing.require(Capability.MANAGE_ACCOUNTS, organization.pk)
    _require_free_name(organization.teams.all(), name)
    team = Team.objects.create(organization=organization, name=name)
    record(by=by, verb="create_team", keeper=organization.pk, subject=team.pk)
    return team


@verb
def rename_team(*, by: User, team: Team, name: str) -> Team:
    """Give a team another name.

    Raises:
        NotAllowed: `by` does not manage accounts of the organisation.
        DomainError: the organisation has another team of this name.
    """
    by.standing.require(Capability.MANAGE_ACCOUNTS, team.organization_id)
    _require_free_name(team.organization.teams.exclude(pk=team.pk), name)
    team.name = name
    team.save(update_fields=["name"])
    record(by=by, verb="rename_team", keeper=team.organization_id, subject=team.pk)
    return team


def _require_free_name(others: object, name: str) -> None:
    if others.filter(name__iexact=name).exists():  # type: ignore[attr-defined]
        raise DomainError(_("The organisation already has a team of this name."), field="name")
