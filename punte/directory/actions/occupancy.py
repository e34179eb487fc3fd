"""How many places are taken: said by those who run the service, or moved by a referral."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.directory.enums import CountSource
from punte.directory.models import OccupancySnapshot, Service, TakenPlace
from punte.directory.proposals.lifecycle import take_over
from punte.directory.services.counting import check_count, limits
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization

# More than anything that one service has: a slip of the finger.
_MOST = 10_000


class NoFreePlace(DomainError):
    """All the places of the service are taken."""


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
    now = _locked(service)
    check_count(taken, capacity=now.places, before=now.last_taken, reason=reason, limits=limits())
    snapshot = OccupancySnapshot.objects.create(
        service=service, at=at, taken=taken, waiting=waiting, source=CountSource.PROVIDER, by=by
    )
    _count_again(snapshot)
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


def take_place(
    *, service: Service, at: dt.datetime, by: User, holder: UUID | None = None, held_for: UUID | None = None
) -> None:
    """Count one more place as taken, where the occupancy is known; called by the verb that accepts a referral.

    Args:
        holder: the referral or entry that holds it.
        held_for: the person, who takes one place of a service however many say so.
    """
    _take(_locked(service), at, by, holder, held_for)


def take_free_place(
    *, service: Service, at: dt.datetime, by: User, holder: UUID, held_for: UUID | None = None
) -> None:
    """As `take_place`, where one is free or it is not known whether; called by verbs about entries of registers.

    Raises:
        NoFreePlace: none is free.
    """
    now = _locked(service)
    is_new = not _counted_since(now, at) and not (held_for and _held(now).filter(held_for=held_for).exists())
    if now.free == 0 and is_new:
        message = _(
            "%(service)s has no free place: %(taken)s of %(places)s are taken. Choose another service, put the person"
            " on its waiting list, or ask the provider whether the count is right."
        )
        raise NoFreePlace(message % {"service": now, "taken": now.last_taken, "places": now.places})
    _take(now, at, by, holder, held_for)


def release_place(*, service: Service, at: dt.datetime, by: User | None, holder: UUID | None = None) -> None:
    """Count one place less as taken, where the occupancy is known; called by the verb that ends a referral.

    Args:
        holder: as it was taken; what was taken before places had holders is given back too.
    """
    now = _locked(service)
    held = _newest(holder) if holder else None
    if held is not None:
        if held.given_back_at or held.service_id != now.pk:
            return
        # Nothing is given back before it was taken, whatever day is said: a count between the two knew nothing of it.
        at = held.given_back_at = max(at, held.taken_at)
        held.save(update_fields=["given_back_at"])
        if held.held_for and _held(now).filter(held_for=held.held_for).exists():
            return
    _count(now, -1, at, by)


def hold_for(*, holders: Iterable[UUID], person: UUID, by: User | None) -> None:
    """Let places be held for a person, once two files were joined or taken apart: each takes one place of a service.

    Whoever counted since the places were taken counted people, so their count stays as it is.

    Args:
        holders: the referrals or entries that are about the person now.
    """
    places = TakenPlace.objects.filter(holder__in=holders, held_for__isnull=False).exclude(held_for=person)
    for place in places.filter(given_back_at=None).select_related("service").order_by("service", "pk"):
        now = _locked(place.service)
        others = _held(now).exclude(pk=place.pk)
        theirs, former = others.filter(held_for=person), others.filter(held_for=place.held_for)
        step = former.exists() - theirs.exists()
        if step:
            beside = (former if step > 0 else theirs).latest("taken_at")
            _count(now, step, max(place.taken_at, beside.taken_at), by)
        TakenPlace.objects.filter(pk=place.pk).update(held_for=person)
    places.update(held_for=person)


def counted_at(day: dt.date) -> dt.datetime:
    """When what happened on a day is counted: now where it is today or to come, else at the end of that day."""
    if day >= timezone.localdate():
        return timezone.now()
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min)) - dt.timedelta(
        seconds=1
    )


def _newest(holder: UUID) -> TakenPlace | None:
    """The place that is held, else the one that was given back last: both may have been taken at one moment."""
    rows = TakenPlace.objects.filter(holder=holder)
    return rows.order_by(F("given_back_at").desc(nulls_first=True), "-taken_at", "-pk").first()


def _locked(service: Service) -> Service:
    """The row is held so that two places taken at once are both counted, and the last one goes to one of them."""
    return Service.objects.select_for_update(no_key=True).get(pk=service.pk)


def _held(service: Service) -> QuerySet[TakenPlace]:
    return TakenPlace.objects.filter(service=service, given_back_at=None)


def _take(now: Service, at: dt.datetime, by: User | None, holder: UUID | None, held_for: UUID | None) -> None:
    has_one = bool(held_for) and _held(now).filter(held_for=held_for).exists()
    if holder:
        TakenPlace.objects.create(service=now, holder=holder, held_for=held_for, taken_at=at)
    if not has_one:
        _count(now, +1, at, by)


def _counted_since(service: Service, at: dt.datetime) -> bool:
    """Whether somebody counted after a moment: what happened until then is in the count."""
    counted = service.occupancy.exclude(source=CountSource.REFERRAL)
    return counted.filter(at__gt=at).exists()


def _count(now: Service, step: int, at: dt.datetime, by: User | None) -> None:
    taken, newest = now.last_taken, now.counted_at
    if taken is None or _counted_since(now, at):
        return
    OccupancySnapshot.objects.create(
        service=now,
        at=max(at, newest) if newest else at,
        taken=max(0, taken + step),
        source=CountSource.REFERRAL,
        by=by,
    )
    _touch(now)


def _count_again(said: OccupancySnapshot) -> None:
    """A count of an earlier moment leaves out the places that were taken and given back since: they are added."""
    others = OccupancySnapshot.objects.filter(service=said.service_id).exclude(pk=said.pk)
    later = list(others.filter(at__gt=said.at).order_by("at", "pk"))
    if not later or any(one.source != CountSource.REFERRAL for one in later):
        return
    before = others.filter(at__lte=said.at).order_by("-at", "-pk").first()
    moved = later[-1].taken - before.taken if before else 0
    OccupancySnapshot.objects.create(
        service_id=said.service_id,
        at=later[-1].at,
        taken=max(0, said.taken + moved),
        source=CountSource.REFERRAL,
        by=said.by,
    )


def _touch(service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(modified_at=timezone.now())
