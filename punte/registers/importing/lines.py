"""A line of a table of entries, and what its words mean."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from punte.kernel.tables import TableRow
from punte.kernel.tables.letters import says_nothing, tidy, with_comma
from punte.registers.actions.writing import Said
from punte.registers.definition import Definition
from punte.registers.models import Entry
from punte.registers.sight import Sight, Subject

_A_DAY = dt.timedelta(days=1)


@dataclass
class Line:
    """A line with what its words mean.

    Attributes:
        warnings: what looks wrong, which is meant where the table is taken over nevertheless.
        there: the entry that says the same.
        corrects: the entry that the line names; `on_record` is what it says, `changed` the fields that would change.
    """

    row: TableRow
    subject: Subject
    sight: Sight
    given: dict[str, Any]
    start: dt.date
    state: str
    last: dt.date | None = None
    found: Said | None = None
    warnings: str = ""
    there: Entry | None = None
    corrects: Entry | None = None
    changed: frozenset[str] = frozenset()
    on_record: Mapping[str, Any] = field(default_factory=dict)


def last_of(entry: Entry, definition: Definition) -> dt.date | None:
    """The last day of an entry; None where it goes on, or is of one day alone."""
    return entry.end - _A_DAY if entry.end and definition.period != "day" else None


def comparable(value: Any) -> Any:
    """A value as it comes back from a file."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, str):
        text = " ".join(with_comma(tidy(value)).split())
        return None if not text or says_nothing(text) else text
    return value or None if isinstance(value, list) else value
