"""What devices pull from the server and push to it; the shapes are those of `frontend/src/teren/wire.ts`."""

from contextlib import suppress
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.api.teren.endpoint import (
    Refused,
    asked_otherwise,
    by_token,
    bytes_of,
    device_of,
    for_devices,
    for_workers,
    former_device_of,
    not_let_in,
    object_of,
)
from punte.devices.actions import register_device, sign_out_device
from punte.devices.enums import DeviceKind
from punte.devices.models import Device
from punte.fieldwork.left_behind import holds_more_than_is_kept, keep_left_behind, more_than_is_kept
from punte.fieldwork.pull.bundles import worker_of
from punte.fieldwork.pull.changes import Baseline, changes_since
from punte.fieldwork.push.apply import apply_entries
from punte.fieldwork.push.entry import Status
from punte.fieldwork.push.pieces import NoSuchFile, OtherPlace, keep_piece
from punte.fieldwork.wire.objects import WireObject, key_of, unreadable
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
    sent = WireObject(object_of(request))
    organization = Organization.objects.filter(pk=sent.key("organization")).first()
    if organization is None:
        raise DomainError(_("Choose the institution."), field="organization")
    try:
        made = register_device(
            by=worker, organization=organization, kind=DeviceKind.TEREN, name=sent.text("name", longest=200)
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


def _left_behind(request: HttpRequest, device: Device) -> dict[str, Any] | None:
    """Keep what a device that was given up still holds; None once nothing more is to come, and it may forget.

    Raises:
        Refused: it holds what is not kept, and must not forget.
    """
    sent = WireObject(object_of(request))
    # On the wire, what is unsent besides the entries that go along.
    unsent = sent.whole("unsent") if "unsent" in sent.values else 0
    if holds_more_than_is_kept(device, unsent=unsent):
        raise Refused(401, more_than_is_kept(), wipe=False)
    if "entries" not in sent.values:
        return None
    answers = keep_left_behind(device=device, entries=_entries(sent))
    more = unsent > 0 or any(answer.status == Status.REFUSED for answer in answers)
    return {"answers": [answer.as_wire() for answer in answers]} if more else None


@for_devices("POST", left=_left_behind)
def pull(request: HttpRequest, device: Device) -> dict[str, Any]:
    """What changed since the device last asked."""
    sent = WireObject(object_of(request))
    packs = sent.texts("packs")
    _note(device, sent, packs=packs)
    have = {key_of(key, "have"): mark for key, mark in sent.texts("have", most=MOST_HELD).items()}
    chosen = None if sent.values.get("chosen") is None else set(sent.keys("chosen", most=MOST_HELD))
    baseline = Baseline(
        packs=packs,
        chosen=chosen,
        households=have,
        caseload=sent.text("caseload", longest=200),
        reference=sent.text("reference", longest=200),
        # Not sent by an application from before it was told.
        whole=sent.text("whole", longest=200) if "whole" in sent.values else "",
    )
    return changes_since(device, baseline)


@for_devices("POST", left=_left_behind)
def push(request: HttpRequest, device: Device) -> dict[str, Any]:
    """What was written without a signal."""
    sent = WireObject(object_of(request))
    entries = _entries(sent)
    _note(device, sent)
    return {"answers": [answer.as_wire() for answer in apply_entries(device=device, entries=entries)]}


def _entries(sent: WireObject) -> list[Any]:
    entries = sent.values.get("entries")
    if not isinstance(entries, list):
        raise unreadable("entries")
    if len(entries) > MOST_ENTRIES:
        raise Refused(413, _("Too much was sent at once. Send it in smaller parts."))
    return entries


def _note(device: Device, sent: WireObject, *, packs: dict[str, str] | None = None) -> None:
    device.note_contact(
        application=sent.text("application", longest=200),
        packs=packs,
        unsent=sent.whole("unsent"),
        unsent_bytes=sent.whole("unsentBytes", most=_LARGEST),
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
