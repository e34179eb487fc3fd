"""What must have become of a town, worked out from who did what in which order; no code of Punte is asked.

The order is that of the trail, which the database gives; everything else follows from a few sentences of the issue:
what one side alone changed is in the record, what both changed differently is laid side by side, nothing is twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Event:
    """Something that was taken into the record: an entry of a device, or a deed of the office (`device` empty)."""

    order: int
    device: str
    entry: str
    kind: str
    household: str
    body: Mapping[str, Any]


@dataclass
class Home:
    """A household as it must stand, its assessments in the order in which they came, and its drafts by case."""

    fields: dict[str, Any] = field(default_factory=dict)
    assessments: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Draft:
    """The draft of a case: who wrote it last, which revision that made, what it says."""

    plan: str
    revision: int
    device: str
    objectives: list[str]


@dataclass
class Written:
    """An entry of a register: its revision, what it says, and the revision in which each device left it last."""

    revision: int = 0
    says: str = ""
    left: dict[str, int] = field(default_factory=dict)


@dataclass
class Expected:
    """Conflicts by entry, and how households, drafts and entries of registers stand at the end."""

    conflicts: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, Written] = field(default_factory=dict)
    homes: dict[str, Home] = field(default_factory=dict)
    drafts: dict[str, Draft | None] = field(default_factory=dict)


def change(home: Home, event: Event, expected: Expected) -> None:
    """What stood as the device knew it is changed; what stands otherwise, and not as the device says, is a conflict."""
    against = {}
    for name, (before, now) in event.body["fields"].items():
        stands = home.fields[name]
        if stands == before:
            home.fields[name] = now
        elif stands != now:
            against[name] = (before, stands, now)
    if against:
        expected.conflicts[event.entry] = against


def assess(home: Home, event: Event, expected: Expected, answers: Mapping[str, Any]) -> None:
    """Both stand; a conflict where another hand's came after the base, and the newest of those says something else."""
    mine, base = event.body["assessment"], event.body["base"]
    seen = [key for key, _by in home.assessments]
    since = seen[seen.index(base) + 1 :] if base in seen else seen
    others = [key for key, by in home.assessments if key in since and by != event.device]
    if event.device and others and answers[others[-1]] != answers[mine]:
        expected.conflicts[event.entry] = others[-1]
    home.assessments.append((mine, event.device))


def plan(event: Event, expected: Expected) -> None:
    """A draft is written where there is none, or over the one that the device edited or wrote last."""
    body = event.body
    case, base, says = body["case"], body["base"], [one["text"] for one in body["objectives"]]
    stands = expected.drafts.get(case)
    if stands is None:
        expected.drafts[case] = Draft(plan=body["record"], revision=2, device=event.device, objectives=says)
        return
    own = stands.device == event.device
    edited = base is not None and (base["plan"], base["revision"]) == (stands.plan, stands.revision)
    if own or edited:
        stands.revision, stands.device, stands.objectives = stands.revision + 1, event.device, says
    elif stands.objectives != says:
        expected.conflicts[event.entry] = says


def register(event: Event, expected: Expected) -> None:
    """An entry is written on what the device knew, or left last; on anything else, and not alike, it is a conflict."""
    body = event.body
    entry = expected.entries.setdefault(body["entry"] or event.entry, Written())
    known = not entry.revision or entry.revision in (body.get("revision"), entry.left.get(event.device))
    if known or not event.device:
        entry.revision, entry.says = entry.revision + 1, body["note"]
    elif entry.says != body["note"]:
        expected.conflicts[event.entry] = body["note"]
        return
    if event.device:
        entry.left[event.device] = entry.revision
