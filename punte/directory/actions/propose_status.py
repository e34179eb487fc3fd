"""A service opens, is suspended or closes."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.directory.enums import ProposalKind, ServiceStatus
from punte.directory.models import Proposal, Service
from punte.directory.proposals.lifecycle import put_forward, status_of
from punte.directory.rules import check_status
from punte.directory.services.keepers import require_keeping
from punte.kernel.errors import DomainError


@verb
def propose_status(
    *,
    by: User,
    service: Service,
    status: ServiceStatus,
    start: dt.date,
    reason: str = "",
    expected_until: dt.date | None = None,
) -> Proposal:
    """Say that a service receives people, is suspended or closed, since when and why.

    Args:
        start: its first day, not in the future.
        reason: why, where it is suspended or closed.
        expected_until: the day on which a suspended service means to open again.

    Raises:
        NotAllowed: the service is not the account's to keep.
        DomainError: see `punte.directory.rules.check_status`; or the service is so already.
    """
    organization = require_keeping(by, service)
    service = Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    reason = " ".join(reason.split())
    check_status(
        status=status,
        start=start,
        reason=reason,
        expected_until=expected_until,
        today=timezone.localdate(),
        since=service.status_since,
    )
    if service.status == status and status != ServiceStatus.SUSPENDED:
        raise DomainError(_("The service is so already."), field="status")
    return put_forward(
        by=by,
        kind=ProposalKind.STATUS,
        organization=organization,
        service=service,
        values={
            "status": str(status),
            "start": start.isoformat(),
            "reason": reason,
            "expected_until": expected_until and expected_until.isoformat(),
        },
        before=status_of(service),
    )
