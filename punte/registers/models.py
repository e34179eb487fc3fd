"""Entries of registers: a dated fact about somebody, its history, and what lists and searches read of it."""

import datetime as dt
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.utils import timezone

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.cases.models import Case
from punte.kernel.append_only import AppendOnly
from punte.kernel.constraints import NoOverlap
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, Record
from punte.organizations.models import Organization
from punte.people.models import Dwelling, Household, Person

SUBJECT_COLUMNS = ("person", "household", "case", "dwelling", "organization")


def _alone(column: str) -> models.Q:
    """The condition that a column names the subject, and no other does."""
    return models.Q(**{f"{one}__isnull": one != column for one in SUBJECT_COLUMNS})


class RegisterVersion(Record):
    """A register as its file was when first used here; kept whole, so that an old entry stays readable.

    `indexed_at` is when it was put in force: since then the entries of older versions are listed and told apart by it.
    """

    key = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    definition = models.TextField()
    own = models.BooleanField(default=False)
    indexed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["key", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_register_of_a_key_and_version")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class About(models.Model):
    """What an entry says of its subject at one time: the columns that an entry and each of its versions share.

    `values` holds what is no text: choices, yes or no, whole numbers, decimals as text, money in bani, days as
    2026-11-29, institutions by identifier. `texts` is JSON too, encrypted: what somebody wrote in words.
    """

    version = models.ForeignKey(RegisterVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=40)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    values = models.JSONField(default=dict)
    texts = EncryptedTextField()

    class Meta:
        abstract = True


class Entry(About, Period):
    """A fact of a register about one subject; `overlap_key` is empty where others of its time may stand beside it.

    Of one with `erased_on` only the register, the state and the years are left.
    One about a dwelling may concern a household, which it names in a field: it is shown there too.
    """

    register = models.CharField(max_length=40)
    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=10, choices=Compartment)
    revision = models.PositiveIntegerField(default=1)
    erased_on = models.DateField(null=True, blank=True)
    overlap_key = models.CharField(max_length=200, null=True)  # noqa: DJ001 - one at a time where there is one
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="register_entries")
    household = models.ForeignKey(
        Household, null=True, on_delete=models.PROTECT, related_name="register_entries"
    )
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="register_entries")
    dwelling = models.ForeignKey(
        Dwelling, null=True, on_delete=models.PROTECT, related_name="register_entries", db_index=False
    )
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="register_entries"
    )
    concerns = models.ForeignKey(
        Household, null=True, on_delete=models.PROTECT, related_name="concerning_entries", db_index=False
    )

    class Meta:
        ordering = ["-start", "-created_at", "id"]
        indexes = [
            models.Index(fields=["keeper", "register", "-start", "id"], name="entries_of_keeper"),
            models.Index(
                fields=["register", "expires_on"],
                condition=models.Q(expires_on__isnull=False),
                name="entries_by_expiry",
            ),
            # Few entries are about dwellings: an index of those alone is as small.
            *(
                models.Index(
                    fields=[column],
                    condition=models.Q(**{f"{column}__isnull": False}),
                    name=f"entries_by_{column}",
                )
                for column in ("dwelling", "concerns")
            ),
        ]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=reduce(or_, map(_alone, SUBJECT_COLUMNS)),
                name="one_subject_per_entry",
            ),
            # A subject that is empty equals none, on both databases.
            *(
                NoOverlap(name=f"one_entry_per_{column}_at_a_time", key=[column, "overlap_key"])
                for column in SUBJECT_COLUMNS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.start:%d.%m.%Y}"

    def meets(self, start: dt.date, end: dt.date | None) -> bool:
        """Whether it holds on a day of the period `[start, end)`."""
        return (end is None or self.start < end) and (self.end is None or start < self.end)

    @property
    def subject_key(self) -> Any:
        """The identifier of whom or what the entry is about."""
        return getattr(self, f"{self.subject_column}_id")

    @property
    def subject_column(self) -> str:
        """The column that names it."""
        return next(column for column in SUBJECT_COLUMNS if getattr(self, f"{column}_id") is not None)

    @property
    def subject(self) -> Any:
        """Whom or what the entry is about."""
        return getattr(self, self.subject_column)


class EntryRevision(About, Record):
    """An entry as it was after one change of it: what was done, by whom and why. Never rewritten.

    One that is `aside` was written by somebody who, behind the seal of a person, does not see the entry as it is: they
    and the others outside the circle read it, the entry itself stays.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    move = models.CharField(max_length=40)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = EncryptedTextField()
    aside = models.BooleanField(default=False)

    class Meta:
        ordering = ["entry", "number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="one_revision_of_a_number"),
            AppendOnly(name="revisions_of_entries_stay"),
        ]


class EntryValue(models.Model):
    """One listed field of an entry, as lists filter and sort by it: by the column of its type."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="listed")
    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    register = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    compartment = models.CharField(max_length=10, blank=True)
    word = models.CharField(max_length=40, blank=True)
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "field"], name="one_value_of_a_field_per_entry")
        ]
        indexes = [
            models.Index(fields=["keeper", "register", "field", column, "entry"], name=f"entries_by_{column}")
            for column in ("word", "number", "day")
        ]


class EntryMark(models.Model):
    """By what an entry is found although it is encrypted: a keyed digest of a field that is found exactly."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="marks")
    register = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "field"], name="one_mark_of_a_field_per_entry")
        ]
        indexes = [models.Index(fields=["mark", "register", "field"], name="entries_by_mark")]
