"""A device sends what its worker wrote without a signal: each entry is applied once, whole or not at all."""

import logging
from collections.abc import Sequence

from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from punte.accounts.verbs import record, verb
from punte.assessments.actions.submit import precomputed_findings
from punte.devices.enums import HEARD
from punte.devices.models import Device
from punte.fieldwork.applying import BY_KIND, Answer, Applied, Deed, Entry, Status
from punte.fieldwork.applying.assessments import instance_of
from punte.fieldwork.conflicts import lay_beside
from punte.fieldwork.enums import EntryStatus
from punte.fieldwork.models import FieldEntry
from punte.fieldwork.said import can_be_kept
from punte.kernel.errors import DomainError
from punte.people.models import Household

log = logging.getLogger(__name__)
_TRIES = 3


class ShutOut(Exception):
    """The device was lost, revoked or signed out while it was sending."""


def apply_entries(*, device: Device, said: Sequence[object]) -> list[Answer]:
    """Apply entries as they came, in their order; one that is refused does not hold up those that do not need it.

    Raises:
        ShutOut: the device is not let in any more; what was applied before stays.
    """
    read = [_read(one) for one in said]
    entries = [one for one in read if isinstance(one, Entry)]
    applied = FieldEntry.objects.filter(pk__in=[entry.id for entry in entries]).values_list("pk", flat=True)
    new = {entry.id for entry in entries} - set(applied)
    instances = [instance_of(entry) for entry in entries if entry.id in new]
    with precomputed_findings(instance for instance in instances if instance):
        return [apply_entry(device=device, entry=one) if isinstance(one, Entry) else one for one in read]


def _read(said: object) -> Entry | Answer:
    try:
        return Entry.read(said)
    except DomainError as refused:
        given = said.get("id") if isinstance(said, dict) else None
        return _refused(given if isinstance(given, str) and can_be_kept(given) else "", refused)


def apply_entry(*, device: Device, entry: Entry) -> Answer:
    """Apply one entry in the name of the device's owner; one that was applied before is answered as then.

    What is refused or waits leaves nothing behind: the device keeps it.

    Raises:
        ShutOut: the device is not let in any more.
    """
    for _attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return _once(device, entry)
        except DomainError as refused:
            return _refused(str(entry.id), refused)
        except (DataError, IntegrityError, OperationalError) as crossed:
            # Another hand wrote the same at the same moment: the next try sees what it wrote.
            again = crossed
    if isinstance(again, OperationalError):
        raise again
    log.error("entry of kind %s cannot be applied: %s", entry.kind, type(again).__name__)
    return _refused(str(entry.id), DomainError(_("This could not be taken in now. Send it again later.")))


def _refused(key: str, refused: DomainError) -> Answer:
    return Answer(key[:80], Status.REFUSED, str(refused.message), refused.field or "")


def _once(device: Device, entry: Entry) -> Answer:
    """Apply an entry unless it was; the lock makes two sendings of one entry follow each other."""
    state = Device.objects.select_for_update().filter(pk=device.pk).values_list("state", flat=True).get()
    if state not in HEARD:
        raise ShutOut
    known = FieldEntry.objects.filter(pk=entry.id).first()
    if known is not None:
        return _as_before(known, device, entry)
    if _missing(device, entry):
        return Answer(str(entry.id), Status.WAITS, _("It waits for what was written before it."))
    return _applied(device=device, entry=entry)


def _as_before(known: FieldEntry, device: Device, entry: Entry) -> Answer:
    if known.device_id != device.pk:
        raise DomainError(_("This identifier is of something else."))
    if known.digest != entry.digest:
        raise DomainError(
            _("This was already taken in as you wrote it first. Write the rest as something new.")
        )
    return Answer(str(entry.id), Status(known.status), known.message)


def _missing(device: Device, entry: Entry) -> bool:
    needed = set(entry.after)
    if not needed:
        return False
    return FieldEntry.objects.filter(device=device, pk__in=needed).count() < len(needed)


@verb
def _applied(*, device: Device, entry: Entry) -> Answer:
    deed = Deed(entry=entry, device=device)
    done = BY_KIND[entry.kind](deed)
    kept = _kept(deed, done)
    sealed = Household.objects.filter(pk=entry.household, sealed=True).exists()
    record(
        by=device.owner,
        verb="apply_entry",
        keeper=device.organization_id,
        household=entry.household,
        subject=entry.id,
        sealed=sealed,
        changes={"kind": [None, entry.kind], "device": str(device.pk), "status": [None, kept.status]},
    )
    return Answer(str(entry.id), Status(kept.status), kept.message)


def _kept(deed: Deed, done: Applied) -> FieldEntry:
    entry = deed.entry
    kept = FieldEntry.objects.create(
        pk=entry.id,
        device=deed.device,
        kind=entry.kind,
        household=entry.household,
        digest=entry.digest,
        made_at=entry.at,
        status=EntryStatus.CONFLICT if done.conflict else EntryStatus.APPLIED,
        message=done.message[:300],
        given=done.given,
        record=done.record,
    )
    if done.conflict is not None:
        lay_beside(kept, done.conflict, record=done.beside)
    return kept
