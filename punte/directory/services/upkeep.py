"""Which services grow stale: what is known of them, and what their owners must say anew."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from punte.directory.enums import ProposalStatus
from punte.directory.models import Capacity, Licence, Proposal, Service, ServiceQuerySet, StatusPeriod
from punte.directory.services.freshness import Known, Owed, duties, owed


@dataclass(frozen=True)
class Upkeep:
    """A service and what must be said anew of it."""

    service: Service
    known: Known
    today: dt.date

    @cached_property
    def owed(self) -> list[Owed]:
        """Everything, the earliest day first."""
        return owed(self.known, duties())

    def of(self, who: str) -> list[Owed]:
        """What is late or soon due, and for whom it is (`provider` or `directory`)."""
        return [one for one in self.owed if one.duty.who == who and one.is_near(self.today)]

    def late(self, who: str) -> list[Owed]:
        """What should have been said by now."""
        return [one for one in self.of(who) if one.is_late(self.today)]

    @property
    def to_do(self) -> list[tuple[Owed, bool]]:
        """What the provider is reminded of, each with whether it is late."""
        return [(one, one.is_late(self.today)) for one in self.of("provider")]


def upkeep_of(services: ServiceQuerySet) -> list[Upkeep]:
    """The services with what grows stale of each (one query)."""
    today = timezone.localdate()
    rows = with_what_grows_stale(services).select_related("provider")
    return [Upkeep(service, known_of(service), today) for service in rows]


def with_what_grows_stale(services: ServiceQuerySet) -> ServiceQuerySet:
    """The services with what `known_of` asks for."""
    of_service = {"service": OuterRef("pk")}
    licence = Licence.objects.filter(**of_service).order_by("-start")
    capacity = Capacity.objects.stated().filter(**of_service).order_by("-year")
    status = StatusPeriod.objects.filter(**of_service, end=None).order_by("-start")
    waiting = Proposal.objects.filter(**of_service, status=ProposalStatus.WAITING).order_by("created_at")
    return services.annotate(  # type: ignore[return-value]
        licence_end=Subquery(licence.values("end")[:1], output_field=models.DateField()),
        capacity_year=Subquery(capacity.values("year")[:1]),
        reopens=Subquery(status.values("expected_until")[:1], output_field=models.DateField()),
        proposed_at=Subquery(waiting.values("created_at")[:1], output_field=models.DateTimeField()),
    )


def known_of(service: Any) -> Known:
    """What is known of a service asked `with_what_grows_stale`."""
    return Known(
        provider_kind=service.provider.kind,
        status=service.status,
        since=timezone.localdate(service.created_at),
        counts=service.places is not None,
        counted=_day(service.counted_at),
        confirmed=_day(service.confirmed_at),
        capacity_year=service.capacity_year,
        licence_ends=service.licence_end - dt.timedelta(days=1) if service.licence_end else None,
        reopens=service.reopens,
        proposed=_day(service.proposed_at),
    )


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None
