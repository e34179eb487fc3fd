"""The words of a photograph or signature; its bytes follow."""

import re
from uuid import UUID

from django.utils.translation import gettext as _

from punte.assessments.models import Assessment
from punte.cases.models import Intervention, Plan
from punte.fieldwork.enums import FileKind
from punte.fieldwork.models import FieldEntry, FieldFile
from punte.fieldwork.push.entry import Applied, Entry
from punte.fieldwork.wire.objects import unreadable
from punte.kernel.errors import DomainError

MOST_BYTES = 8_000_000
LONGEST_CAPTION = 500
MEDIA_TYPES = ("image/jpeg", "image/png", "image/webp")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def apply_file(entry: Entry) -> Applied:
    """Make the row that takes the pieces of a file.

    Raises:
        DomainError: on a field; it is of a kind or size that is not taken, or belongs to something of others.
    """
    body = entry.body
    home = entry.visible_household()
    what, media_type, digest = (body.text(name, longest=80) for name in ("what", "type", "digest"))
    if what not in FileKind.values:
        raise unreadable("what")
    if media_type not in MEDIA_TYPES:
        raise DomainError(_("Only photographs of the kinds JPEG, PNG and WebP are taken."), field="type")
    if not _DIGEST.fullmatch(digest):
        raise unreadable("digest")
    # Its entry is made after it: the database asks for it at the end of the transaction.
    made = FieldFile.objects.create(
        pk=entry.id,
        entry_id=entry.id,
        household=home,
        about=_about(body.key_or_none("about"), household=home.pk),
        kind=what,
        media_type=media_type,
        caption=body.text("caption", longest=LONGEST_CAPTION),
        size=body.whole("size", least=1, most=MOST_BYTES),
        digest=digest,
    )
    return Applied(record=made.pk)


def _about(key: UUID | None, *, household: UUID) -> UUID | None:
    """The intervention, assessment or plan that a file belongs to, named by itself or by the entry that it came in."""
    if key is None:
        return None
    applied = FieldEntry.objects.filter(pk=key, household=household).first()
    if applied is not None:
        return applied.record or applied.pk
    rows = (
        Intervention.objects.filter(pk=key, case__household=household),
        Assessment.objects.filter(pk=key, household=household),
        Plan.objects.filter(pk=key, case__household=household),
    )
    if not any(found.exists() for found in rows):
        raise DomainError(_("What the photograph belongs to is not on record."), field="about")
    return key
