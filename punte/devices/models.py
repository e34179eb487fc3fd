"""Tablets and phones that work without a signal: whose they are, and whether they are still let in."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Self

from django.db import models
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.devices.enums import DeviceKind, DeviceState
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.kernel.prepared import Prepared
from punte.organizations.models import Organization


class DeviceQuerySet(models.QuerySet["Device"]):
    def visible_to(self, user: User) -> Self:
        """One's own devices, and those of the organisations whose devices the account keeps."""
        kept = user.standing.organizations(Capability.KEEP_DEVICES)
        return self.filter(models.Q(owner=user) | models.Q(organization__in=kept))

    def let_in(self, username: str, secret: str) -> "Device | None":
        """The device of this name and secret, if it may still come in and its owner still has an account."""
        device: Device | None = next(iter(_in_use(username=username)), None)
        if device is None or not device.owner.is_open or not device.knows(secret):
            return None
        return device

    def given_up(self, username: str, secret: str) -> "Device | None":
        """The tablet of this name and secret whose owner has no more work in its organisation, and has to forget it."""
        device = self.filter(username=username, state=DeviceState.IN_USE).select_related("owner").first()
        if device is None or not device.is_given_up or not device.knows(secret):
            return None
        return device

    def shut_out(self, username: str, secret: str) -> "Device | None":
        """The device of this name that is no longer let in, if it calls with the secret that was its own.

        Nobody else learns that there is such a device, or what became of it.
        """
        device = self.filter(username=username).exclude(state=DeviceState.IN_USE).first()
        return device if device is not None and device.knew(secret) else None


_in_use = Prepared(
    lambda username: Device.objects.filter(username=username, state=DeviceState.IN_USE).select_related(
        "owner", "organization"
    )
)


class Device(Record):
    """A device of one worker. Its secret is kept as a digest; it has 128 random bits, so a slow hash adds nothing.

    `file_key` opens the file of unsent entries that Teren writes, Base64. The secret is dropped when the device signs
    out, is lost or revoked; the key when it is lost or revoked, for who signs out may have saved that file before.
    From then on `former_digest` tells that a caller is that device, so that it can be told to forget everything; it
    lets nobody in. `last_contact`, `application`, `packs`, `unsent` and `unsent_bytes` are what the device reported
    when it last called.
    """

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="devices")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="devices")
    kind = models.CharField(max_length=10, choices=DeviceKind)
    name = models.CharField(max_length=80)
    username = models.CharField(max_length=20, unique=True)
    secret_digest = models.CharField(max_length=64, blank=True)
    former_digest = models.CharField(max_length=64, blank=True)
    file_key = EncryptedTextField()
    state = models.CharField(max_length=10, choices=DeviceState, default=DeviceState.IN_USE)
    state_since = models.DateTimeField(default=timezone.now)
    last_contact = models.DateTimeField(null=True, blank=True)
    application = models.CharField(max_length=80, blank=True)
    packs = models.JSONField(default=dict, blank=True)
    unsent = models.PositiveIntegerField(null=True, blank=True)
    unsent_bytes = models.PositiveBigIntegerField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        ordering = ["owner__name", "name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_given_up(self) -> bool:
        """Whether the account of its owner is closed, or holds no role in its organisation that works in the field."""
        return not self.owner.standing.may(Capability.ASSESS, self.organization_id)

    def knows(self, secret: str) -> bool:
        """Whether `secret` is the device's own; takes the same time whatever is wrong."""
        return hmac.compare_digest(digest_of(secret), self.secret_digest)

    def knew(self, secret: str) -> bool:
        """Whether `secret` was the device's own until it was shut out; takes the same time whatever is wrong."""
        return hmac.compare_digest(former(digest_of(secret)), self.former_digest)

    def note_contact(
        self,
        *,
        application: str = "",
        packs: Mapping[str, str] | None = None,
        unsent: int | None = None,
        unsent_bytes: int | None = None,
    ) -> None:
        """Remember that the device called and what it reported; what it does not report stays as it was. Not a verb:
        it changes nothing but what was last heard.

        Args:
            application: its name and version.
            packs: the version of each questionnaire that it holds.
            unsent: how many entries wait on it; unsent_bytes: their size.
        """
        reported = {"application": application[:80], "packs": dict(packs or {}), "unsent": unsent}
        reported |= {"unsent_bytes": unsent_bytes}
        fresh = {name: value for name, value in reported.items() if value not in ("", None, {})}
        Device.objects.filter(pk=self.pk).update(last_contact=timezone.now(), **fresh)

    def drop_secret(self) -> None:
        """Forget what lets the device in; not saved. Done twice, it changes nothing."""
        if self.secret_digest:
            self.former_digest = former(self.secret_digest)
        self.secret_digest = ""


class LeftBehind(Record):
    """An entry that a device sent after its owner's account or appointment had ended; to be read, applied to nothing.

    Attributes:
        entry: the identifier that the device gave it; `household` the one that it is about, as the device names it.
        content: the entry as it came, JSON.
    """

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="left_behind")
    entry = models.UUIDField()
    household = models.UUIDField(db_index=True)
    content = EncryptedTextField()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["device", "entry"], name="left_behind_once")]


def former(digest: str) -> str:
    """What is kept of a secret that lets nobody in any more: a digest of its digest, which is worth nothing as one."""
    return hashlib.sha256(f"former:{digest}".encode()).hexdigest()


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
