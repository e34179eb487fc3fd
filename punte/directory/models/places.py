"""How many places a service has and how many are free, kept on the service itself so that nobody must look it up.

What was said of capacity and occupancy stays row by row (R199); the service bears what the newest of them say.
"""

from collections.abc import Collection, Iterable
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from punte.accounts.models import User
from punte.directory.enums import CapacityUnit, CountSource
from punte.directory.models.services import Service
from punte.directory.rules import FREE_UNITS, PLACE_UNITS
from punte.kernel.models import Record

Row = TypeVar("Row", "Capacity", "OccupancySnapshot")
_AT_ONCE = 500
_KIND_OF_UNIT = Case(
    When(unit__in=PLACE_UNITS, then=Value(0)),
    When(unit=CapacityUnit.PER_DAY, then=Value(1)),
    default=Value(2),
    output_field=models.IntegerField(),
)


def keep_places(services: Collection[UUID]) -> None:
    """Write on each service what the newest of its capacities and counts say (see `Service`)."""
    keys = sorted(set(services))
    for start in range(0, len(keys), _AT_ONCE):
        rows = Service.objects.filter(pk__in=keys[start : start + _AT_ONCE]).order_by()
        with transaction.atomic():
            # Held in a statement of their own: the next one then sees every count that was written before it.
            list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
            rows.update(**_newest())
            rows.update(free=_free())


def _newest() -> dict[str, Any]:
    of_service = Capacity.objects.stated().filter(service=OuterRef("pk"), unit__in=FREE_UNITS)
    capacity = of_service.alias(kind=_KIND_OF_UNIT).order_by("kind", "-year", "-id")
    count = OccupancySnapshot.objects.filter(service=OuterRef("pk")).order_by("-at", "-id")
    return {
        "places": Subquery(capacity.values("value")[:1]),
        "places_unit": Coalesce(Subquery(capacity.values("unit")[:1]), Value("")),
        "last_taken": Subquery(count.values("taken")[:1]),
        "counted_at": Subquery(count.values("at")[:1]),
        "waiting": Subquery(count.filter(waiting__isnull=False).values("waiting")[:1]),
    }


def _free() -> Case:
    known = Q(places__isnull=False, last_taken__isnull=False)
    left = Case(
        When(places__gt=F("last_taken"), then=F("places") - F("last_taken")),
        default=Value(0),
        output_field=models.IntegerField(),
    )
    return Case(When(known, then=left), output_field=models.IntegerField())


class CountingQuerySet(models.QuerySet[Row]):
    """Rows that say how many places there are or are taken; whatever is done with many, their services follow."""

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        """Write the rows, and let their services follow."""
        with transaction.atomic():
            made: list[Any] = super().bulk_create(objs, *args, **options)  # type: ignore[arg-type]
            keep_places({row.service_id for row in made})
        return made

    def update(self, **values: Any) -> int:
        """Change the rows, and let their services follow."""
        services = self._services()
        with transaction.atomic():
            changed = super().update(**values)
            keep_places(services)
        return changed

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the rows, and let their services follow."""
        services = self._services()
        with transaction.atomic():
            gone = super().delete()
            keep_places(services)
        return gone

    def _services(self) -> list[UUID]:
        return list(self.order_by().values_list("service", flat=True).distinct())


class CapacityQuerySet(CountingQuerySet["Capacity"]):
    """Capacities of services."""

    def stated(self) -> Self:
        """Those that say how many; where a source prints 0, how many is not known."""
        return self.filter(value__gt=0)


class StatedPlaces(Record):
    """What was stated of the places of a service, which then bears it."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Write it, and let the service follow."""
        with transaction.atomic():
            super().save(*args, **options)
            keep_places([self.service_id])  # type: ignore[attr-defined]


class Capacity(StatedPlaces):
    """How many a service can serve, by a reference year and a source."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="capacities")
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, choices=CapacityUnit)
    printed = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=60)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CapacityQuerySet.as_manager()

    class Meta:
        ordering = ["service", "-year", "unit", "id"]


class OccupancySnapshot(StatedPlaces):
    """How many places of a service were taken at a moment, and how many people waited for one; the newest counts."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="occupancy")
    at = models.DateTimeField()
    taken = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=60)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CountingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["service", "-at"], name="occupancy_newest_first")]

    @property
    def by_provider(self) -> bool:
        """Whether the provider counted."""
        return self.source == CountSource.PROVIDER


class TakenPlace(Record):
    """A place of a service is held, by a referral or an entry of a register, until it is given back.

    Of one person several may say so: it is one place. What is free follows from `OccupancySnapshot`, to which each
    place that is taken or given back adds a row, unless whoever counts has counted it since.

    Attributes:
        holder: the referral or the entry.
        held_for: the person.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="held", db_index=False)
    holder = models.UUIDField()
    held_for = models.UUIDField(null=True)
    taken_at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["taken_at", "id"]
        indexes = [
            models.Index(fields=["holder", "-taken_at"], name="places_of_a_holder"),
            models.Index(
                fields=["service", "held_for"],
                condition=models.Q(given_back_at=None),
                name="places_that_are_held",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["holder"],
                condition=models.Q(given_back_at=None),
                name="one_place_of_a_holder_at_a_time",
            )
        ]
