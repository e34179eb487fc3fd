"""JSON from a device, read strictly: a value of another shape is refused by its name and never reaches the record."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError

Read = TypeVar("Read")
_HALF_A_LETTER = re.compile("[\ud800-\udfff]")

_NAMES_A_PERSON = "person"

LONGEST = 20_000
"""The longest text of an entry, in characters; a questionnaire has a limit of its own."""


class WireObject:
    """An object of JSON, asked name by name.

    Every question raises DomainError on the name, where the answer is missing or of another shape.
    """

    def __init__(self, value: object) -> None:
        self.values: Mapping[str, object] = _object(value)

    def text(self, name: str, *, longest: int = LONGEST) -> str:
        """A text, perhaps empty."""
        value = self.values.get(name)
        if not isinstance(value, str) or not can_be_kept(value):
            raise unreadable(name)
        if len(value) > longest:
            raise DomainError(
                _("This text has %(length)d characters; at most %(most)d fit. Shorten it.")
                % {"length": len(value), "most": longest},
                field=name,
            )
        return value

    def key(self, name: str) -> UUID:
        """An identifier."""
        return key_of(self.values.get(name), name)

    def key_or_none(self, name: str) -> UUID | None:
        """An identifier, or null."""
        return self._or_none(name, self.key)

    def keys(self, name: str, *, most: int = 1_000) -> tuple[UUID, ...]:
        """A list of identifiers."""
        value = self.values.get(name)
        if not isinstance(value, list) or len(value) > most:
            raise unreadable(name)
        return tuple(key_of(each, name) for each in value)

    def whole(self, name: str, *, least: int = 0, most: int = 2**31 - 1) -> int:
        """A whole number within bounds."""
        value = self.values.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise unreadable(name)
        return value

    def whole_or_none(self, name: str, *, least: int = 0, most: int = 2**31 - 1) -> int | None:
        """A whole number within bounds, or null."""
        return self._or_none(name, lambda named: self.whole(named, least=least, most=most))

    def yes(self, name: str) -> bool:
        """True or false."""
        value = self.values.get(name)
        if not isinstance(value, bool):
            raise unreadable(name)
        return value

    def moment(self, name: str) -> dt.datetime:
        """A moment; local time where it carries no zone."""
        try:
            value = parse_datetime(self.text(name, longest=40))
            aware = timezone.make_aware(value) if value and timezone.is_naive(value) else value
            in_time = aware.astimezone(dt.UTC) if aware else None
        except (ValueError, OverflowError) as wrong:
            raise unreadable(name) from wrong
        if aware is None or in_time is None or not 1900 <= in_time.year <= 9000:
            raise unreadable(name)
        return aware

    def object(self, name: str) -> Mapping[str, object]:
        """An object within this one."""
        return _object(self.values.get(name), name)

    def texts(self, name: str, *, most: int = 100) -> dict[str, str]:
        """An object whose values are short texts."""
        found = self.object(name)
        if len(found) > most:
            raise unreadable(name)
        within = WireObject(found)
        return {each: within.text(each, longest=200) for each in found}

    def _or_none(self, name: str, read: Callable[[str], Read]) -> Read | None:
        if name not in self.values:
            raise unreadable(name)
        return None if self.values[name] is None else read(name)


def key_of(value: object, name: str) -> UUID:
    """An identifier as it is written in JSON.

    Raises:
        DomainError: on `name`, where it is none.
    """
    try:
        if not isinstance(value, str) or len(value) != 36:
            raise ValueError(value)
        return UUID(value)
    except ValueError as wrong:
        raise unreadable(name) from wrong


def can_be_kept(value: object) -> bool:
    """Whether every text within a value can be written in a database: no null character, no half of a letter."""
    if isinstance(value, str):
        return "\0" not in value and not _HALF_A_LETTER.search(value)
    if isinstance(value, Mapping):
        return all(can_be_kept(each) for pair in value.items() for each in pair)
    return all(can_be_kept(each) for each in value) if isinstance(value, list) else True


def unreadable(name: str) -> DomainError:
    """What is said of a value that is of another shape."""
    return DomainError(_("What the device sent cannot be read (%(name)s).") % {"name": name}, field=name)


def _object(value: object, name: str = "") -> Mapping[str, object]:
    if not isinstance(value, dict) or not all(isinstance(key, str) and can_be_kept(key) for key in value):
        raise unreadable(name or "{}")
    return value


def people_in(bodies: Iterable[object]) -> set[UUID]:
    """The identifiers by which entries name people, wherever in them."""
    return {key for body in bodies for key in _named(body)}


def _named(value: object) -> Iterator[UUID]:
    if isinstance(value, Mapping):
        if key := _key(value.get(_NAMES_A_PERSON)):
            yield key
        for inner in value.values():
            yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)


def with_kept(value: Any, joined: Mapping[UUID, UUID]) -> Any:
    """What an entry says, with the kept file in place of each that was joined."""
    if isinstance(value, list):
        return [with_kept(inner, joined) for inner in value]
    if not isinstance(value, Mapping):
        return value
    kept = {name: with_kept(inner, joined) for name, inner in value.items()}
    key = _key(kept.get(_NAMES_A_PERSON))
    if key is not None and key in joined:
        kept[_NAMES_A_PERSON] = str(joined[key])
    return kept


def _key(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
