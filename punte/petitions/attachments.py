"""Files sent with a petition: checked, then kept encrypted outside the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from punte.kernel import files
from punte.kernel.errors import DomainError
from punte.kernel.file_store import rotate_stored, store, stored
from punte.petitions.models import Attachment, Petition

ALLOWED = (files.PDF, files.JPEG, files.PNG, files.DOCX, files.ODT)
MOST_BYTES = 5 * files.MEGABYTE
MOST_FILES = 3
_LONGEST_NAME = 150


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    name: str
    content: bytes


def check_uploads(uploads: Sequence[Upload]) -> list[files.FileKind]:
    """The kinds of the files.

    Raises:
        DomainError: there are too many, or one of them may not be kept.
    """
    if len(uploads) > MOST_FILES:
        raise DomainError(
            _("Send at most %(most)s files.") % {"most": MOST_FILES},
            field="attached",
        )
    return [
        files.checked(one.content, name=one.name, allowed=ALLOWED, most_bytes=MOST_BYTES, field="attached")
        for one in uploads
    ]


def keep(petition: Petition, uploads: Sequence[Upload]) -> None:
    """Keep the files of a petition, encrypted."""
    for upload, kind in zip(uploads, check_uploads(uploads), strict=True):
        made = Attachment(
            petition=petition,
            name=upload.name[-_LONGEST_NAME:],
            content_type=kind.content_type,
            size=len(upload.content),
        )
        made.path = store(upload.content, under=f"petitions/{petition.year}/{made.pk}")
        made.save()


def content_of(attachment: Attachment) -> bytes:
    """The file as it was sent.

    Raises:
        OSError: the store does not have it.
    """
    return stored(attachment.path)


def rotate_files(**_signal: Any) -> int:
    """Re-encrypt with the newest key the files that carry an older one; the number of files rewritten."""
    return rotate_stored(Attachment.objects.all())
