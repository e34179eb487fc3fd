"""Lines of a table that name an entry: what they would correct of it.

An empty cell, and a column that the table does not have, leave what is on record as it is: what is to be emptied is
emptied on the page of the entry.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.importing.lines import Line, comparable, last_of
from punte.registers.models import Entry
from punte.registers.tables import reference_of
from punte.registers.values import Values


class Unfit(ValueError):
    """A line cannot be about the entry that it names; the message says why."""


def named_entry(line: Line, entries: Sequence[Entry], taken: Mapping[UUID, Line]) -> Entry | None:
    """The entry that a line names, of those about whom it is about; None where it names none.

    Args:
        taken: by entry the lines before that name it.

    Raises:
        Unfit: there is none such, another line names it too, or it was changed since the table was made.
    """
    reference = line.row.values["entry"]
    if not reference:
        return None
    key = reference.partition("/")[0]
    found = next((one for one in entries if str(one.pk) == key), None)
    if found is None:
        raise Unfit(
            _("There is no such entry about whom the line names. Leave the cell empty for a new one.")
        )
    if found.pk in taken:
        said = _("Line %(line)s names the same entry. Leave one of them out.")
        raise Unfit(said % {"line": taken[found.pk].row.line})
    if reference != reference_of(found):
        raise Unfit(_("The entry was changed since this table was made. Take the list along again."))
    if found.erased_on is not None:
        raise Unfit(_("What the entry said was erased when its time to be kept was over."))
    if found.state == WITHDRAWN and line.row.values["state"] not in (None, WITHDRAWN):
        raise Unfit(_("The entry was withdrawn. Write a new one."))
    return found


def complete(line: Line, definition: Definition, on_record: Values, named: Mapping[UUID, Any]) -> None:
    """Let a line that corrects an entry say all that the entry will: what its cells leave open stays as it is.

    Args:
        on_record: what the entry says, with `named`, the rows of its identifiers.
    """
    entry = line.corrects
    assert entry is not None
    last = last_of(entry, definition)
    line.on_record = {
        name: named.get(value, value) if isinstance(value, UUID) else value
        for name, value in on_record.items()
    }
    line.changed = frozenset(
        name
        for name, value in line.given.items()
        if comparable(value) != comparable(line.on_record.get(name))
    )
    line.given = {**line.on_record, **{name: line.given[name] for name in line.changed}}
    line.state, line.last = line.row.values["state"] or entry.state, line.last or last
    if not line.changed and (line.start, line.state, line.last) == (entry.start, entry.state, last):
        line.there = entry
