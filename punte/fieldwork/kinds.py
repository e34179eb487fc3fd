"""The kinds of entries on the wire: those of this room, and those that rooms hand over."""

from django.utils.translation import gettext as _

from punte.accounts.guests import Field, in_field
from punte.fieldwork.enums import EntryKind


def guest_of(kind: str) -> Field | None:
    """The room whose entries are of a kind; None for one of this room, or of none."""
    return next((guest for guest in in_field() if guest.kind == kind and guest.apply), None)


def called(kind: str) -> str:
    """What an entry of a kind is called."""
    if kind in EntryKind.values:
        return str(EntryKind(kind).label)
    guest = guest_of(kind)
    return str(guest.called) if guest else _("Something unknown")
