"""Entries as they are added up: what they say by the fields of today, without the texts."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from punte.registers.catalogue import definition_at
from punte.registers.definition import Definition
from punte.registers.models import Entry
from punte.registers.parameters import parameters_of, reads_parameters
from punte.registers.totals.reckoning import Row
from punte.registers.values import renamed, typed


def row_of(entry: Entry, now: Definition, subject: UUID) -> Row:
    """An entry as it counts for a subject: whom it is about, or the household that it concerns.

    Args:
        entry: with its version.
    """
    said = renamed(typed(definition_at(entry.version), entry.values), now=now)
    return Row(entry.pk, subject, entry.state, entry.start, entry.end, said)


def rows_of(entries: Iterable[Entry], now: Definition, column: str) -> list[Row]:
    """Entries as they count for what a column of them names."""
    return with_parameters(now, [row_of(one, now, getattr(one, f"{column}_id")) for one in entries])


def with_parameters(definition: Definition, rows: list[Row]) -> list[Row]:
    """The entries as they are added up, each with what its service is measured by, where a total reads that."""
    if not reads_parameters(definition, (one.value for one in definition.totals.values())):
        return rows
    known = parameters_of(definition, [(row.said, row.start, row.end) for row in rows])
    return [replace(row, said={**held, **row.said}) for row, held in zip(rows, known, strict=True)]
