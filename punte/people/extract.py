"""The table of an extract that this room hands over: where each household lived, since when and until when."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from punte.kernel.extracts import PORTION, Pseudonyms, Table, month_of
from punte.people.models import Residence

_A_DAY = dt.timedelta(days=1)
_COLUMNS = {
    "household": "VARCHAR",
    "keeper": "VARCHAR",
    "uat": "INTEGER",
    "county": "VARCHAR",
    "dwelling": "VARCHAR",
    "dwelling_kind": "VARCHAR",
    "start": "VARCHAR",
    "end": "VARCHAR",
}


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """Residences; of a day those that held on it."""
    return [Table("residences", _COLUMNS, partial(_residences, as_of))]


def _residences(
    as_of: dt.date | None, pseudonyms: Pseudonyms, _moment: dt.datetime
) -> Iterator[tuple[Any, ...]]:
    held = Residence.objects.on(as_of) if as_of else Residence.objects.all()
    rows = held.order_by().values_list(
        "household",
        "household__keeper",
        "uat",
        "uat__county",
        "dwelling",
        "dwelling__kind",
        "start",
        "end",
    )
    for home, keeper, uat, county, dwelling, kind, start, end in rows.iterator(PORTION):
        yield (
            pseudonyms.of("household", home),
            pseudonyms.of("organization", keeper),
            uat,
            county,
            pseudonyms.of("dwelling", dwelling),
            kind or "",
            month_of(start),
            month_of(end - _A_DAY if end else None),
        )
