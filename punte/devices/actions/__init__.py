"""Everything that changes what is known of a device."""

from punte.devices.actions.register import Registered, register_device
from punte.devices.actions.shut_out import report_lost, revoke_device, sign_out_device

__all__ = [
    "Registered",
    "register_device",
    "report_lost",
    "revoke_device",
    "sign_out_device",
]
