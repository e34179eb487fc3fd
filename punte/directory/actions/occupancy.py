"""How many places are taken: said by those who run the service, or moved by a referral."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.directory.enums import CountSource
from punte.directory.models import OccupancySnapshot, Service
from punte.directory.proposals.lifecycle import take_over
from punte.directory.services.counting import check_count, limits
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization

# More than anything that one service has: a slip of the finger.
_MOST = 10_000


def may_record_occupancy(user: User, service: Service) -> bool:
    """Whether the account may say how many places are taken.

    Those may who keep the services, answer referrals or lead in the provider's organisation, and those who lead in the
    town hall of a UAT where the service is given, since it answers for what its residents are told.
    """
    standing = user.standing
    own = Capability.KEEP_SERVICES, Capability.ANSWER_REFERRALS, Capability.ASSIGN
    if any(standing.may(capability, service.provider_id) for capability in own):
        return True
    led = standing.organizations(Capability.ASSIGN)
    return bool(led) and (
        Organization.objects.filter(
            pk__in=led, kind=OrganizationKind.TOWN_HALL, uat__locations__services=service
        ).exists()
    )


@verb
def record_occupancy(
    *,
    by: User,
    service: Service,
    taken: int,
    waiting: int | None = None,
    at: dt.datetime | None = None,
    reason: str = "",
) -> OccupancySnapshot:
    """Say how many places of a service are taken, and how many people wait for one; earlier counts stay (R199).

    Args:
        taken: people served; may exceed the places, as services are sometimes overcrowded, with a `reason`.
        waiting: people on the waiting list; the last known number goes on holding where none is given.
        at: when it was so, now unless given.

    Raises:
        NotAllowed: see `may_record_occupancy`.
        DomainError: a negative or impossible number, more than the capacity without a reason, or a moment to come.
    """
    if not may_record_occupancy(by, service):
        raise NotAllowed(
            _("Only the provider of the service or the coordinator of the town hall may say this.")
        )
    if not 0 <= taken <= _MOST:
        raise DomainError(
            _("The number of taken places is from 0 to %(most)s.") % {"most": _MOST}, field="taken"
        )
    if waiting is not None and not 0 <= waiting <= _MOST:
        raise DomainError(
            _("The number of people who wait is from 0 to %(most)s.") % {"most": _MOST}, field="waiting"
        )
    at = at or timezone.now()
    if at > timezone.now():
        raise DomainError(_("The moment is in the future."), field="at")
    now = Service.objects.get(pk=service.pk)
    check_count(taken, capacity=now.places, before=now.last_taken, reason=reason, limits=limits())
    snapshot = OccupancySnapshot.objects.create(
        service=service, at=at, taken=taken, waiting=waiting, source=CountSource.PROVIDER, by=by
    )
    if by.standing.may(Capability.KEEP_SERVICES, service.provider_id):
        take_over(service, service.provider_id)
    _touch(service)
    record(
        by=by,
        verb="record_occupancy",
        keeper=service.provider_id,
        subject=service.pk,
        changes={"taken": taken} if waiting is None else {"taken": taken, "waiting": waiting},
        reason=reason.strip(),
    )
    return snapshot


def take_place(*, service: Service, at: dt.datetime, by: User) -> None:
    """Count one more place as taken, where the occupancy is known; called by the verb that accepts a referral."""
    _move(service, +1, at, by)


def release_place(*, service: Service, at: dt.datetime, by: User) -> None:
    """Count one place less as taken, where the occupancy is known; called by the verb that ends a referral."""
    _move(service, -1, at, by)


def _move(service: Service, step: int, at: dt.datetime, by: User) -> None:
    # The row is held so that two referrals accepted at once are both counted.
    now = Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    taken, newest = now.taken, now.counted_at
    if taken is None:
        return
    OccupancySnapshot.objects.create(
        service=service,
        at=max(at, newest) if newest else at,
        taken=max(0, taken + step),
        source=CountSource.REFERRAL,
        by=by,
    )
    _touch(service)


def _touch(service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(modified_at=timezone.now())
