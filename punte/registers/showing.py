"""An entry in words, as far as an account reads it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.accounts.models import User
from punte.kernel.errors import DomainError
from punte.registers.actions.writing import in_words
from punte.registers.catalogue import definition_at
from punte.registers.definition import WITHDRAWN, Definition, Field, Move
from punte.registers.models import About, Entry
from punte.registers.naming import told_of
from punte.registers.sight import as_seen, whole
from punte.registers.values import Values, checked_value, rows_named, said_by

_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class ShownField:
    """One field of an entry and what it says."""

    name: str
    label: str
    said: str


@dataclass(frozen=True)
class ShownEntry:
    """An entry in words.

    Attributes:
        line: what a list says of it.
        days: since when, until when.
        fields: what it says, those that the account reads.
        moves: what may follow.
    """

    entry: About
    definition: Definition
    line: str
    state: str
    days: str
    fields: Sequence[ShownField]

    @property
    def beyond_the_line(self) -> list[ShownField]:
        """The fields of which the line says nothing."""
        named = {name for _text, name, _spec, _how in Formatter().parse(in_words(self.definition.line))}
        return [field for field in self.fields if field.name not in named]

    @property
    def withdrawn(self) -> bool:
        """Whether it was a mistake."""
        return self.entry.state == WITHDRAWN

    @property
    def is_current(self) -> bool:
        """Whether it holds today, or begins later."""
        return not self.withdrawn and (self.entry.end is None or self.entry.end > timezone.localdate())

    @property
    def last(self) -> dt.date | None:
        """Its last day."""
        return self.entry.end - _A_DAY if self.entry.end else None

    @property
    def remains(self) -> str:
        """How many days it holds yet, or its paper is worth something, in words; empty where no day is set."""
        last = self.entry.expires_on or self.last
        if last is None or self.definition.period == "day" or self.entry.state not in self.definition.holds:
            return ""
        days = (last - timezone.localdate()).days
        if days < 0:
            return ""
        return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}

    @property
    def moves(self) -> list[Move]:
        """What may follow on its state, by the register of its version."""
        return [] if self.withdrawn else self.definition.moves_from(self.entry.state)

    @property
    def stated(self) -> bool:
        """Whether the register tells states apart."""
        return len(self.definition.states) > 1 or self.withdrawn


def shown(user: User, entries: Iterable[Entry], readable: Mapping[str, Sequence[str]]) -> list[ShownEntry]:
    """Entries in words, those of today first.

    Args:
        user: who reads.
        readable: the fields that the account reads, by the key of the register.
    """
    rows = [(entry, definition_at(entry.version)) for entry in entries]
    said = [told_of(user, entry, definition, said_by(definition, entry)) for entry, definition in rows]
    named = named_in_words(user, list(zip((definition for _entry, definition in rows), said, strict=True)))
    found = [
        in_words_of(entry, definition, values, named, readable[entry.register])
        for (entry, definition), values in zip(rows, said, strict=True)
    ]
    return sorted(found, key=lambda one: (one.withdrawn, not one.is_current))


def named_in_words(user: User, said: Sequence[tuple[Definition, Values]]) -> dict[UUID, Any]:
    """As `rows_named`, with the line of each entry that is named, as the account sees it."""
    found = rows_named(said, user=user)
    keys = [key for key, row in found.items() if isinstance(row, Entry)]
    if keys:
        seen = {row.pk: row for row in as_seen(user, whole(Entry.objects.filter(pk__in=keys)))}
        for key in keys:
            found[key] = _line_of(seen[key]) if key in seen else "–"
    return found


def _line_of(row: Entry) -> str:
    definition = definition_at(row.version)
    return in_words_of(row, definition, said_by(definition, row), {}, ()).line


def in_words_of(
    row: About,
    definition: Definition,
    said: Mapping[str, Any],
    named: Mapping[UUID, Any],
    readable: Sequence[str],
) -> ShownEntry:
    """An entry, or a version of it, in words."""
    words = {name: _in_words(definition.fields[name], value, named) for name, value in said.items()}
    days = {"start": _date(row.start), "end": _date(row.end - _A_DAY) if row.end else "…"}
    state = in_words(definition.state_label(row.state))
    inside = {name: words.get(name, "–") for name in definition.fields} | days | {"state": state}
    return ShownEntry(
        entry=row,
        definition=definition,
        line=in_words(definition.line).format_map(inside),
        state=state,
        days=_days(definition, row),
        fields=[
            ShownField(
                name,
                in_words(definition.fields[name].label),
                words[name] + _missing(definition.fields[name], said[name]),
            )
            for name in definition.fields
            if name in words and name in readable
        ],
    )


def _missing(one: Field, value: Any) -> str:
    """What a checklist lacks, on a line of its own."""
    if not one.checklist:
        return ""
    lacks = [
        in_words(choice.label) for choice in one.choices if choice.key not in value and not choice.retired
    ]
    if not lacks:
        return ""
    return "\n" + _("Still missing: %(names)s") % {"names": ", ".join(lacks)}


def _days(definition: Definition, row: About) -> str:
    start = _date(row.start)
    if definition.period == "day":
        return start
    if row.end is None:
        return _("since %(day)s") % {"day": start}
    return f"{start} – {_date(row.end - _A_DAY)}"


def words_of(one: Field, value: Any, named: Mapping[UUID, Any] | None = None) -> str:
    """What was given for a field in words, be it right or not.

    Args:
        named: of rows of other rooms what is said of each that the reader sees; without it each by itself.
    """
    try:
        value = checked_value(one, value)
    except DomainError:
        return str(value)
    if isinstance(value, Model):
        return str(value if named is None else named.get(value.pk, "–"))
    return _in_words(one, value, {})


def date_in_words(day: dt.date | None) -> str:
    """A day, or nothing where none is set."""
    return _date(day) if day else ""


def _in_words(one: Field, value: Any, named: Mapping[UUID, Any]) -> str:
    match one.type:
        case "choice":
            return in_words(one.label_of(value))
        case "choices":
            return ", ".join(in_words(one.label_of(key)) for key in value)
        case "yesno":
            return _("yes") if value else _("no")
        case "money":
            return _("%(amount)s lei") % {"amount": number_format(value, decimal_pos=2, force_grouping=True)}
        case "date":
            return _date(value)
        case "organization" | "household" | "place" | "service" | "entry" | "member":
            return str(named[value]) if value in named else "–"
    return number_format(value) if isinstance(value, (int, Decimal)) else str(value)


def _date(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
