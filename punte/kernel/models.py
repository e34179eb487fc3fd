"""What every row has, and what a fact that is true for a while has."""

import datetime as dt
from functools import cache
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from uuid_utils.compat import uuid7

from punte.kernel.today import today

Fact = TypeVar("Fact", bound="Period")


def new_id() -> UUID:
    """A UUID of version 7: unique without asking the database, and ordered by time, which keeps indexes compact."""
    return uuid7()


@cache
def _labels(field: Any) -> dict[Any, Any]:
    return dict(field.flatchoices)


class Record(models.Model):
    """A row that anything may point to: identified across installations, dated by its making."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> Any:  # noqa: N802 (the name is Django's)
        """The label of a choice, as Django's own, which translates all labels to find one."""
        value = getattr(self, field.attname)
        label = _labels(field).get(value, value)
        return str(label) if isinstance(label, Promise) else label


class PeriodQuerySet(models.QuerySet[Fact]):
    """Facts in time, asked by day."""

    def on(self, day: dt.date) -> Self:
        """Those true on `day`."""
        return self.filter(during(day))

    def current(self) -> Self:
        """Those true today."""
        return self.on(today())


def during(day: dt.date, prefix: str = "") -> models.Q:
    """The condition that a period `[start, end)` reached through `prefix` (ending in `__`) contains `day`."""
    return models.Q(**{f"{prefix}start__lte": day}) & (
        models.Q(**{f"{prefix}end": None}) | models.Q(**{f"{prefix}end__gt": day})
    )


class Period(Record):
    """A fact that holds from `start` up to, not including, `end`; an empty `end` means that it still holds."""

    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end=None) | models.Q(end__gte=models.F("start")),
                name="%(class)s_ends_after_it_starts",
            )
        ]

    def holds_on(self, day: dt.date) -> bool:
        """Whether the fact is true on `day`."""
        return self.start <= day and (self.end is None or day < self.end)


class KeyFingerprint(models.Model):
    """By what a database knows its own keys again: a keyed digest of the name of each, worthless without the key."""

    name = models.CharField(max_length=20, primary_key=True)
    digest = models.CharField(max_length=64)


class CacheEntry(models.Model):
    """The table of Django's cache: what all workers must know of each other for a while, such as used codes."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "kernel_cache"
