"""The tables of an extract that registers hand over: one for each register, its typed fields and no texts."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from punte.kernel.extracts import PORTION, Pseudonyms, Table, month_of
from punte.registers.catalogue import definition_at, definitions
from punte.registers.definition import WITHDRAWN, Definition, Field, FieldType
from punte.registers.models import EntryRevision
from punte.registers.values import renamed, said_by

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
_A_DAY = dt.timedelta(days=1)


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
    for row in _known(definition.key, as_of, moment).iterator(PORTION):
        row.texts = ""
        said = renamed(said_by(definition_at(row.version), row), now=definition)
        yield (
            pseudonyms.of(definition.about, row.entry.subject_key),
            pseudonyms.of("organization", row.entry.keeper_id),
            row.state,
            month_of(row.start),
            month_of(row.end - _A_DAY if row.end else None),
            *(_plain(one, said.get(one.name), pseudonyms) for one in typed),
        )


def _known(key: str, as_of: dt.date | None, moment: dt.datetime) -> QuerySet[EntryRevision]:
    """Of each entry what was known of it at a moment; of what stands aside behind a seal nothing."""
    known = EntryRevision.objects.filter(Q(aside=False) | Q(number=1), at__lte=moment)
    newest = known.filter(entry=OuterRef("entry")).order_by("-number").values("pk")[:1]
    rows = known.filter(entry__register=key).annotate(newest=Subquery(newest)).filter(pk=F("newest"))
    if as_of:
        rows = rows.filter(Q(end=None) | Q(end__gt=as_of), start__lte=as_of)
    light = ("texts", "why", "entry__texts", "entry__values", "version__definition")
    return rows.exclude(state=WITHDRAWN).select_related("entry", "version").defer(*light).order_by()


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
