"""What may be put in the file of a case, and reading it again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.documents.models import FiledPage, SignedCopy
from punte.kernel import files
from punte.kernel.errors import DomainError
from punte.kernel.file_store import rotate_stored, stored
from punte.kernel.files import FileKind
from punte.kernel.taken_in import TakenIn, take_in

ALLOWED = (files.PDF, files.JPEG, files.PNG, files.DOCX, files.XLSX, files.ODT, files.ODS)
SIGNED = (files.PDF, files.JPEG, files.PNG)
"""What comes back signed: a scan, a photograph, or a PDF with its electronic signature."""
SHOWN = (files.PDF.content_type, files.JPEG.content_type, files.PNG.content_type)
"""What a browser shows by itself; the rest is downloaded."""
MOST_BYTES = 20 * files.MEGABYTE
MOST_FILES = 20
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    name: str
    content: bytes


def taken(
    uploads: Sequence[Upload], *, field: str = "attached", allowed: Collection[FileKind] = ALLOWED
) -> list[TakenIn]:
    """The files as they may be kept.

    Raises:
        DomainError: there is none, there are too many, or one of them may not be kept.
    """
    if not uploads:
        raise DomainError(_("Choose at least one file, or take a photograph."), field=field)
    if len(uploads) > MOST_FILES:
        raise DomainError(
            ngettext(
                "Send at most %(most)s file at once.", "Send at most %(most)s files at once.", MOST_FILES
            )
            % {"most": MOST_FILES},
            field=field,
        )
    return [
        take_in(one.content, name=one.name, allowed=allowed, most_bytes=MOST_BYTES, field=field)
        for one in uploads
    ]


def content_of(page: FiledPage | SignedCopy) -> bytes:
    """A file of a document, or a signed copy, as it is kept.

    Raises:
        OSError: the store does not have it.
    """
    return stored(page.path)


def rotate_files(**_signal: Any) -> int:
    """Re-encrypt with the newest key the files that carry an older one; the number of files rewritten."""
    return rotate_stored(FiledPage.objects.all()) + rotate_stored(SignedCopy.objects.all())
