"""What a file that somebody sends really is, told by its content; its name and the browser's word count for nothing."""

import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass

import pillow_heif
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError

MEGABYTE = 1024 * 1024
_MOST_UNPACKED = 100 * MEGABYTE
"""Of a packed document, unpacked; more is no document that somebody wrote."""
_MOST_PARTS = 2000
_MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 2560


@dataclass(frozen=True)
class FileKind:
    """A kind of file that may be kept."""

    extension: str
    content_type: str


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
PDF = FileKind("pdf", "application/pdf")
JPEG = FileKind("jpg", "image/jpeg")
PNG = FileKind("png", "image/png")
DOCX = FileKind("docx", f"{_OOXML}wordprocessingml.document")
XLSX = FileKind("xlsx", f"{_OOXML}spreadsheetml.sheet")
ODT = FileKind("odt", f"{_ODF}text")
ODS = FileKind("ods", f"{_ODF}spreadsheet")

_ENDINGS = {"jpg": ("jpg", "jpeg", "jpe", "jfif", "jfi", "pjpeg", "pjp")}
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_HEIC_TYPES = ("image/heic", "image/heif", ".heic", ".heif")
_SIGNATURES = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
_MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}


def kind_of(content: bytes) -> FileKind | None:
    """The kind of a file by its content; None for any other kind, for one with macros, a password or a trap."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                return _kind_of_package(package)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
            return None
    return None


def is_heic(content: bytes) -> bool:
    """Whether it is a photograph as an iPhone keeps it, which few other programs read."""
    return content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS


def as_jpeg(photo: bytes, *, name: str) -> bytes:
    """A HEIC photograph as a JPEG, upright, not larger than is needed to read it, without where it was taken.

    Raises:
        DomainError: it is damaged, or larger than any phone makes.
    """
    try:
        heif = pillow_heif.open_heif(photo, convert_hdr_to_8bit=True)
        if heif.size[0] * heif.size[1] > _MOST_PIXELS:
            raise ValueError("more pixels than any phone takes")
        picture = heif.to_pillow().convert("RGB")
    except (ValueError, RuntimeError, OSError, EOFError) as error:
        raise DomainError(
            _(
                "The photo “%(name)s” is of the kind HEIC and cannot be read. Choose it again here on the phone, which"
                " turns it into JPG, or set the phone: Settings, Camera, Formats, Most Compatible."
            )
            % {"name": name},
            field="attached",
        ) from error
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=85)
    return made.getvalue()


def endings(kind: FileKind) -> tuple[str, ...]:
    """The endings that the name of a file of a kind may have, the usual one first."""
    return _ENDINGS.get(kind.extension, (kind.extension,))


def accepted(kinds: Collection[FileKind]) -> str:
    """What an input for files says that it takes (`accept`); of photographs also those that become JPEG."""
    types = [kind.content_type for kind in kinds]
    names = [f".{ending}" for kind in kinds for ending in endings(kind)]
    return ",".join([*types, *names, *(_HEIC_TYPES if JPEG in kinds else ())])


def _kind_of_package(package: zipfile.ZipFile) -> FileKind | None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        return None
    if any(part.flag_bits & 1 for part in parts) or any(_is_active(name) for name in names):
        return None
    if "mimetype" in names:
        declared = package.read("mimetype")[:100].decode("ascii", "replace").strip()
        return next((kind for kind in (ODT, ODS) if kind.content_type == declared), None)
    kind = next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
    if kind is None or "[Content_Types].xml" not in names:
        return None
    # A template or a document with macros has the same parts and another type.
    return kind if f"{kind.content_type}.main+xml".encode() in package.read("[Content_Types].xml") else None


def _is_active(name: str) -> bool:
    folded = name.lower()
    return folded.endswith("vbaproject.bin") or folded.startswith(("basic/", "scripts/"))


def checked(
    content: bytes, *, name: str, allowed: Collection[FileKind], most_bytes: int, field: str
) -> FileKind:
    """The kind of a file that may be kept.

    Args:
        name: as its sender called it.
        most_bytes: the largest that is kept.
        field: the input that errors are about.

    Raises:
        DomainError: it is empty, too large, of another kind, or not what its name says.
    """
    about: dict[str, object] = {"name": name, "most": most_bytes // MEGABYTE}
    if not content:
        raise DomainError(_("The file “%(name)s” is empty.") % about, field=field)
    kind = kind_of(content)
    if len(content) > most_bytes and kind in (JPEG, PNG):
        raise DomainError(
            _(
                "The photo “%(name)s” is too large: at most %(most)s MB. Send it in a smaller size, or take it again"
                " with a lower quality."
            )
            % about,
            field=field,
        )
    if len(content) > most_bytes:
        raise DomainError(_("The file “%(name)s” is too large: at most %(most)s MB.") % about, field=field)
    wanted = ", ".join(sorted(one.extension.upper() for one in allowed))
    if kind is None or kind not in allowed:
        raise DomainError(
            _("The file “%(name)s” cannot be taken. Send one of: %(kinds)s, without password or macros.")
            % {**about, "kinds": wanted},
            field=field,
        )
    if name.rpartition(".")[2].lower() not in endings(kind):
        raise DomainError(
            _("The file “%(name)s” is really a %(kind)s file. Give it the right ending and send it again.")
            % {**about, "kind": kind.extension.upper()},
            field=field,
        )
    return kind
