"""A worker begins to use a device."""

import base64
import secrets
from dataclasses import dataclass

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.devices.enums import DeviceKind, DeviceState
from punte.devices.models import Device, digest_of
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
MAX_DEVICES = 20


@dataclass(frozen=True)
class Registered:
    """A device and its secret, which is shown once and kept nowhere."""

    device: Device
    secret: str


@verb
def register_device(*, by: User, organization: Organization, kind: DeviceKind, name: str) -> Registered:
    """Let a device of one's own in.

    Args:
        name: how its owner tells it from others ("tableta albastră").

    Raises:
        NotAllowed: the account assesses nobody in that organisation.
        DomainError: no name, or too many devices.
    """
    by.standing.require(Capability.ASSESS, organization.pk)
    name = " ".join(name.split())
    if not name or len(name) > 80:
        raise DomainError(_("Give the device a name of at most 80 letters."), field="name")
    if Device.objects.filter(owner=by, state=DeviceState.IN_USE).count() >= MAX_DEVICES:
        raise DomainError(_("You already have %(count)s devices. Remove one first.") % {"count": MAX_DEVICES})
    secret = secrets.token_urlsafe(16)
    device = Device.objects.create(
        owner=by,
        organization=organization,
        kind=kind,
        name=name,
        username="".join(secrets.choice(_LETTERS) for _letter in range(10)),
        secret_digest=digest_of(secret),
        file_key=_file_key() if kind == DeviceKind.TEREN else "",
    )
    record(
        by=by,
        verb="register_device",
        keeper=organization.pk,
        subject=device.pk,
        changes={"kind": [None, kind]},
    )
    return Registered(device, secret)


def _file_key() -> str:
    """The key of the file of unsent entries: 32 random bytes, Base64."""
    return base64.b64encode(secrets.token_bytes(32)).decode()
