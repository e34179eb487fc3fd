"""How people's data is looked after: what who works here promised, breaches, and what is kept longer."""

import datetime as dt

from django.db import models
from django.utils import timezone

from punte.accounts.enums import BreachRisk
from punte.accounts.models.staff import User
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization


class ConfidentialityPromise(Record):
    """That an account accepted the promise of confidentiality, in the version and the words of that day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="promises")
    version = models.CharField(max_length=40)
    text = EncryptedTextField()
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-accepted_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "version"], name="a_promise_is_accepted_once_in_each_version"
            )
        ]


class DataBreach(Record):
    """Data came where they should not, or were lost: what is known, and who was told (GDPR, art. 33 and 34).

    Attributes:
        known_at: when the institution knew; the hours to tell the authority run from it.
        people: about how many people it touches; empty while nobody knows.
        told_authority_at, late_why: when the authority was told, and why later than the law asks.
        no_need: why it was not told at all: no risk for anybody.
        told_people_at: when those whom it touches were told.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="breaches")
    happened = EncryptedTextField()
    known_at = models.DateTimeField()
    due_at = models.DateTimeField()
    people = models.PositiveIntegerField(null=True, blank=True)
    risk = models.CharField(max_length=6, choices=BreachRisk)
    measures = EncryptedTextField()
    told_authority_at = models.DateTimeField(null=True, blank=True)
    late_why = EncryptedTextField()
    no_need = EncryptedTextField()
    told_people_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    logged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-known_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(told_authority_at=None)
                | models.Q(told_authority_at__gte=models.F("known_at")),
                name="the_authority_is_told_of_a_breach_once_it_is_known",
            )
        ]

    @property
    def is_running(self) -> bool:
        """Whether the authority has still to be told."""
        return self.told_authority_at is None and not self.no_need and self.closed_on is None

    @property
    def hours_left(self) -> int:
        """Whole hours until the authority has to be told; below 0 once they are over."""
        return (self.due_at - timezone.now()) // dt.timedelta(hours=1)


class KeptLonger(Record):
    """Something whose time is over is kept all the same, until a day and for a reason that somebody decided."""

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    subject = models.UUIDField()
    until = models.DateField()
    reason = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
