"""A new version of a register is put in force: all its entries are found, sorted and told apart by it, or none is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.registers.actions.writing import index_of, overlap_key
from punte.registers.catalogue import definition_at, definitions, version_in_use
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.following import refuse_what_does_not_follow
from punte.registers.lists import said_in
from punte.registers.models import Entry, EntryMark, EntryRevision, EntryValue, RegisterVersion
from punte.registers.values import renamed

_A_DAY = dt.timedelta(days=1)
_PORTION = 1_000


class DoNotFit(Exception):
    """Entries that a version of a register breaks; each is named by its identifier and its days."""

    def __init__(self, said: Sequence[str]) -> None:
        self.said = said
        super().__init__("\n".join(said))


def not_in_force() -> list[Definition]:
    """The registers whose entries are still found by an older version; two queries."""
    used = list(RegisterVersion.objects.order_by().values_list("key", "digest", "indexed_at"))
    known = {key for key, _digest, _at in used}
    applied = {(key, digest) for key, digest, at in used if at}
    with_entries = set(
        Entry.objects.filter(register__in=known).order_by().values_list("register", flat=True).distinct()
    )
    return [
        one
        for one in definitions().values()
        if one.key in with_entries and _several(used, one) and (one.key, one.digest) not in applied
    ]


def _several(used: Iterable[tuple[str, str, Any]], one: Definition) -> bool:
    return any(key == one.key and digest != one.digest for key, digest, _at in used)


@transaction.atomic
def put_in_force() -> list[tuple[Definition, int]]:
    """Let every register that has a new version be of it, with how many entries it has; all of them or none.

    Raises:
        PackError: a file leaves entries behind.
        DoNotFit: entries would hold at the same time that may not.
    """
    changed = not_in_force()
    broken: list[str] = []
    for definition in changed:
        refuse_what_does_not_follow(definition, f"{definition.key}.yaml")
        broken += _overlaps(definition)
    if broken:
        raise DoNotFit(broken)
    return [(definition, _index_anew(definition)) for definition in changed]


def _overlaps(definition: Definition) -> Iterator[str]:
    """What would hold at the same time by the new keys, pair by pair."""
    of_a_key: dict[tuple[Any, str], list[Entry]] = defaultdict(list)
    for entry, key in _keys(definition):
        if key is not None:
            of_a_key[entry.subject_key, key].append(entry)
    for entries in of_a_key.values():
        entries.sort(key=lambda one: one.start)
        for one, other in pairwise(entries):
            if one.meets(other.start, other.end):
                yield _(
                    "%(register)s: the entries %(one)s (%(days)s) and %(other)s (%(other_days)s) are about the same"
                    " and would hold at the same time. End or correct one of them."
                ) % {
                    "register": definition.key,
                    "one": one.pk,
                    "days": _days(one),
                    "other": other.pk,
                    "other_days": _days(other),
                }


def _days(entry: Entry) -> str:
    return (
        f"{entry.start:%d.%m.%Y} – {entry.end - _A_DAY:%d.%m.%Y}"
        if entry.end
        else f"{entry.start:%d.%m.%Y} – …"
    )


def _keys(definition: Definition) -> Iterator[tuple[Entry, str | None]]:
    """Each entry with its key by the new version; what stands beside another behind a seal goes on without one."""
    aside = EntryRevision.objects.filter(number=1, aside=True, entry__register=definition.key)
    beside = set(aside.filter(entry__overlap_key=None).values_list("entry", flat=True))
    rows = Entry.objects.filter(register=definition.key, erased_on=None).select_related("version")
    for entry in rows.defer("texts", "version__definition").order_by("pk").iterator(_PORTION):
        values = renamed(entry.values, now=definition)
        alone = entry.pk in beside or _overlooked(entry)
        yield entry, None if alone else overlap_key(definition, entry.state, values)


def _overlooked(entry: Entry) -> bool:
    """Whether it stands beside what concerns a household of which its writer may not know."""
    if entry.concerns_id is None or entry.overlap_key is not None:
        return False
    return overlap_key(definition_at(entry.version), entry.state, entry.values) is not None


def _index_anew(definition: Definition) -> int:
    moved = [(entry, key) for entry, key in _keys(definition) if key != entry.overlap_key]
    # A key that another had is free before it is given.
    for portion in _portions([entry.pk for entry, _key in moved]):
        Entry.objects.filter(pk__in=portion).update(overlap_key=None)
    for portion in _portions(moved):
        for entry, key in portion:
            entry.overlap_key = key
        Entry.objects.bulk_update([entry for entry, _key in portion], ["overlap_key"], batch_size=200)
    version = version_in_use(definition)
    RegisterVersion.objects.filter(pk=version.pk).update(indexed_at=timezone.now())
    return _list_anew(definition)


def _list_anew(definition: Definition) -> int:
    count = 0
    rows = Entry.objects.filter(register=definition.key, erased_on=None).select_related("version")
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for portion in _portions(keys):
        EntryValue.objects.filter(entry__in=portion).delete()
        EntryMark.objects.filter(entry__in=portion).delete()
        values: list[EntryValue] = []
        marks: list[EntryMark] = []
        for entry in rows.filter(pk__in=portion).exclude(state=WITHDRAWN).defer("version__definition"):
            listed, found = index_of(entry, definition, said_in(definition, entry))
            values += listed
            marks += found
        EntryValue.objects.bulk_create(values, batch_size=500)
        EntryMark.objects.bulk_create(marks, batch_size=500)
        count += len(portion)
    return count


def _portions(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), _PORTION):
        yield rows[start : start + _PORTION]
