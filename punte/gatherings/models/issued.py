"""The minutes of a meeting as they were issued."""

from django.db import models

from punte.accounts.models import User
from punte.gatherings.models.meetings import Meeting
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization


class IssuedMinutes(Record):
    """The minutes as a paper: the number of the institution's register, and what they say, frozen.

    Who sees the meeting sees them.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="paper")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    issued_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = EncryptedTextField()

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "number"], name="one_minutes_of_a_register_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"
