"""The file of a case: papers issued from the record, with their register numbers, and documents put in it."""

from typing import Self

from django.db import models
from django.db.models import Q

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.cases.models import Case
from punte.documents.enums import DocumentKind
from punte.kernel.among import among
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.people.models import Person
from punte.people.sight import hidden_from


class DocumentQuerySet(models.QuerySet["models.Model"]):
    def visible_to(self, user: "User") -> Self:
        """Papers of the cases that the account sees."""
        return self.filter(among(Case.objects.visible_to(user), "case"))

    def known_to(self, user: "User") -> Self:
        """Papers that the account may know to exist without reading them: of a colleague's case, never a sealed one."""
        return self.filter(among(Case.objects.known_to(user), "case"))


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


class SignedCopy(Record):
    """What came back signed of an issued paper; it lies encrypted in the store. An earlier one is never replaced.

    Attributes:
        number: 1 for the first that came back of a paper.
        signed_by: who signed, in words.
    """

    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="signed_copies")
    number = models.PositiveSmallIntegerField()
    signed_on = models.DateField()
    signed_by = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    path = models.CharField(max_length=120, editable=False)

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="one_signed_copy_of_a_number_per_document"
            )
        ]


class ChosenEvent(Record):
    """An event that a chronology tells: by which it is known again, and a digest of what was told of it at issue.

    Its words stand in the frozen content of the paper alone, under the same number.
    """

    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="chosen_events")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="one_event_of_a_number_per_chronology"
            )
        ]


class FiledDocumentQuerySet(models.QuerySet["FiledDocument"]):
    def visible_to(self, user: "User") -> Self:
        """Documents of the cases that the account sees; who reads which compartment is asked of the household.

        A restricted one is for who works on the case, and who put it there. What was put in about a person since they
        were sealed is for their circle; what others put in meanwhile (`aside`), for everybody.
        """
        mine = Q(restricted=False) | Q(by=user) | Q(case__in=Case.objects.worked_on_by(user))
        found = self.filter(mine, among(Case.objects.visible_to(user), "case"))
        return found.exclude(hidden_from(user).since(), aside=False)


class FiledDocument(Record):
    """A scan, a photograph or a document put in the file of a case; its pages lie encrypted in the store.

    Nothing is deleted: one that does not belong there is withdrawn, with a reason.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="filed_documents")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="filed_documents"
    )
    kind = models.CharField(max_length=40)
    dated = models.DateField()
    title = EncryptedTextField()
    compartment = models.CharField(max_length=10, choices=Compartment)
    restricted = models.BooleanField(default=False)
    aside = models.BooleanField(default=False, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = EncryptedTextField()

    objects = FiledDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-dated", "-created_at", "-id"]
        indexes = [models.Index(fields=["case", "-dated"], name="documents_of_case_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_withdrawn_document_says_who",
            )
        ]

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken out of use."""
        return self.withdrawn_at is not None


class FiledPage(Record):
    """One file of a document, in the order in which they were given; its path tells nothing."""

    document = models.ForeignKey(FiledDocument, on_delete=models.PROTECT, related_name="pages")
    number = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    path = models.CharField(max_length=120, editable=False)

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_page_of_a_number_per_document")
        ]


class FiledDocumentBefore(Record):
    """What was written of a document before it was corrected, by whom and when. Never changed."""

    document = models.ForeignKey(FiledDocument, on_delete=models.PROTECT, related_name="before")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said = EncryptedTextField()

    class Meta:
        ordering = ["-created_at", "-id"]
