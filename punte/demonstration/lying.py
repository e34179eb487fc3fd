"""Entries of months gone by as they would lie there by now: written together, and not one after the other."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from punte.accounts.models import TrailEntry, User
from punte.accounts.verbs import record_all
from punte.registers.actions.writing import Said, index_of, overlap_key, said
from punte.registers.catalogue import register_named, version_in_use
from punte.registers.models import Entry, EntryMark, EntryRevision, EntryValue, RegisterVersion
from punte.registers.values import kept

_PORTION = 500


class Laid:
    """Entries that are written once `keep` is called; until then they can name each other."""

    def __init__(self) -> None:
        self._rows: list[tuple[User, Entry, Said, bool]] = []
        self._versions: dict[str, RegisterVersion] = {}

    def add(
        self,
        by: User,
        register: str,
        subject: Any,
        start: dt.date,
        *,
        state: str = "",
        last: dt.date | None = None,
        sealed: bool = False,
        **given: Any,
    ) -> Entry:
        """An entry, each field checked as its register asks; the states of its steps are taken as they are.

        Args:
            sealed: whether it is of a sealed case or person.
        """
        definition = register_named(register)
        found = said(definition, state=state or definition.begins[0], start=start, last=last, given=given)
        values, texts = kept(definition, found.fields)
        version = self._versions.get(register) or version_in_use(definition)
        self._versions[register] = version
        entry = Entry(
            register=register,
            keeper_id=subject.keeper_id,
            compartment=definition.compartment,
            overlap_key=overlap_key(definition, found.state, values),
            concerns=found.fields.get(definition.household),
            **{definition.about: subject},
            **self._columns(found, version, values, texts),
        )
        self._rows.append((by, entry, found, sealed))
        return entry

    def keep(self) -> None:
        """Write them, each with its history, what lists and searches read of it, and its line of the trail."""
        Entry.objects.bulk_create((entry for _by, entry, _found, _sealed in self._rows), batch_size=_PORTION)
        revisions, listed, marks, trail = [], [], [], []
        for by, entry, found, sealed in self._rows:
            same = self._columns(found, entry.version, entry.values, entry.texts)
            revisions.append(EntryRevision(entry=entry, number=1, move="add", by=by, **same))
            own, found_by = index_of(entry, found.definition, found.fields)
            listed += own
            marks += found_by
            trail.append(
                TrailEntry(
                    actor=by,
                    verb="add_entry",
                    keeper=entry.keeper_id,
                    household=entry.household_id or entry.concerns_id,
                    person=entry.person_id,
                    subject=entry.pk,
                    sealed=sealed,
                    changes={} if sealed else {"register": entry.register},
                )
            )
        EntryRevision.objects.bulk_create(revisions, batch_size=_PORTION)
        EntryValue.objects.bulk_create(listed, batch_size=_PORTION)
        EntryMark.objects.bulk_create(marks, batch_size=_PORTION)
        record_all(trail)
        self._rows.clear()

    @staticmethod
    def _columns(
        found: Said, version: RegisterVersion, values: Mapping[str, Any], texts: str
    ) -> dict[str, Any]:
        return {
            "version": version,
            "state": found.state,
            "start": found.start,
            "end": found.end,
            "expires_on": found.expires_on,
            "values": values,
            "texts": texts,
        }
