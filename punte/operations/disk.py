"""What went wrong with a disk, in words that say what to do."""

import errno

from django.utils.translation import gettext as _


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
