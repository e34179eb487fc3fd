"""A device is no longer let in: given back, or lost."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.devices.enums import HEARD, DeviceState
from punte.devices.models import Device
from punte.kernel.errors import DomainError, NotAllowed


@verb
def revoke_device(*, by: User, device: Device) -> Device:
    """Stop letting a device in; Teren forgets what is on it at its next call.

    Raises:
        NotAllowed: it is neither one's own nor of an organisation whose devices the account keeps.
    """
    return _shut_out(by, device, DeviceState.REVOKED, "revoke_device")


@verb
def report_lost(*, by: User, device: Device) -> Device:
    """Say that a device is lost; its secret lets nobody in from now on, and its file of the unsent opens no more.

    Raises:
        NotAllowed: as for `revoke_device`.
    """
    return _shut_out(by, device, DeviceState.LOST, "report_lost_device")


@verb
def sign_out_device(*, by: User, device: Device) -> Device:
    """Give up a device of one's own, which has forgotten everything or is about to; the file that it may have saved of
    the unsent can still be taken in.

    Raises:
        NotAllowed, DomainError: as for `revoke_device`.
    """
    return _shut_out(by, device, DeviceState.SIGNED_OUT, "sign_out_device")


def _shut_out(by: User, device: Device, state: DeviceState, verb_name: str) -> Device:
    device = Device.objects.select_for_update(no_key=True).get(pk=device.pk)
    keeps = by.standing.may(Capability.KEEP_DEVICES, device.organization_id)
    if device.owner_id != by.pk and not keeps:
        raise NotAllowed(_("This device is a colleague's."))
    if device.state == state:
        raise DomainError(_("This was already done for the device."))
    was = device.state
    device.state, device.state_since = state, timezone.now()
    device.drop_secret()
    if state not in HEARD:
        device.file_key = ""
    device.save(update_fields=["state", "state_since", "secret_digest", "former_digest", "file_key"])
    record(
        by=by,
        verb=verb_name,
        keeper=device.organization_id,
        subject=device.pk,
        changes={"state": [was, state]},
    )
    return device
