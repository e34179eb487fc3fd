"""What a town hall tells everybody, and when it last met each of its duties to do so."""

from typing import Any, Self

from django.db import models
from django.utils import timezone

from punte.accounts.models import User
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.publication.enums import ItemKind


class ItemQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """Those that everybody may read."""
        return self.filter(withdrawn_on=None)


class PublishedItem(Record):
    """A form, a list, a report: something that everybody may read and keep.

    `duty` is a key of the newest file of `content/duties`, empty where none is met by it. `modified_at` is the last
    time that it was published or confirmed.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="published")
    kind = models.CharField(max_length=12, choices=ItemKind)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    duty = models.CharField(max_length=12, blank=True)
    published_on = models.DateField(default=timezone.localdate)
    modified_at = models.DateTimeField(default=timezone.now)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=250, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-year", "title", "id"]
        indexes = [models.Index(fields=["organization", "withdrawn_on"], name="published_by_organization")]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title


class PublishedFile(Record):
    """A file of a published item; `replaced_at` says when a newer one took its place."""

    item = models.ForeignKey(PublishedItem, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=150)
    extension = models.CharField(max_length=6)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    path = models.CharField(max_length=120, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.name


class DutyOwner(Record):
    """Who sees to a duty in an organisation."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=12)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "duty"], name="one_owner_of_a_duty")]


class DutyMet(Record):
    """A duty was met on a day: by publishing or confirming an item here, or in another way, told in `words`."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=12)
    on = models.DateField(default=timezone.localdate)
    item = models.ForeignKey(PublishedItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-created_at"]
        indexes = [models.Index(fields=["organization", "duty", "-on"], name="duties_met_newest_first")]
