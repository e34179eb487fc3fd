"""A device sends what its worker wrote without a signal: each entry is applied once, whole or not at all.

An entry goes one way: it is read, handed to the function of its kind, which calls a verb of the office, and what it
became is kept beside it.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from punte.accounts.verbs import record, verb
from punte.cases.trail import case_of
from punte.devices.enums import HEARD
from punte.devices.models import Device
from punte.fieldwork.conflicts import keep_conflict
from punte.fieldwork.enums import EntryKind, EntryStatus
from punte.fieldwork.kinds import guest_of
from punte.fieldwork.models import FieldEntry
from punte.fieldwork.push.assessments import apply_assessment, read_ahead
from punte.fieldwork.push.cases import apply_case_open, apply_intervention
from punte.fieldwork.push.entry import Answer, Applied, Entry, Status
from punte.fieldwork.push.files import apply_file
from punte.fieldwork.push.guests import apply_of_guest
from punte.fieldwork.push.households import apply_household_change, apply_household_new
from punte.fieldwork.push.plans import apply_plan
from punte.fieldwork.wire.objects import WireObject, can_be_kept, people_in, with_kept
from punte.kernel.errors import DomainError
from punte.people.models import Household, Person

log = logging.getLogger(__name__)
_TRIES = 3

_BY_KIND: Mapping[str, Callable[[Entry], Applied]] = {
    EntryKind.HOUSEHOLD_NEW: apply_household_new,
    EntryKind.HOUSEHOLD_CHANGE: apply_household_change,
    EntryKind.CASE_OPEN: apply_case_open,
    EntryKind.ASSESSMENT: apply_assessment,
    EntryKind.PLAN: apply_plan,
    EntryKind.INTERVENTION: apply_intervention,
    EntryKind.FILE: apply_file,
}


class ShutOut(Exception):
    """The device was lost, revoked or signed out while it was sending."""


def apply_entries(*, device: Device, entries: Sequence[object]) -> list[Answer]:
    """Apply entries as they came, in their order; one that is refused does not hold up those that do not need it.

    Raises:
        ShutOut: the device is not let in any more; what was applied before stays.
    """
    read = [_read(one, device) for one in entries]
    named = people_in(entry.body.values for entry in read if isinstance(entry, Entry))
    if joined := Person.everyone.kept_instead(named):
        read = [_naming_kept(entry, joined) if isinstance(entry, Entry) else entry for entry in read]
    keys = [entry.id for entry in read if isinstance(entry, Entry)]
    applied = set(FieldEntry.objects.filter(pk__in=keys).values_list("pk", flat=True))
    new = [entry for entry in read if isinstance(entry, Entry) and entry.id not in applied]
    assessments = [entry for entry in new if entry.kind == EntryKind.ASSESSMENT]
    # One alone gains nothing by being read ahead.
    ahead = read_ahead(assessments) if len(assessments) > 1 else {}
    return [
        _apply(replace(one, questionnaire=ahead.get(one.id))) if isinstance(one, Entry) else one
        for one in read
    ]


def _read(value: object, device: Device) -> Entry | Answer:
    try:
        return Entry.read(value, device=device)
    except DomainError as refused:
        given = value.get("id") if isinstance(value, dict) else None
        return _refused(given if isinstance(given, str) and can_be_kept(given) else "", refused)


def _naming_kept(entry: Entry, joined: Mapping[UUID, UUID]) -> Entry:
    """The entry of a device that knows a joined file still; its digest stays that of what was sent."""
    return replace(entry, body=WireObject(with_kept(entry.body.values, joined)))


def _apply(entry: Entry) -> Answer:
    """Apply one entry; one that was applied before is answered as then.

    What is refused or waits leaves nothing behind: the device keeps it.

    Raises:
        ShutOut: the device is not let in any more.
    """
    for _attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return _once(entry)
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


def _once(entry: Entry) -> Answer:
    """Apply an entry unless it was; the lock makes two sendings of one entry follow each other."""
    locked = Device.objects.select_for_update(no_key=True).filter(pk=entry.device.pk)
    if locked.values_list("state", flat=True).get() not in HEARD:
        raise ShutOut
    known = FieldEntry.objects.filter(pk=entry.id).first()
    if known is not None:
        return _as_before(known, entry)
    if _missing(entry):
        return Answer(str(entry.id), Status.WAITS, _("It waits for what was written before it."))
    return _now(entry=entry)


def _as_before(known: FieldEntry, entry: Entry) -> Answer:
    if known.device_id != entry.device.pk:
        raise DomainError(_("This identifier is of something else."))
    if known.digest != entry.digest:
        raise DomainError(
            _("This was already taken in as you wrote it first. Write the rest as something new.")
        )
    return Answer(str(entry.id), Status(known.status), known.message)


def _missing(entry: Entry) -> bool:
    needed = set(entry.after)
    if not needed:
        return False
    return FieldEntry.objects.filter(device=entry.device, pk__in=needed).count() < len(needed)


@verb
def _now(*, entry: Entry) -> Answer:
    kept = _kept(entry, _BY_KIND.get(entry.kind, apply_of_guest)(entry))
    guest = guest_of(entry.kind)
    at_home = guest is None or guest.at_home
    record(
        by=entry.by,
        verb="apply_entry",
        keeper=entry.device.organization_id,
        household=entry.household if at_home else None,
        subject=entry.id,
        case=case_of(entry.household) if at_home else None,
        sealed=Household.objects.filter(pk=entry.household, sealed=True).exists(),
        changes={"kind": [None, entry.kind], "device": str(entry.device.pk), "status": [None, kept.status]},
    )
    return Answer(str(entry.id), Status(kept.status), kept.message)


def _kept(entry: Entry, applied: Applied) -> FieldEntry:
    kept = FieldEntry.objects.create(
        pk=entry.id,
        device=entry.device,
        kind=entry.kind,
        household=entry.household,
        digest=entry.digest,
        made_at=entry.at,
        status=EntryStatus.CONFLICT if applied.conflict else EntryStatus.APPLIED,
        message=applied.message[:300],
        given=applied.given,
        record=applied.record,
        revision=applied.revision,
    )
    if applied.conflict is not None:
        keep_conflict(kept, applied.conflict, record=applied.beside)
    return kept
