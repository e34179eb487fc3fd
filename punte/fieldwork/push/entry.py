"""An entry of a device's outbox, what it is about in the record, and what became of it."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.assessments.questionnaires import Questionnaire
from punte.cases.models import Case
from punte.devices.models import Device
from punte.fieldwork.conflicts import Conflict
from punte.fieldwork.enums import EntryKind
from punte.fieldwork.kinds import guest_of
from punte.fieldwork.models import FieldEntry
from punte.fieldwork.wire.objects import WireObject, can_be_kept, unreadable
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.models import Household, Person


class Status(StrEnum):
    """How an entry is answered (`Answer` of wire.ts)."""

    APPLIED = "applied"
    CONFLICT = "conflict"
    REFUSED = "refused"
    WAITS = "waits"


@dataclass(frozen=True)
class Answer:
    """What a device is told about one of its entries."""

    id: str
    status: Status
    message: str = ""
    field: str = ""

    def as_wire(self) -> dict[str, str]:
        """As it goes to the device."""
        return {"id": self.id, "status": self.status, "message": self.message, "field": self.field}


@dataclass(frozen=True)
class Entry:
    """What a worker did, in the words of the wire; it is applied in the name of the device's owner.

    Attributes:
        household: the one that it is about, as the device names it.
        after: entries of the same device that must be applied before.
        digest: of its content, so that the same identifier never stands for two things.
        questionnaire: that of an assessment, where it was read before the entry is applied.
    """

    device: Device
    id: UUID
    kind: str
    household: UUID
    at: dt.datetime
    after: tuple[UUID, ...]
    body: WireObject
    digest: str
    questionnaire: Questionnaire | None = None

    @classmethod
    def read(cls, value: object, *, device: Device) -> Self:
        """The entry that an object of JSON is.

        Raises:
            DomainError: it is none; names the field.
        """
        envelope = WireObject(value)
        kind = envelope.text("kind")
        if kind not in EntryKind.values and guest_of(kind) is None:
            raise unreadable("kind")
        if not can_be_kept(envelope.object("body")):
            raise unreadable("body")
        return cls(
            device=device,
            id=envelope.key("id"),
            kind=kind,
            household=envelope.key("household"),
            at=envelope.moment("at"),
            after=envelope.keys("after"),
            body=WireObject(envelope.object("body")),
            digest=_digest(envelope.values),
        )

    @property
    def by(self) -> User:
        """The worker who wrote it."""
        return self.device.owner

    def visible_household(self, *, lock: bool = False) -> Household:
        """The household that it is about.

        Raises:
            NotAllowed: there is none that the worker sees.
        """
        visible = Household.objects.visible_to(self.by)
        locked = visible.select_for_update(of=("self",), no_key=True) if lock else visible
        found = locked.filter(pk=self.household).first()
        if found is None:
            raise NotAllowed(_("The household is not on record, or is not among those you see."))
        return found

    def visible_case(self) -> Case:
        """The case that it is about: by its own identifier, or by the one that a device gave it when it opened it.

        Raises:
            NotAllowed: there is none that the worker sees.
            DomainError: it is of another household.
        """
        key = self.body.key("case")
        opened = FieldEntry.objects.filter(device__owner=self.by, kind=EntryKind.CASE_OPEN, given=key)
        known = opened.values_list("record", flat=True).first() or key
        case = Case.objects.visible_to(self.by).select_related("household").filter(pk=known).first()
        if case is None:
            raise NotAllowed(_("The case is not on record, or is not among those you see."), field="case")
        if case.household_id != self.household:
            raise DomainError(_("The case is of another household."), field="case")
        return case

    def person(self) -> Person | None:
        """The person that it is about, who lives or lived in the household; None where it names nobody.

        Raises:
            DomainError: there is no such member.
        """
        key = self.body.key_or_none("person")
        if key is None:
            return None
        found = Person.objects.filter(pk=key, memberships__household=self.household).distinct().first()
        if found is None:
            raise DomainError(_("This person is not a member of the household on record."), field="person")
        return found


def _digest(envelope: Mapping[str, Any]) -> str:
    content = {name: envelope[name] for name in ("kind", "household", "at", "body")}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Applied:
    """What an entry became.

    Attributes:
        message: what the device is told beside it, in few words.
        given: the identifier that the device gave to what it made, where that is not the entry's own.
        record: the row of the record that it became.
        revision: of that row as the entry left it, where it has one.
        conflict: what stands against it, and `beside` the row of the record that it stands beside.
    """

    message: str = ""
    given: UUID | None = None
    record: UUID | None = None
    revision: int | None = None
    conflict: Conflict | None = None
    beside: UUID | None = None
