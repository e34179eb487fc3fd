"""What devices of a worker left behind in the record: entries, conflicts, photographs."""

import base64
import datetime as dt
import hashlib
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from punte.accounts.models import User
from punte.devices.actions import register_device
from punte.devices.enums import DeviceKind
from punte.devices.models import Device
from punte.fieldwork.conflicts import Conflict
from punte.fieldwork.enums import EntryKind, EntryStatus, FileKind
from punte.fieldwork.models import FieldConflict, FieldEntry, FieldFile
from punte.kernel.encryption import encrypt_bytes
from punte.people.models import Household, Person
from tests.factories import PersonFactory

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mM0aJj5HwAEVAI/Y6b1ZwAAAABJRU5ErkJggg=="
)
"""One pixel, as PNG."""


def known_person(by: User) -> Person:
    """Somebody on record who may be the mother of a questionnaire."""
    return PersonFactory(
        keeper=by.appointments.get().organization,
        family_name="Câmpeanu",
        given_name="Ștefania",
        birth_date="1991-04-02",
    )


def tablet(by: User, *, name: str = "Tableta roșie") -> Device:
    """A tablet with Teren."""
    organization = by.appointments.get().organization
    return register_device(by=by, organization=organization, kind=DeviceKind.TEREN, name=name).device


def entry_of(device: Device, household: UUID, kind: EntryKind, **fields: Any) -> FieldEntry:
    """Something that the tablet sent and that was applied."""
    given = {"made_at": timezone.now(), "status": EntryStatus.APPLIED, "digest": uuid4().hex * 2, **fields}
    return FieldEntry.objects.create(id=uuid4(), device=device, household=household, kind=kind, **given)


def conflict_on(
    device: Device, home: Household, kind: EntryKind, said: Conflict, *, record: UUID | None = None
) -> FieldConflict:
    """Something that the tablet said otherwise than the record."""
    sides = said.sides()
    return FieldConflict.objects.create(
        entry=entry_of(device, home.pk, kind, status=EntryStatus.CONFLICT),
        household=home,
        record=record,
        theirs=sides.theirs,
        mine=sides.mine,
    )


def photo_of(device: Device, home: Household, **fields: Any) -> FieldFile:
    """A photograph of which every byte has come."""
    entry = entry_of(device, home.pk, EntryKind.FILE)
    given = {
        "kind": FileKind.PHOTO,
        "media_type": "image/png",
        "caption": "Acoperișul după furtună",
        "size": len(PICTURE),
        "received": len(PICTURE),
        "digest": hashlib.sha256(PICTURE).hexdigest(),
        "whole_at": timezone.now(),
        "content": encrypt_bytes(PICTURE),
        **fields,
    }
    return FieldFile.objects.create(id=entry.pk, entry=entry, household=home, **given)


def days_ago(days: int, hour: int = 10) -> dt.datetime:
    """An hour of a day before today."""
    day = timezone.localtime() - dt.timedelta(days=days)
    return day.replace(hour=hour, minute=5, second=0, microsecond=0)
