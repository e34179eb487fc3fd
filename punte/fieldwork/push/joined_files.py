"""Entries of a device that still knows a file which was joined in the office."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from punte.fieldwork.push.entry import Entry
from punte.fieldwork.wire.objects import WireObject

_NAMES_A_PERSON = "person"


def people_in(bodies: Iterable[object]) -> set[UUID]:
    """The identifiers by which entries name people, wherever in them."""
    return {key for body in bodies for key in _named(body)}


def naming_kept(entry: Entry, joined: Mapping[UUID, UUID]) -> Entry:
    """The entry with the kept file in place of each that was joined; its digest stays that of what was sent."""
    return replace(entry, body=WireObject(_with_kept(entry.body.values, joined)))


def _named(value: object) -> Iterator[UUID]:
    if isinstance(value, Mapping):
        if key := _key(value.get(_NAMES_A_PERSON)):
            yield key
        for inner in value.values():
            yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)


def _with_kept(value: Any, joined: Mapping[UUID, UUID]) -> Any:
    if isinstance(value, list):
        return [_with_kept(inner, joined) for inner in value]
    if not isinstance(value, Mapping):
        return value
    kept = {name: _with_kept(inner, joined) for name, inner in value.items()}
    key = _key(kept.get(_NAMES_A_PERSON))
    if key is not None and key in joined:
        kept[_NAMES_A_PERSON] = str(joined[key])
    return kept


def _key(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
