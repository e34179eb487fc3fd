"""What is installed on a device, against what is current."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte import __version__
from punte.devices.enums import DeviceKind
from punte.devices.models import Device
from punte.methodology.packs import available_packs


@dataclass(frozen=True)
class Installed:
    """Something of a version on a device; `newer` is the current version where it is another one."""

    words: str
    newer: str = ""


def current_packs() -> dict[str, str]:
    """The version in use of each questionnaire."""
    return {pack.name: pack.version for pack in available_packs()}


def installed_on(device: Device, current: Mapping[str, str]) -> list[Installed]:
    """The application and the questionnaires of a device. Which version of ODK Collect is current is not known."""
    installed = []
    if device.application:
        version = device.application.rpartition(" ")[2]
        known = device.kind == DeviceKind.TEREN and version != __version__
        installed.append(Installed(device.application, __version__ if known else ""))
    for name, version in sorted(device.packs.items()):
        newest = current.get(name, version)
        installed.append(Installed(f"{name} {version}", newest if newest != version else ""))
    return installed


def heard(device: Device) -> str:
    """When a device called last, in words."""
    if device.last_contact is None:
        return _("Has not called yet")
    at = timezone.localtime(device.last_contact)
    days = (timezone.localdate() - at.date()).days
    if days <= 0:
        return _("Last heard today at %(time)s") % {"time": f"{at:%H:%M}"}
    if days == 1:
        return _("Last heard yesterday at %(time)s") % {"time": f"{at:%H:%M}"}
    said = ngettext("Last heard %(n)s day ago", "Last heard %(n)s days ago", days)
    return said % {"n": days}
