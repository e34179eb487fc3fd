"""What a room above or below this one lets a device bring back: handed to it, with what this device did before."""

from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.guests import Written
from punte.fieldwork.conflicts import GuestConflict
from punte.fieldwork.kinds import guest_of
from punte.fieldwork.models import FieldEntry
from punte.fieldwork.push.entry import Applied, Entry


def apply_of_guest(entry: Entry) -> Applied:
    """Let the room of its kind apply an entry; where both sides changed a row, both are kept.

    Raises:
        DomainError: on a field, as the room says; the household that it was written at is not seen by the worker.
    """
    guest = guest_of(entry.kind)
    assert guest is not None and guest.apply is not None
    if guest.at_home:
        entry.visible_household()

    def last_left(record: UUID) -> int | None:
        sent = FieldEntry.objects.filter(device=entry.device, kind=entry.kind, record=record, conflict=None)
        return sent.order_by("-created_at").values_list("revision", flat=True).first()

    said = entry.body.values
    became = guest.apply(
        Written(by=entry.by, key=entry.id, household=entry.household, said=said, last_left=last_left)
    )
    if became.against is None:
        return Applied(message=became.message, record=became.record, revision=became.revision)
    return Applied(
        message=_("Somebody changed the same thing meanwhile. It waits in the office to be settled."),
        record=became.record,
        conflict=GuestConflict(guest.kind, theirs=became.against, mine=said),
        beside=became.record,
    )
