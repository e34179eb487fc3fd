"""Which units count places, and when a service may be said to have a status. Pure."""

import datetime as dt
import math

from django.utils.translation import gettext as _

from punte.directory.enums import CapacityUnit, ServiceStatus
from punte.kernel.errors import DomainError

# Units in which a free place is a place that someone can take.
PLACE_UNITS = (
    CapacityUnit.PLACES,
    CapacityUnit.RESIDENTIAL_PLACES,
    CapacityUnit.DAY_PLACES,
    CapacityUnit.PERSONS,
)
# Units of which some may be free: places first, then what is counted by the day or the month. A year's count says
# nothing of today.
FREE_UNITS = (*PLACE_UNITS, CapacityUnit.PER_DAY, CapacityUnit.PER_MONTH)
_LONGEST_REASON = 300


def taken_of(capacity: int, percent: float) -> int:
    """How many are served when `percent` of a capacity is, to the nearest whole person (a half counts up)."""
    return math.floor(capacity * percent / 100 + 0.5)


def closing(hour: str) -> str:
    """An hour (`HH:MM`) at which a service closes, as people write it: midnight is 24:00."""
    return "24:00" if hour == "00:00" else hour


def check_status(
    *,
    status: ServiceStatus,
    start: dt.date,
    reason: str,
    expected_until: dt.date | None,
    today: dt.date,
    since: dt.date | None,
) -> None:
    """Whether a service may be said to have a status from a day on.

    Args:
        since: the first day of the status that it has.

    Raises:
        DomainError: the day is to come, or before the present status began; a service that does not receive people
            has no reason; a day of reopening stands where there is none to expect, or before the suspension.
    """
    if status not in ServiceStatus.values:
        raise DomainError(_("Choose a status."), field="status")
    if start > today:
        raise DomainError(
            _("This day is still to come. Say it on the day on which it becomes true."), field="start"
        )
    if since is not None and start < since:
        raise DomainError(
            _("The service has been as it is since %(day)s; the new status begins then or later.")
            % {"day": f"{since:%d.%m.%Y}"},
            field="start",
        )
    if status != ServiceStatus.ACTIVE and not reason:
        raise DomainError(_("Write why the service does not receive people."), field="reason")
    if len(reason) > _LONGEST_REASON:
        raise DomainError(
            _("At most %(most)s characters, please.") % {"most": _LONGEST_REASON}, field="reason"
        )
    if expected_until is not None and status != ServiceStatus.SUSPENDED:
        raise DomainError(
            _("Only a suspended service has a day on which it opens again."), field="expected_until"
        )
    if expected_until is not None and expected_until <= start:
        raise DomainError(_("It opens again after it was suspended."), field="expected_until")
