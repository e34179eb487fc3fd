"""Needs that a strategy states, and figures published from a frozen extract."""

from functools import cached_property

from django.db import models
from django.utils import timezone

from punte.accounts.models import User
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.territory.models import County, Uat


class StatedNeed(Record):
    """A service that a UAT says it needs, as a line of a strategy's annex prints it (R130).

    `uat` is empty where the annex says „Toate”: every UAT of the county (R197).
    """

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="stated_needs")
    uat = models.ForeignKey(Uat, null=True, blank=True, on_delete=models.PROTECT, related_name="stated_needs")
    dataset = models.CharField(max_length=60)
    order = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    component = models.CharField(max_length=120)
    beneficiaries = models.CharField(max_length=120)
    service_kind = models.CharField(max_length=120)
    vulnerability = models.TextField(blank=True)
    need = models.TextField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["dataset", "order"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "order"], name="a_line_of_the_needs_once"),
        ]

    def __str__(self) -> str:
        return self.need


class Extract(Record):
    """One frozen, pseudonymised copy of the data behind published figures: Parquet files named by their moment.

    `files` gives for each table its rows and SHA-256; `queries` the text of each query that figures came from.
    """

    name = models.CharField(max_length=40, unique=True)
    moment = models.DateTimeField(default=timezone.now)
    threshold = models.PositiveSmallIntegerField()
    files = models.JSONField(default=dict)
    queries = models.JSONField(default=dict)

    class Meta:
        ordering = ["-moment"]

    def __str__(self) -> str:
        return self.name


class PublishedCount(models.Model):
    """How many assessed households of an area have a finding; a number that must not be shown is not kept here.

    Without `uat` it is of the whole county. Without `code` it counts the households assessed. An empty `households`
    is a number held back.
    """

    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, related_name="counts")
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+")
    uat = models.ForeignKey(Uat, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20, blank=True)
    households = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["county", "uat", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["extract", "county", "uat", "code"],
                condition=models.Q(uat__isnull=False),
                name="a_count_of_a_uat_once",
            ),
            models.UniqueConstraint(
                fields=["extract", "county", "code"],
                condition=models.Q(uat=None),
                name="a_count_of_a_county_once",
            ),
        ]


class PublishedTable(Record):
    """A table that everybody may read, as it was published: no number that is hidden is kept here.

    `number` counts the publications of its definition. `words` is what it says of itself, `coded` and `sums` its
    dimensions, of which the first two are places and years, `numbers` a row for each cell: its codes, then its number
    or nothing. `certificate` shows that what is hidden cannot be worked out.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="published")
    key = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    counts = models.CharField(max_length=40)
    words = models.JSONField()
    # Pairs of a dimension and its codes, each a pair with its words: of objects PostgreSQL keeps no order.
    coded = models.JSONField()
    sums = models.JSONField()
    numbers = models.JSONField()
    certificate = models.JSONField()
    published_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-published_at", "key"]
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="a_publication_of_a_table_once"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def slug(self) -> str:
        """Its name in addresses and of its files."""
        return f"{self.key}-{self.number}"

    @cached_property
    def codes(self) -> dict[str, dict[str, dict[str, str]]]:
        """Its dimensions in their order, each with its codes in theirs and what they are called."""
        return {name: dict(codes) for name, codes in self.coded}
