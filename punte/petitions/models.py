"""What residents ask of a town hall or complain of, and what became of it."""

from django.db import models
from django.utils import timezone

from punte.accounts.models import User
from punte.directory.models import Service
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.petitions.enums import Channel, ClosingReason, EventKind, Mail, PetitionKind, PetitionStatus
from punte.petitions.queries import PetitionQuerySet


class Register(models.Model):
    """The last number that an organisation's register of petitions gave in a year."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year"], name="one_register_of_petitions_per_year"
            )
        ]


class Petition(Record):
    """A request, a complaint or a petition, from its registration to its answer (OG 27/2002).

    A `restricted` one speaks of a worker: only leaders, and whom they give it to, see it; those it is `about` never.
    `due_on` and `redirect_by` are empty where no term runs any more. `once` tells a second press on Send from another
    petition. After `erased_on` nothing of it names anybody: number, dates, kind and how it ended are what is left.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="petitions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    code_digest = models.CharField(max_length=64, editable=False)
    once = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001 - unique where there is one
    kind = models.CharField(max_length=10, choices=PetitionKind)
    status = models.CharField(max_length=10, choices=PetitionStatus, default=PetitionStatus.RECEIVED)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.ONLINE)
    language = models.CharField(max_length=2, default="ro")
    received_at = models.DateTimeField(default=timezone.now)
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    anonymous = models.BooleanField(default=False)
    name = EncryptedTextField()
    email = EncryptedTextField()
    phone = EncryptedTextField()
    address = EncryptedTextField()
    text = EncryptedTextField()
    about_words = EncryptedTextField()
    about = models.ManyToManyField(User, related_name="+")
    restricted = models.BooleanField(default=False)
    assigned_to = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    redirect_by = models.DateField(null=True, blank=True)
    extended_days = models.PositiveSmallIntegerField(null=True, blank=True)
    redirected_to = EncryptedTextField()
    answer = EncryptedTextField()
    answer_basis = EncryptedTextField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closing_reason = models.CharField(max_length=10, choices=ClosingReason, blank=True)
    erased_on = models.DateField(null=True, blank=True)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        indexes = [models.Index(fields=["organization", "status", "due_on"], name="petitions_by_term")]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "number"], name="one_petition_of_a_register_number"
            ),
            models.UniqueConstraint(fields=["once"], name="one_petition_of_one_sending"),
            models.CheckConstraint(
                condition=~models.Q(status=PetitionStatus.ANSWERED) | models.Q(answered_at__isnull=False),
                name="an_answered_petition_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(anonymous=False) | models.Q(name="", email="", phone="", address=""),
                name="an_anonymous_petition_names_nobody",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_on=None)
                | models.Q(name="", email="", phone="", address="", text="", about_words="", answer=""),
                name="an_erased_petition_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def is_answered(self) -> bool:
        """Whether its author has an answer."""
        return self.status == PetitionStatus.ANSWERED

    @property
    def is_redirected(self) -> bool:
        """Whether another institution has it."""
        return self.status == PetitionStatus.REDIRECTED

    @property
    def is_closed(self) -> bool:
        """Whether it is filed."""
        return self.status == PetitionStatus.CLOSED


class PetitionEvent(Record):
    """Something that happened with a petition; without `by`, the petitioner did it."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField()
    mail = models.CharField(max_length=6, choices=Mail, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["mail"], name="mails_that_wait", condition=models.Q(mail=Mail.WAITS))]


class Attachment(Record):
    """A file sent with a petition; it lies encrypted in the store, under a name that tells nothing."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="attachments")
    name = EncryptedTextField()
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    path = models.CharField(max_length=120, editable=False)

    class Meta:
        ordering = ["created_at", "id"]


class Knock(models.Model):
    """One use of a public door, kept for an hour, so that nobody can use it too often; `who` is a keyed digest."""

    door = models.CharField(max_length=20)
    who = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["door", "who", "at"], name="knocks_at_a_door")]
