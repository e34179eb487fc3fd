"""What a device says of itself each time it calls. Not a verb: it changes nothing but when it was last heard."""

from collections.abc import Mapping

from django.utils import timezone

from punte.devices.models import Device


def note_contact(
    device: Device,
    *,
    application: str = "",
    packs: Mapping[str, str] | None = None,
    unsent: int | None = None,
    unsent_bytes: int | None = None,
) -> None:
    """Remember when a device called and what it said; what it does not say stays as it was.

    Args:
        application: its name and version.
        packs: the version of each questionnaire that it holds.
        unsent: how many entries wait on it; unsent_bytes: their size.
    """
    said = {"application": application[:80], "packs": dict(packs or {}), "unsent": unsent}
    said |= {"unsent_bytes": unsent_bytes}
    fresh = {name: value for name, value in said.items() if value not in ("", None, {})}
    Device.objects.filter(pk=device.pk).update(last_contact=timezone.now(), **fresh)
