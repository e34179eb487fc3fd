"""What devices and the server say to each other; the shapes are those of `frontend/src/teren/wire.ts`."""

from contextlib import suppress
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.api.teren.bodies import Refused, bytes_of, object_of
from punte.api.teren.endpoint import (
    asked_otherwise,
    by_token,
    device_of,
    for_devices,
    for_workers,
    former_device_of,
    not_let_in,
)
from punte.devices.actions import register_device, sign_out_device
from punte.devices.contact import note_contact
from punte.devices.enums import DeviceKind
from punte.devices.models import Device
from punte.fieldwork.actions.apply import apply_entries
from punte.fieldwork.actions.files import NoSuchFile, OtherPlace, keep_piece
from punte.fieldwork.bundles import worker_of
from punte.fieldwork.going_down import Held, given_to
from punte.fieldwork.said import Said, key_of, unreadable
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization

MOST_ENTRIES = 500
MOST_HELD = 5_000
MOST_OF_A_PIECE = 256 * 1024
_LARGEST = 2**63 - 1


@for_workers("POST")
def enrol(request: HttpRequest) -> dict[str, Any]:
    """Let a device of the worker who is signed in come in by itself from now on; the session ends with this."""
    worker = cast(User, request.user)
    if not worker.standing.may(Capability.ASSESS):
        raise Refused(403, _("Your role does not work in the field."))
    said = Said(object_of(request))
    organization = Organization.objects.filter(pk=said.key("organization")).first()
    if organization is None:
        raise DomainError(_("Choose the institution."), field="organization")
    try:
        made = register_device(
            by=worker, organization=organization, kind=DeviceKind.TEREN, name=said.text("name", longest=200)
        )
    except NotAllowed as refused:
        raise Refused(403, str(refused.message)) from refused
    logout(request)
    return {
        "device": str(made.device.pk),
        "username": made.device.username,
        "secret": made.secret,
        "fileKey": made.device.file_key,
        "worker": worker_of(made.device),
    }


@for_devices("POST")
def come_down(request: HttpRequest, device: Device) -> dict[str, Any]:
    """What changed since the device last asked."""
    said = Said(object_of(request))
    packs = said.texts("packs")
    _note(device, said, packs=packs)
    have = {key_of(key, "have"): mark for key, mark in said.texts("have", most=MOST_HELD).items()}
    chosen = None if said.values.get("chosen") is None else set(said.keys("chosen", most=MOST_HELD))
    return given_to(
        device,
        Held(
            packs=packs,
            chosen=chosen,
            households=have,
            caseload=said.text("caseload", longest=200),
            reference=said.text("reference", longest=200),
        ),
    )


@for_devices("POST")
def go_up(request: HttpRequest, device: Device) -> dict[str, Any]:
    """What was written without a signal."""
    said = Said(object_of(request))
    entries = said.values.get("entries")
    if not isinstance(entries, list):
        raise unreadable("entries")
    if len(entries) > MOST_ENTRIES:
        raise Refused(413, _("Too much was sent at once. Send it in smaller parts."))
    _note(device, said)
    return {"answers": [answer.as_wire() for answer in apply_entries(device=device, said=entries)]}


def _note(device: Device, said: Said, *, packs: dict[str, str] | None = None) -> None:
    note_contact(
        device,
        application=said.text("application", longest=200),
        packs=packs,
        unsent=said.whole("unsent"),
        unsent_bytes=said.whole("unsentBytes", most=_LARGEST),
    )


@for_devices("PUT")
def file_piece(request: HttpRequest, device: Device, pk: UUID) -> dict[str, Any]:
    """A piece of a photograph; answered how many bytes of it are there."""
    start = request.GET.get("de", "")
    if not (start.isascii() and start.isdecimal() and len(start) < 12):
        raise unreadable("de")
    content = bytes_of(request)
    if len(content) > MOST_OF_A_PIECE:
        raise Refused(413, _("Too much was sent at once. Send it in smaller parts."))
    try:
        return {"received": keep_piece(device=device, entry=pk, start=int(start), content=content)}
    except OtherPlace as elsewhere:
        raise Refused(409, _("The photograph goes on elsewhere."), received=elsewhere.received) from elsewhere
    except NoSuchFile as unknown:
        raise Refused(404, str(unknown.message)) from unknown


@by_token
def sign_out(request: HttpRequest) -> HttpResponse:
    """A device gives itself up; once more, it is answered the same."""
    if request.method != "POST":
        return asked_otherwise(("POST",))
    device = device_of(request)
    if device is None and former_device_of(request) is None:
        return not_let_in(request)
    if device is not None:
        # Refused only where it was shut out at this very moment, which is what was asked for.
        with suppress(DomainError):
            sign_out_device(by=device.owner, device=device)
    return HttpResponse(status=204)
