"""How the duties of an organisation stand, and what everybody may read."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from punte.accounts.models import User
from punte.deadlines.calendar import due_date
from punte.organizations.models import Organization
from punte.publication.duties import Duty, duties
from punte.publication.enums import DutyStatus
from punte.publication.models import DutyMet, DutyOwner

SOON = dt.timedelta(days=7)
_ORDER = list(DutyStatus)


@dataclass(frozen=True)
class DutyState:
    """A duty of an organisation today.

    `due_on` is None where it was never met or need not be met again.
    """

    organization: Organization
    duty: Duty
    owner: User | None
    met: DutyMet | None
    due_on: dt.date | None
    status: DutyStatus

    @property
    def anchor(self) -> str:
        """Where it stands on a page of duties."""
        return f"{self.organization.pk}-{self.duty.key}"

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.status == DutyStatus.LATE

    @property
    def is_pressing(self) -> bool:
        """Whether it is due soon, or was never met."""
        return self.status in (DutyStatus.SOON, DutyStatus.NEVER)

    @property
    def is_met(self) -> bool:
        """Whether it is up to date."""
        return self.status == DutyStatus.MET


def duty_states(organizations: Collection[Organization], today: dt.date) -> list[DutyState]:
    """Every duty of the organisations, what is most pressing first (two queries)."""
    owners: dict[tuple[UUID, str], User] = {
        (row.organization_id, row.duty): row.owner
        for row in DutyOwner.objects.filter(organization__in=organizations).order_by().select_related("owner")
    }
    last: dict[tuple[UUID, str], DutyMet] = {}
    met = DutyMet.objects.filter(organization__in=organizations).select_related("item", "by")
    for row in met.order_by("on", "created_at"):
        last[row.organization_id, row.duty] = row
    states = [
        _state(
            organization,
            duty,
            owners.get((organization.pk, duty.key)),
            last.get((organization.pk, duty.key)),
            today,
        )
        for organization in organizations
        for duty in duties(today).duties
    ]
    return sorted(states, key=lambda one: (_ORDER.index(one.status), one.due_on or dt.date.max))


def _state(
    organization: Organization, duty: Duty, owner: User | None, met: DutyMet | None, today: dt.date
) -> DutyState:
    due_on = None
    if met and duty.every:
        due_on = due_date(dt.datetime.combine(met.on, dt.time.min), duty.every)
    return DutyState(organization, duty, owner, met, due_on, _status(duty, met, due_on, today))


def _status(duty: Duty, met: DutyMet | None, due_on: dt.date | None, today: dt.date) -> DutyStatus:
    if not duty.applies:
        return DutyStatus.NOT_OURS
    if met is None:
        return DutyStatus.NEVER
    if due_on is None or due_on > today + SOON:
        return DutyStatus.MET
    return DutyStatus.LATE if due_on < today else DutyStatus.SOON
