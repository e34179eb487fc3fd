"""What a device still held when its worker's account or appointment had ended: kept to be read, applied to nothing."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.devices.models import Device, LeftBehind
from punte.fieldwork.enums import EntryKind
from punte.fieldwork.kinds import called
from punte.fieldwork.models import beyond_a_seal
from punte.fieldwork.push.entry import Answer, Entry, Status
from punte.kernel.errors import DomainError
from punte.kernel.prepared import Prepared
from punte.people.compartments import compartments_of
from punte.people.models import Household
from punte.people.sight import hidden_from

MOST_LEFT = 5_000
"""Entries of one device; what comes beyond is told to stay where it is."""
_OPEN_TO_ALL = (EntryKind.HOUSEHOLD_NEW, EntryKind.HOUSEHOLD_CHANGE)
_ANSWERED = re.compile(r"<([\w.-]+)>([^<>]+)</\1>")
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Left:
    """One entry in words: what it was to be, and what was written in it."""

    kept: LeftBehind
    what: str
    texts: list[str]


def keep_left_behind(*, device: Device, entries: Sequence[object]) -> list[Answer]:
    """Keep what a device that was given up sends, each entry once; the answer to each, which is never "applied".

    What is kept "waits", so that the device sends what builds on it too; what is not kept is refused.
    Not a verb: it changes no record, and its lines in the trail are those of who reads the household.
    """
    kept = set(LeftBehind.objects.filter(device=device).values_list("entry", flat=True))
    answers = []
    for value in entries:
        try:
            entry = Entry.read(value, device=device)
        except DomainError as unreadable:
            answers.append(Answer("", Status.REFUSED, str(unreadable.message)))
            continue
        if entry.id not in kept and len(kept) >= MOST_LEFT:
            answers.append(Answer(str(entry.id), Status.REFUSED, more_than_is_kept()))
            continue
        LeftBehind.objects.get_or_create(
            device=device,
            entry=entry.id,
            defaults={"household": entry.household, "content": json.dumps(value, ensure_ascii=False)},
        )
        kept.add(entry.id)
        words = _("Your account or role has ended: it is kept for the office to read, and not in the record.")
        answers.append(Answer(str(entry.id), Status.WAITS, words))
    return answers


def holds_more_than_is_kept(device: Device, *, unsent: int) -> bool:
    """Whether entries of a device that was given up, which says how many it holds, are on it alone for want of room."""
    return unsent > MOST_LEFT and LeftBehind.objects.filter(device=device).count() >= MOST_LEFT


def more_than_is_kept() -> str:
    """The words for a device that was given up and holds more than is kept of it."""
    return _(
        "Your account or role has ended, and more is unsent here than is kept for the office: the rest is on this"
        " device alone, and is not deleted. Take it to the office."
    )


def left_of(user: User, household: Household) -> list[Left]:
    """What was left about a household, as far as the account reads it, the oldest first.

    Details of the household are for who sees it; an intervention for who reads its compartment; all else for who reads
    every compartment. Where a sealed person lives, whoever is outside the circle reads the details alone. One query
    where there is nothing.
    """
    kept = _left(household=household.pk)
    if not kept or not beyond_a_seal(user).filter(pk=household.pk).exists():
        return []
    outside = household.pk in hidden_from(user).lodgings
    reads = frozenset() if outside else compartments_of(user, household)
    told = ((one, json.loads(one.content)) for one in kept)
    return [
        Left(one, called(said["kind"]), list(_texts(said["body"])))
        for one, said in told
        if _compartments(said) <= reads
    ]


_left = Prepared(
    lambda household: LeftBehind.objects.filter(household=household).select_related("device__owner")
)


def _compartments(said: dict[str, Any]) -> frozenset[str]:
    if said["kind"] in _OPEN_TO_ALL:
        return frozenset()
    named = said["body"].get("compartment")
    if said["kind"] == EntryKind.INTERVENTION and named in Compartment.values:
        return frozenset({Compartment(named)})
    return frozenset(Compartment)


def _texts(value: object) -> Iterator[str]:
    """Whatever somebody wrote or chose, without the names that machines give."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str) and value.lstrip().startswith("<"):
        yield from (
            f"{name}: {answer.strip()}" for name, answer in _ANSWERED.findall(value) if answer.strip()
        )
    elif isinstance(value, str) and value.strip() and not _KEY.fullmatch(value):
        yield value
