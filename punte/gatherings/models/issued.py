"""The minutes of a meeting, and the report of a body, as they were issued."""

from django.db import models

from punte.accounts.models import User
from punte.gatherings.models.bodies import Body
from punte.gatherings.models.meetings import Meeting
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization


class Issued(Record):
    """A paper of people who meet: the number of the institution's register, and what it says, frozen."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    issued_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = EncryptedTextField()

    class Meta:
        abstract = True
        ordering = ["-year", "-number"]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class IssuedMinutes(Issued):
    """The minutes as a paper. Who sees the meeting sees them."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="paper")

    class Meta(Issued.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "number"], name="one_minutes_of_a_register_number"
            )
        ]


class IssuedReport(Issued):
    """The report of what a body held in a half-year or a quarter, as a paper. Who knows the body reads it.

    Attributes:
        first, last: the days that it is about.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reports")
    first = models.DateField()
    last = models.DateField()

    class Meta(Issued.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "number"], name="one_report_of_a_register_number"
            ),
            models.UniqueConstraint(fields=["body", "first"], name="a_body_reports_a_time_once"),
        ]
