"""A file as it may be kept in a record: whole, open to who reads it, a picture without what its camera wrote.

A paper in PDF or of an office program is kept as it came, to the byte: a signature in it would break.
"""

import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from punte.kernel.errors import DomainError
from punte.kernel.files import JPEG, PDF, PNG, FileKind, checked

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_PACKED = b"PK\x03\x04"
_LOCKED_ODF = b"encryption-data"
_MOST_PIXELS = 89_000_000
_KEPT_OF_PICTURES = ("icc_profile", "transparency", "dpi")
_QUALITY = 90
_ORIENTATION = 0x0112


@dataclass(frozen=True)
class TakenIn:
    """A file as it is kept."""

    kind: FileKind
    content: bytes


def take_in(
    content: bytes, *, name: str, allowed: Collection[FileKind], most_bytes: int, field: str
) -> TakenIn:
    """The file as it may be kept.

    Args:
        name: as its sender called it.
        most_bytes: the largest that is kept.
        field: the input that errors are about.

    Raises:
        DomainError: it is empty, too large, broken, locked with a password, or of a kind that is not taken.
    """
    if fault := _fault_of_package(content):
        raise DomainError(fault % {"name": name}, field=field)
    kind = checked(content, name=name, allowed=allowed, most_bytes=most_bytes, field=field)
    try:
        if kind is PDF:
            _open_pdf(content)
        elif kind in (JPEG, PNG):
            content = _without_camera_data(content)
    except _Locked as error:
        raise DomainError(_locked() % {"name": name}, field=field) from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DomainError(_broken() % {"name": name}, field=field) from error
    return TakenIn(kind, content)


def _fault_of_package(content: bytes) -> str:
    """What is wrong with a paper of an office program; nothing where it is something else."""
    if content.startswith(_OLD_OFFICE):
        return _locked() if _LOCKED_OFFICE in content else _old()
    if not content.startswith(_PACKED):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _locked() if _is_locked(package) else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return _broken()


def _is_locked(package: zipfile.ZipFile) -> bool:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        return True
    manifest = next((part for part in parts if part.filename == "META-INF/manifest.xml"), None)
    if manifest is None:
        return False
    with package.open(manifest) as read:
        return _LOCKED_ODF in read.read(1_000_000)


class _Locked(Exception):
    """Only a password opens the paper."""


def _open_pdf(content: bytes) -> None:
    """Open it as a reader would.

    Raises:
        _Locked: only a password opens it.
        ValueError: it is damaged, or has no page.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as paper:
            if not paper.pages:
                raise ValueError("no page")
    except pikepdf.PasswordError as error:
        raise _Locked from error
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error


def _without_camera_data(content: bytes) -> bytes:
    """The picture upright, without place, time, name or anything else but what is seen of it.

    Raises:
        OSError, SyntaxError, ValueError: it is damaged, or larger than any scanner makes.
    """
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as read:
        if read.size[0] * read.size[1] > _MOST_PIXELS:
            raise ValueError("more pixels than any scanner makes")
        read.load()
        picture = ImageOps.exif_transpose(read)
        kept: dict[str, Any] = {name: read.info[name] for name in _KEPT_OF_PICTURES if name in read.info}
        # What is not turned keeps the very pixels that it had.
        turned = read.format != "JPEG" or read.getexif().get(_ORIENTATION, 1) != 1
        if not turned:
            picture = read
        picture.info = dict(kept.items())
        made = io.BytesIO()
        if read.format == "PNG":
            picture.save(made, "PNG", **kept)
        else:
            kept.pop("transparency", None)
            quality = _QUALITY if turned else "keep"
            picture.save(made, "JPEG", quality=quality, **kept)
    return made.getvalue()


def _locked() -> str:
    return _(
        "The file “%(name)s” is locked with a password. Open it, save it without the password, and send it again."
    )


def _broken() -> str:
    return _("The file “%(name)s” is broken and does not open. Scan, photograph or save it again.")


def _old() -> str:
    return _("The file “%(name)s” is of an old office program. Save it as PDF or DOCX and send it again.")
