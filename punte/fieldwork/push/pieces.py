"""The bytes of a photograph or signature come in pieces, and are a file once they are all there."""

import hashlib
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.verbs import record, verb
from punte.cases.trail import case_of
from punte.devices.models import Device
from punte.fieldwork.models import FieldFile, FilePiece
from punte.kernel.encryption import decrypt_bytes, encrypt_bytes
from punte.kernel.errors import DomainError
from punte.kernel.files import kind_of


class OtherPlace(Exception):
    """A piece that does not begin where the file ends; `received` tells where to go on."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(received)


class NoSuchFile(DomainError):
    """The device announced no such file."""


@verb
def keep_piece(*, device: Device, entry: UUID | str, start: int, content: bytes) -> int:
    """Keep the next piece of a file that the device announced; the last one makes it whole.

    A piece that came already is answered as if it had just come, so that a lost answer costs nothing.

    Args:
        entry: the entry that announced the file.
        start: where in the file the piece begins.

    Returns:
        How many bytes are there now. None again where the whole is not what was announced: it is sent anew.

    Raises:
        NoSuchFile: the device announced none.
        OtherPlace: the piece begins elsewhere.
        DomainError: it goes beyond the size that was announced, or the whole is no picture of its kind.
    """
    found = FieldFile.objects.select_for_update(of=("self",), no_key=True).filter(
        pk=_key(entry), entry__device=device
    )
    file = found.select_related("household").defer("content").first()
    if file is None:
        raise _not_announced()
    _check_place(file, start, len(content))
    if file.whole_at is None and start == file.received:
        _add(file, content)
    record(
        by=device.owner,
        verb="keep_piece",
        keeper=device.organization_id,
        household=file.household_id,
        subject=file.pk,
        case=case_of(file.household_id),
        sealed=file.household.sealed,
        changes={"received": file.received, "size": file.size},
    )
    return file.received


def _key(entry: UUID | str) -> UUID:
    try:
        return entry if isinstance(entry, UUID) else UUID(entry)
    except ValueError as wrong:
        raise _not_announced() from wrong


def _not_announced() -> NoSuchFile:
    return NoSuchFile(_("This photograph was not announced, or was announced by another device."))


def _check_place(file: FieldFile, start: int, length: int) -> None:
    end = start + length
    if end > file.size:
        raise DomainError(_("This is longer than the photograph that was announced."))
    if start != file.received and not (start < file.received and end <= file.received):
        raise OtherPlace(file.received)


def _add(file: FieldFile, content: bytes) -> None:
    if content:
        FilePiece.objects.create(file=file, start=file.received, content=encrypt_bytes(content))
        file.received += len(content)
    if file.received == file.size:
        _complete(file)
    file.save(update_fields=["received", "whole_at", "content"])


def _complete(file: FieldFile) -> None:
    pieces = FilePiece.objects.filter(file=file).order_by("start")
    whole = b"".join(decrypt_bytes(bytes(each)) for each in pieces.values_list("content", flat=True))
    pieces.delete()
    if hashlib.sha256(whole).hexdigest() != file.digest:
        file.received, file.content = 0, None
        return
    if _media_type(whole) != file.media_type:
        raise DomainError(_("This is not a photograph of the kind that was announced. Take it again."))
    file.content, file.whole_at = encrypt_bytes(whole), timezone.now()


def _media_type(content: bytes) -> str:
    """The kind of a picture by its content; empty where it is none that is taken."""
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    kind = kind_of(content)
    return kind.content_type if kind is not None else ""
