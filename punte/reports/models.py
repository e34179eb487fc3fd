"""Reports: what is written of one part by part, the figures that were counted for it, and each version that left."""

from typing import Self

from django.db import models

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.directory.models import Service
from punte.kernel.append_only import AppendOnly
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.people.models import Consent
from punte.programmes.models import Programme

READERS = (Capability.SEE_TOTALS, Capability.PLAN, Capability.APPROVE_PLAN)


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, by who reads them. They tell nothing of anybody by name."""

    def visible_to(self, user: User) -> Self:
        """Those of the institutions where the account plans or sees totals."""
        own = frozenset[object]().union(*map(user.standing.organizations, READERS))
        return self.filter(organization__in=own)


class Report(Record):
    """A report that an institution writes of some days; `start` and `end` are the first and the last.

    Attributes:
        kind: a key of `content/reports`.
        about: the identifier of the programme or service that it is of; empty for all of the institution.
        extract, figures: from what its counts are, and what they came to, as they are told; by quarter where asked.
    """

    kind = models.SlugField(max_length=40)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="reports")
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="written_reports"
    )
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=36, blank=True)
    start = models.DateField()
    end = models.DateField()
    extract = models.CharField(max_length=40, blank=True)
    figures = models.JSONField(default=dict)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-end", "-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organization", "about", "start", "end"],
                name="one_report_of_a_kind_for_the_same_days",
            ),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="a_report_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return str(self.programme or self.service or self.organization)


class ReportDraft(Record):
    """What somebody wrote in one part; `revision` tells a stale save."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="drafts")
    part = models.CharField(max_length=80)
    text = EncryptedTextField()
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["report", "part"]
        constraints = [
            models.UniqueConstraint(fields=["report", "part"], name="one_draft_for_a_part_of_a_report")
        ]


class Photograph(Record):
    """A photograph in a part of a report, with the consents of everybody who can be told in it; its file is encrypted.

    It is shown while as many of its `consents` stand as there are `people` in it. Of one that was taken off at night,
    `removed_at`, nothing is left but that there was one.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="photographs")
    part = models.CharField(max_length=80)
    caption = EncryptedTextField()
    people = models.PositiveSmallIntegerField()
    consents = models.ManyToManyField(Consent, related_name="photographs")
    path = models.CharField(max_length=120, editable=False)
    width = models.PositiveSmallIntegerField(editable=False)
    height = models.PositiveSmallIntegerField(editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["report", "part"], name="photographs_of_a_report")]


class ReportVersion(Record):
    """A report as it left, whole; never changed. `content` is the paper as JSON, from which each file comes anew."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = EncryptedTextField()
    extract = models.CharField(max_length=40, blank=True)
    kind_version = models.CharField(max_length=31)
    issued_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="a_version_of_a_report_has_one_number"),
            AppendOnly(name="report_versions_are_append_only"),
        ]
