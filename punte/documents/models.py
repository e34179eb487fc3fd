"""Papers issued from the record, with their register numbers."""

from typing import Self

from django.db import models

from punte.accounts.models import User
from punte.cases.models import Case
from punte.documents.enums import DocumentKind
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization


class DocumentQuerySet(models.QuerySet["models.Model"]):
    def visible_to(self, user: "User") -> Self:
        """Papers of the cases that the account sees."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def known_to(self, user: "User") -> Self:
        """Papers that the account may know to exist without reading them: of a colleague's case, never a sealed one."""
        return self.filter(case__in=Case.objects.known_to(user))


class Register(models.Model):
    """The last number that an organisation's register gave in a year."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "year"], name="one_register_per_year")]


class IssuedDocument(Record):
    """A paper as it was issued: its register number, and the data it was made from, frozen."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="issued_documents")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    # What the institution's own register gave it, where that was known at issue.
    entry = models.CharField(max_length=40, blank=True)
    issued_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    template_version = models.CharField(max_length=20)
    compartments = models.JSONField(default=list)
    content = EncryptedTextField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "number"], name="one_document_of_a_register_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}/{self.year}"
