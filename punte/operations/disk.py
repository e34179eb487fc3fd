"""What went wrong with a disk, in words that say what to do."""

import errno

from django.db import DatabaseError
from django.utils.translation import gettext as _

_FULL = ("disk is full", "No space left on device")
_BROKEN = ("malformed", "not a database", "invalid page in block")


def why(error: OSError) -> str:
    """The reason of an error of the disk."""
    place = error.filename or ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("the disk is full. Make room and try again; nothing was lost. %(place)s") % {"place": place}
    if error.errno == errno.EEXIST:
        return _("%(place)s is there already; nothing is written over.") % {"place": place}
    if error.errno == errno.ENOENT:
        return _("%(place)s is not there.") % {"place": place}
    return str(error)


def why_of_database(error: DatabaseError) -> str:
    """The reason of an error of the database; a full disk and a broken file are said as such."""
    said = str(error).strip()
    if any(sign in said for sign in _FULL):
        return _("the disk is full. Make room and try again; nothing was lost. %(place)s") % {"place": ""}
    if any(sign in said for sign in _BROKEN):
        return _("The file of the database is damaged: %(found)s. Restore a backup.") % {"found": said}
    return said
