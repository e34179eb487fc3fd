"""Rows that forms choose from."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, Team, User
from punte.accounts.policy import POWERS
from punte.assessments.models import Assessment
from punte.cases.enums import PlanStatus
from punte.cases.models import PlannedService
from punte.kernel.prepared import Prepared
from punte.people.models import Household
from punte.www.frame.case_page import CasePage
from punte.www.office.cases.forms.inputs import Choices


def staff_of(organization: UUID, capability: Capability) -> list[User]:
    """Active accounts of an organisation that have a capability there today, by name."""
    return staff_of_any([organization], capability)


def staff_of_any(organizations: Collection[UUID], capability: Capability) -> list[User]:
    """As `staff_of`, of several organisations together."""
    roles = [role.value for role, powers in POWERS.items() if capability in powers.capabilities]
    return _staff(organizations=organizations, roles=roles, today=timezone.localdate())


_staff = Prepared(
    lambda organizations, roles, today: (
        User.objects.filter(
            is_active=True,
            pk__in=Appointment.objects.on(today)
            .filter(organization__in=organizations, role__in=roles)
            .values("user"),
        )
        .only("name")
        .order_by("name")
    )
)


def team_choices(organization: UUID, empty: str) -> Choices:
    """Teams of an organisation, after an empty choice."""
    teams = Team.objects.filter(organization=organization)
    return [("", empty), *((str(team.pk), team.name) for team in teams)]


def assessments_of(user: User, household: Household, *, newest: int = 20) -> list[Assessment]:
    """The newest that say how severe a household is and that the account may open, without what was answered."""
    made = Assessment.objects.known_to(user, household.pk).setting_severity().select_related("by", "pack")
    return list(made.defer("instance", "facts", "pack__files")[:newest])


def open_steps(page: CasePage, *, objectives_in: Collection[str] | None = None) -> list[PlannedService]:
    """Steps of the plan in force that are not done and that the account reads, soonest first."""
    readable = page.compartments if objectives_in is None else objectives_in
    return _open_steps(case=page.case.pk, compartments=[str(part) for part in readable])


def _open_steps_in(case: UUID, compartments: Collection[str]) -> QuerySet[PlannedService]:
    return (
        PlannedService.objects.filter(
            objective__plan__case=case,
            objective__plan__status=PlanStatus.ADOPTED,
            objective__later=False,
            objective__compartment__in=compartments,
            done_on=None,
        )
        .select_related("objective__person", "worker")
        .order_by("due_on", "objective__position", "position")
    )


_open_steps = Prepared(_open_steps_in)
