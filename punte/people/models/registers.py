"""Registers that were sent to be taken in."""

from typing import Self

from django.db import models
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.people.models.people import Person


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    """Registers on their way in, by whose they are."""

    def open_to(self, user: User) -> Self:
        """Those that the account sent, while it records people for their keeper and they are kept."""
        keepers = user.standing.organizations(Capability.EDIT_PEOPLE)
        return self.filter(by=user, keeper__in=keepers, expires_at__gt=timezone.now())


class RegisterImport(Record):
    """A table of people and households on its way in: what was read of it and said about it, until it expires."""

    keeper = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    content = EncryptedTextField()
    expires_at = models.DateTimeField(db_index=True)

    objects = RegisterImportQuerySet.as_manager()


class TakenRow(Record):
    """A line of a register that is in: by it the same line is known again, and a portion is not taken in twice.

    `remarks` are what the register says besides and in other words than the record.
    """

    source = models.ForeignKey(RegisterImport, null=True, on_delete=models.SET_NULL, related_name="taken")
    row = models.CharField(max_length=20)
    keeper = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="register_rows")
    is_new = models.BooleanField()
    remarks = EncryptedTextField()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["keeper", "digest"], name="taken_rows_by_digest")]
        constraints = [
            models.UniqueConstraint(fields=["source", "row"], name="a_line_of_a_register_is_taken_in_once")
        ]
