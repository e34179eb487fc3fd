"""The office takes in the file that a tablet wrote of what it could not send."""

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.devices.enums import HEARD, DeviceKind
from punte.devices.models import Device
from punte.fieldwork.left_behind import keep_left_behind
from punte.fieldwork.push.apply import ShutOut, apply_entries
from punte.fieldwork.push.entry import Answer, Status
from punte.fieldwork.push.pieces import OtherPlace, keep_piece
from punte.fieldwork.wire.objects import can_be_kept
from punte.kernel.errors import DomainError, NotAllowed

FORMAT = "punte-teren-1"
MOST_BYTES = 40 * 1024 * 1024
"""Of the file as it is uploaded."""
MOST_OPENED = 160 * 1024 * 1024
"""Of what is in it, so that a small file cannot unfold into more than the server holds."""
MOST_ENTRIES = 5_000

_IV_BYTES = 12


@dataclass(frozen=True)
class UnsentContent:
    """What is in a file of the unsent, and the device that wrote it."""

    device: Device
    entries: list[Any]
    files: Mapping[str, Any]


@dataclass(frozen=True)
class Imported:
    """What became of each entry of a file, in its order."""

    device: Device
    answers: list[tuple[Mapping[str, Any], Answer]]


def import_unsent(*, by: User, content: bytes) -> Imported:
    """Apply each entry of the file once, in the name of the device's owner; taken in twice, it changes nothing more.

    Of an owner who has no more work there, nothing is applied: it is kept to be read.

    Each entry is a verb of its own: one that is refused leaves those before it in the record.

    Raises:
        NotAllowed: the account is neither the owner of the device nor leads in its organisation.
        DomainError: the file is damaged, of a device whose key was dropped, or of another installation.
    """
    opened = open_unsent(by=by, content=content)
    _note(by=by, opened=opened)
    if opened.device.is_given_up:
        left = keep_left_behind(device=opened.device, entries=opened.entries)
        return Imported(opened.device, list(zip(opened.entries, left, strict=True)))
    try:
        answers = apply_entries(device=opened.device, entries=opened.entries)
    except ShutOut as gone:
        raise _closed() from gone
    with_files = [
        _with_file(opened.device, answer, opened.files[answer.id])
        if answer.status in (Status.APPLIED, Status.CONFLICT) and answer.id in opened.files
        else answer
        for answer in answers
    ]
    return Imported(opened.device, list(zip(opened.entries, with_files, strict=True)))


def open_unsent(*, by: User, content: bytes) -> UnsentContent:
    """Read a file of the unsent; changes nothing.

    Raises:
        NotAllowed, DomainError: as for `import_unsent`.
    """
    if len(content) > MOST_BYTES:
        raise DomainError(
            _("The file is larger than 40 MB. Send from the tablet when it has a signal."), field="file"
        )
    outer = _json(content)
    username = outer.get("username")
    if outer.get("format") != FORMAT or not isinstance(username, str) or not can_be_kept(username):
        raise DomainError(_("This is not a file that Teren wrote."), field="file")
    device = _device(by, username)
    try:
        iv = base64.b64decode(outer["iv"], validate=True)
        data = base64.b64decode(outer["data"], validate=True)
        if len(iv) != _IV_BYTES:
            raise ValueError(iv)
        clear = AESGCM(base64.b64decode(device.file_key)).decrypt(iv, data, f"{FORMAT} {username}".encode())
    except (KeyError, TypeError, ValueError, InvalidTag) as wrong:
        raise _damaged() from wrong
    inner = _json(_unfolded(clear))
    sent, files = inner.get("sent"), inner.get("files", {})
    entries = sent.get("entries") if isinstance(sent, dict) else None
    if not isinstance(entries, list) or not isinstance(files, dict) or len(entries) > MOST_ENTRIES:
        raise _damaged()
    if not all(isinstance(entry, dict) for entry in entries):
        raise _damaged()
    return UnsentContent(device, entries, files)


def _device(by: User, username: str) -> Device:
    device = Device.objects.select_related("owner").filter(username=username, kind=DeviceKind.TEREN).first()
    if device is None:
        raise DomainError(
            _("No tablet of this name is known here. Was the file written for another institution?"),
            field="file",
        )
    if device.owner_id != by.pk and not by.standing.may(Capability.ASSIGN, device.organization_id):
        raise NotAllowed(
            _("This file is of a colleague's tablet. They take it in, or your coordinator does.")
        )
    if device.state not in HEARD or not device.file_key:
        raise _closed()
    return device


@verb
def _note(*, by: User, opened: UnsentContent) -> None:
    """Leave in the trail who took the file in; each entry leaves its own lines in the name of its worker."""
    record(
        by=by,
        verb="take_in_unsent",
        keeper=opened.device.organization_id,
        subject=opened.device.pk,
        changes={"entries": [None, len(opened.entries)]},
    )


def _with_file(device: Device, answer: Answer, encoded: object) -> Answer:
    """Keep the bytes of a photograph whose words are in the record; what is wrong with them is told beside it."""
    try:
        content = base64.b64decode(str(encoded), validate=True)
        received = _rest_of(device, answer.id, content)
    except ValueError:
        content, received = b"", -1
    except DomainError as refused:
        return Answer(answer.id, Status.REFUSED, str(refused.message), "file")
    if received == len(content):
        return answer
    return Answer(answer.id, Status.REFUSED, _("The photograph in the file is damaged."), "file")


def _rest_of(device: Device, entry: str, content: bytes) -> int:
    """Keep what the tablet had not sent of a file itself; how many bytes are there then."""
    try:
        return keep_piece(device=device, entry=entry, start=0, content=content)
    except OtherPlace as further:
        start = further.received
    return keep_piece(device=device, entry=entry, start=start, content=content[start:])


def _unfolded(clear: bytes) -> bytes:
    """The bytes that were compressed, no more than the server is ready for."""
    reader = zlib.decompressobj(wbits=31)
    try:
        whole = reader.decompress(clear, MOST_OPENED)
    except zlib.error as wrong:
        raise _damaged() from wrong
    if not reader.eof:
        raise _damaged()
    return whole


def _json(content: bytes) -> Mapping[str, Any]:
    try:
        read = json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise _damaged() from wrong
    if not isinstance(read, dict):
        raise _damaged()
    return read


def _closed() -> DomainError:
    return DomainError(
        _(
            "The tablet was reported lost or is no longer let in, and its key was dropped: nobody can open this file."
        ),
        field="file",
    )


def _damaged() -> DomainError:
    return DomainError(
        _("The file is damaged or was changed on the way. Copy it once more from the tablet."), field="file"
    )
