"""How many a service can serve in a year."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.directory.enums import CapacityUnit, CountSource
from punte.directory.models import Capacity, Service
from punte.directory.proposals.lifecycle import take_over, touch
from punte.directory.services.keepers import require_keeping
from punte.kernel.errors import DomainError

_MOST = 100_000
_FIRST_YEAR = 2000


@verb
def record_capacity(*, by: User, service: Service, year: int, value: int, unit: CapacityUnit) -> Capacity:
    """Say how many a service can serve in a year, and counted how; what was said before stays (R199).

    Raises:
        NotAllowed: the service is not the account's to keep.
        DomainError: an impossible number, unit or year.
    """
    organization = require_keeping(by, service)
    if unit not in CapacityUnit.values or unit == CapacityUnit.OTHER:
        raise DomainError(_("Choose what is counted."), field="unit")
    if not 1 <= value <= _MOST:
        message = _("A whole number from 1 to %(most)s, please. A capacity that is not known is not written.")
        raise DomainError(message % {"most": _MOST}, field="value")
    last = timezone.localdate().year + 1
    if not _FIRST_YEAR <= year <= last:
        raise DomainError(
            _("The year must be from %(first)s to %(last)s.") % {"first": _FIRST_YEAR, "last": last},
            field="year",
        )
    service = Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    capacity = Capacity.objects.create(
        service=service, year=year, value=value, unit=unit, source=CountSource.PROVIDER, by=by
    )
    take_over(service, organization)
    touch(service)
    record(
        by=by,
        verb="record_capacity",
        keeper=service.provider_id,
        subject=service.pk,
        changes={"year": year, "value": value, "unit": str(unit)},
    )
    return capacity
