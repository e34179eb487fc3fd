"""What devices sent from the field, whole, until it is part of the record."""

from typing import Self

from django.db import models

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.devices.models import Device
from punte.fieldwork.enums import FormState
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.people.models import Household


class ReceivedFormQuerySet(models.QuerySet["ReceivedForm"]):
    def visible_to(self, user: User) -> Self:
        """What one's own devices sent, and what came to the organisations in which the account leads.

        What was sent of a household that is sealed by now is its worker's alone.
        """
        led = user.standing.organizations(Capability.ASSIGN)
        sealed = Household.objects.filter(sealed=True).values("pk")
        from_others = models.Q(device__organization__in=led) & ~models.Q(household__in=sealed)
        return self.filter(models.Q(device__owner=user) | from_others)

    def waiting(self) -> Self:
        """Those that a person must look at, the oldest first."""
        return self.filter(state=FormState.WAITING).order_by("created_at", "id")


class ReceivedForm(Record):
    """A filled questionnaire as a device sent it.

    `household` is the identifier that the form gives, whether or not a household of it exists yet; `creates` tells
    that the form begins it. `base_version` is the version of the household that the device had.
    """

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="forms")
    instance_id = models.CharField(max_length=80, unique=True)
    digest = models.CharField(max_length=64)
    instance = EncryptedTextField()
    household = models.UUIDField(null=True, blank=True)
    creates = models.BooleanField(default=False)
    base_version = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=FormState, default=FormState.ARRIVING)
    reason = EncryptedTextField()
    assessment = models.OneToOneField(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="received"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ReceivedFormQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["device", "state", "created_at"], name="forms_waiting_by_device")]


class ReceivedFile(Record):
    """A file that came with a form (photograph, signature), encrypted."""

    form = models.ForeignKey(ReceivedForm, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["form", "name"], name="a_file_of_a_form_once")]
