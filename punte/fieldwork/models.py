"""What devices sent from the field, whole, until it is part of the record."""

import hashlib
from typing import Self

from django.db import models
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.cases.models import Case
from punte.devices.models import Device
from punte.fieldwork.enums import EntryStatus, FileKind, FormState
from punte.fieldwork.kinds import called
from punte.kernel.constraints import NoOverlap
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, Record
from punte.people.enums import SightReason
from punte.people.models import Household, HouseholdSight
from punte.people.sight import hidden_from


class ReceivedFormQuerySet(models.QuerySet["ReceivedForm"]):
    def visible_to(self, user: User) -> Self:
        """What one's own devices sent, and what came to the organisations in which the account leads.

        What was sent of a household that is sealed by now, or where a sealed person lives in whose circle the account
        is not, is its worker's alone.
        """
        led = user.standing.organizations(Capability.ASSIGN)
        sealed = Household.objects.filter(sealed=True).values("pk")
        from_others = models.Q(device__organization__in=led) & ~models.Q(household__in=sealed)
        if lodgings := hidden_from(user).lodgings:
            from_others &= ~models.Q(household__in=lodgings)
        return self.filter(models.Q(device__owner=user) | from_others)

    def waiting(self) -> Self:
        """Those that a person must look at, the oldest first."""
        return self.filter(state=FormState.WAITING).order_by("created_at", "id")


class ReceivedForm(Record):
    """A filled questionnaire as a device sent it.

    `household` is the identifier that the form gives, whether or not a household of it exists yet; `creates` tells
    that the form begins it. `base_version` is the version of the household that the device had, `base` the newest
    assessment of it there. `mended` is the instance with the answers that were corrected in the office, `refused` the
    place of the answer that stands against it.
    """

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="forms")
    instance_id = models.CharField(max_length=80, unique=True)
    digest = models.CharField(max_length=64)
    instance = EncryptedTextField()
    mended = EncryptedTextField()
    refused = models.CharField(max_length=80, default="", blank=True)
    household = models.UUIDField(null=True, blank=True)
    creates = models.BooleanField(default=False)
    base_version = models.PositiveIntegerField(null=True, blank=True)
    base = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=FormState, default=FormState.ARRIVING)
    reason = EncryptedTextField()
    assessment = models.OneToOneField(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="received"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ReceivedFormQuerySet.as_manager()

    @property
    def answers(self) -> bytes:
        """The instance as it counts: as it came, or as somebody mended it since."""
        return (self.mended or self.instance).encode()

    @property
    def edition(self) -> str:
        """Names the answers as they stand now: who corrects them says which they saw."""
        return hashlib.sha256(self.answers).hexdigest()

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


class FieldEntry(Record):
    """An entry of Teren that was applied; its identifier is the one that the device gave it.

    Attributes:
        household: the household that it is about, as the device names it.
        digest: of what was sent, so that the same identifier never stands for two things.
        made_at: when it was written on the device.
        message: what the device was told.
        given: the identifier that the device gave to what it made (a case); empty where that is the entry's own.
        record: the row of the record that it became, which may be another one: a case that was open already, or a
            questionnaire that waits for a person.
        revision: of that row as the entry left it, where it has one (a draft plan).
    """

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20)
    household = models.UUIDField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=EntryStatus)
    message = EncryptedTextField()
    given = models.UUIDField(null=True, blank=True)
    record = models.UUIDField(null=True, blank=True)
    revision = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["device", "-made_at"], name="entries_of_device_newest_first"),
            models.Index(fields=["household", "-made_at"], name="entries_about_household"),
            models.Index(
                fields=["given"], condition=models.Q(given__isnull=False), name="entries_by_given_identifier"
            ),
            models.Index(
                fields=["record"], condition=models.Q(record__isnull=False), name="entries_by_their_record"
            ),
        ]

    @property
    def called(self) -> str:
        """What its kind is called."""
        return called(self.kind)


def beyond_a_seal(user: User) -> models.QuerySet[Household]:
    """Households that the account sees, but of the sealed ones only those in whose case team it is.

    What came from the field of a sealed household tells of its case.
    """
    team = HouseholdSight.objects.current().filter(user=user, why=SightReason.CASE_TEAM).values("household")
    return Household.objects.visible_to(user).filter(models.Q(sealed=False) | models.Q(pk__in=team))


def _is_beyond_a_seal(user: User) -> models.Exists:
    """Of rows about households; asked of each, so that it costs nothing more where the register is large."""
    return models.Exists(beyond_a_seal(user).filter(pk=models.OuterRef("household")))


class FieldConflictQuerySet(models.QuerySet["FieldConflict"]):
    def visible_to(self, user: User) -> Self:
        """What one's own devices brought, and what came to the organisations in which the account leads.

        What is of a sealed household is for its case team, whoever brought it; where a sealed person lives, for who is
        in the circle.
        """
        led = user.standing.organizations(Capability.ASSIGN)
        mine_or_led = models.Q(entry__device__owner=user) | models.Q(entry__device__organization__in=led)
        seen = self.filter(mine_or_led | models.Q(household__sealed=True), _is_beyond_a_seal(user))
        return seen.exclude(household__in=hidden_from(user).lodgings)

    def open(self) -> Self:
        """Those that nobody settled yet, the oldest first."""
        return self.filter(settled_at=None).order_by("created_at", "id")


class FieldConflict(Record):
    """The same thing changed on a device and in the office without knowing of each other, both kept side by side.

    Attributes:
        record: the plan or assessment in the record that it stands beside; empty for the household's own fields.
        theirs: what the record said when the entry came, as JSON.
        mine: what the device says and is not in the record, as JSON.
        chosen: "theirs" or "mine" once a person settled it.
    """

    entry = models.OneToOneField(FieldEntry, on_delete=models.PROTECT, related_name="conflict")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="field_conflicts")
    record = models.UUIDField(null=True, blank=True)
    theirs = EncryptedTextField()
    mine = EncryptedTextField()
    chosen = models.CharField(max_length=10, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = FieldConflictQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(
                fields=["household", "created_at"],
                condition=models.Q(settled_at=None),
                name="conflicts_not_settled",
            )
        ]


class FieldFileQuerySet(models.QuerySet["FieldFile"]):
    def visible_to(self, user: User) -> Self:
        """Those of households that the account sees, of sealed ones in its case team; see also `files_in_sight`.

        None of where a sealed person lives in whose circle the account is not.
        """
        seen = self.filter(_is_beyond_a_seal(user))
        return seen.exclude(household__in=hidden_from(user).lodgings)

    def whole(self) -> Self:
        """Those of which every byte has come."""
        return self.filter(whole_at__isnull=False)


class FieldFile(Record):
    """A photograph or signature of a visit; its identifier is that of the entry that announced it.

    Attributes:
        about: the intervention, assessment or plan that it belongs to; empty for the household itself.
        received: how many of its `size` bytes have come; `whole_at` says when the last one did.
        content: the bytes, encrypted, once they are all there.
    """

    entry = models.OneToOneField(FieldEntry, on_delete=models.PROTECT, related_name="file")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="field_files")
    about = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=FileKind)
    media_type = models.CharField(max_length=20)
    caption = EncryptedTextField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    received = models.PositiveIntegerField(default=0)
    whole_at = models.DateTimeField(null=True, blank=True)
    content = models.BinaryField(null=True)

    objects = FieldFileQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["household", "-created_at"], name="field_files_newest_first")]


class FilePiece(models.Model):
    """A piece of a file that has not all come, encrypted."""

    file = models.ForeignKey(FieldFile, on_delete=models.CASCADE, related_name="pieces")
    start = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["file", "start"], name="a_piece_of_a_file_once")]


class FieldPermit(Period):
    """The team of a sealed case lets it be taken along in Teren, for a while; without one it stays in the office."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="field_permits")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta(Period.Meta):
        constraints = [*Period.Meta.constraints, NoOverlap(name="one_field_permit_per_case", key=["case"])]
