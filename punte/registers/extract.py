"""The tables of an extract that registers hand over: one for each register, its typed fields and no texts."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from punte.kernel.extracts import PORTION, Pseudonyms, Table, key, month_of, month_until
from punte.registers.catalogue import definition_at, definitions
from punte.registers.definition import WITHDRAWN, Definition, Field, FieldType
from punte.registers.models import SUBJECT_COLUMNS, EntryRevision, RegisterVersion
from punte.registers.values import as_said

_KINDS: dict[FieldType, str] = {
    "choice": "VARCHAR",
    "choices": "VARCHAR",
    "yesno": "BOOLEAN",
    "integer": "BIGINT",
    "decimal": "DECIMAL(18, 4)",
    "money": "DECIMAL(16, 2)",
    "date": "VARCHAR",
    "organization": "VARCHAR",
    "household": "VARCHAR",
    "place": "VARCHAR",
    "service": "VARCHAR",
}
_AS_KEPT = ("choice", "yesno", "integer")


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """One of each register: whom it is about, who keeps it, its state, its months and its typed fields.

    Args:
        as_of: a day on which an entry must hold to be in it.
    """
    return [_table(definition, as_of) for definition in definitions().values()]


def _table(definition: Definition, as_of: dt.date | None) -> Table:
    typed = [one for one in definition.fields.values() if one.type in _KINDS]
    columns = dict.fromkeys(("about", "kept_by", "state", "start", "end"), "VARCHAR")
    columns |= {one.name: _KINDS[one.type] for one in typed}
    return Table(f"register_{definition.key}", columns, partial(_rows, definition, typed, as_of))


def _rows(
    definition: Definition,
    typed: Sequence[Field],
    as_of: dt.date | None,
    pseudonyms: Pseudonyms,
    moment: dt.datetime,
) -> Iterator[tuple[Any, ...]]:
    versions = (
        RegisterVersion.objects.filter(key=definition.key).defer("definition").annotate(named=key("pk"))
    )
    by = {
        version.named: [_telling(one, definition_at(version), definition, pseudonyms) for one in typed]
        for version in versions
    }
    subject = Coalesce(*(key(f"entry__{column}") for column in SUBJECT_COLUMNS))
    told = _known(definition.key, as_of, moment).values_list(
        key("version"), "values", "state", key("start"), key("end"), key("entry__keeper"), subject
    )
    for version, values, state, start, end, keeper, about in told.iterator(PORTION):
        yield (
            pseudonyms.of(definition.about, about),
            pseudonyms.of("organization", keeper),
            state,
            month_of(start),
            month_until(end),
            *[values.get(name) if tell is None else tell(values.get(name)) for name, tell in by[version]],
        )


def _telling(
    one: Field, written_by: Definition, now: Definition, pseudonyms: Pseudonyms
) -> tuple[str, Callable[[Any], Any] | None]:
    """Under which name a version keeps what a field of today says, and how it is told; as it is kept where None."""
    names = [name for name in written_by.fields if now.named_today.get(name) == one.name]
    if not names:
        return one.name, lambda _value: None
    was = written_by.fields[names[-1]]
    if was.type == one.type and one.type in _AS_KEPT:
        return was.name, None
    if was.type == one.type and one.type in ("organization", "household"):
        return was.name, partial(pseudonyms.of, one.type)
    if was.type == one.type == "date":
        return was.name, month_of

    def tell(value: Any) -> Any:
        return _plain(one, None if value is None else as_said(was, value), pseudonyms)

    return was.name, tell


def _known(key: str, as_of: dt.date | None, moment: dt.datetime) -> QuerySet[EntryRevision]:
    """Of each entry what was known of it at a moment; of what stands aside behind a seal nothing."""
    known = EntryRevision.objects.filter(Q(aside=False) | Q(number=1), at__lte=moment)
    later = known.filter(entry=OuterRef("entry"), number__gt=OuterRef("number"))
    rows = known.filter(~Exists(later), entry__register=key)
    if as_of:
        rows = rows.filter(Q(end=None) | Q(end__gt=as_of), start__lte=as_of)
    return rows.exclude(state=WITHDRAWN).order_by()


def _plain(one: Field, value: Any, pseudonyms: Pseudonyms) -> Any:
    match one.type:
        case "organization" | "household":
            return pseudonyms.of(one.type, value)
        case "place" | "service":
            # Services are no secret of an extract: their table names them so.
            return str(value) if value else ""
        case "date":
            return month_of(value)
        case "choices":
            return "|".join(value or ())
    return value
