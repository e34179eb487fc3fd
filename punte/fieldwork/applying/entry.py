"""An entry as it came from a device, and what became of it."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from punte.accounts.models import User
from punte.devices.models import Device
from punte.fieldwork.conflicts import Conflict
from punte.fieldwork.enums import EntryKind
from punte.fieldwork.said import Said, can_be_kept, unreadable


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
    """One deed of a worker, in the words of the wire.

    Attributes:
        after: entries of the same device that must be applied before.
        digest: of what it says, so that the same identifier never stands for two things.
    """

    id: UUID
    kind: EntryKind
    household: UUID
    at: dt.datetime
    after: tuple[UUID, ...]
    body: Said
    digest: str

    @classmethod
    def read(cls, value: object) -> Self:
        """The entry that an object of JSON is.

        Raises:
            DomainError: it is none; names the field.
        """
        said = Said(value)
        kind = said.text("kind")
        if kind not in EntryKind.values:
            raise unreadable("kind")
        if not can_be_kept(said.object("body")):
            raise unreadable("body")
        return cls(
            id=said.key("id"),
            kind=EntryKind(kind),
            household=said.key("household"),
            at=said.moment("at"),
            after=said.keys("after"),
            body=Said(said.object("body")),
            digest=_digest(said.values),
        )


def _digest(values: Mapping[str, Any]) -> str:
    told = {name: values[name] for name in ("kind", "household", "at", "body")}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Deed:
    """An entry about to be applied, in the name of its worker."""

    entry: Entry
    device: Device

    @property
    def by(self) -> User:
        """The worker whose deed it is."""
        return self.device.owner


@dataclass(frozen=True)
class Applied:
    """What an entry became.

    Attributes:
        message: what the device is told beside it, in few words.
        given: the identifier that the device gave to what it made, where that is not the entry's own.
        record: the row of the record that it became.
        conflict: what stands against it, and `beside` the row of the record that it stands beside.
    """

    message: str = ""
    given: UUID | None = None
    record: UUID | None = None
    conflict: Conflict | None = None
    beside: UUID | None = None
