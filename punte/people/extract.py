"""The tables of an extract that this room hands over: who lived where and with whom, since when and until when."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from punte.kernel.extracts import PORTION, Pseudonyms, Table, key, month_of, month_until
from punte.organizations.models import Organization
from punte.people.models import Membership, Residence

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
_MEMBERSHIPS = dict.fromkeys(
    ("person", "household", "keeper", "born", "sex", "relation", "start", "end"), "VARCHAR"
)
_INSTITUTIONS = {
    "keeper": "VARCHAR",
    "kind": "VARCHAR",
    "uat": "INTEGER",
    "uat_kind": "VARCHAR",
    "county": "VARCHAR",
}


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """Residences and memberships, of a day those that held on it; and where the institutions are."""
    return [
        Table("residences", _COLUMNS, partial(_residences, as_of)),
        Table("memberships", _MEMBERSHIPS, partial(_memberships, as_of)),
        Table("institutions", _INSTITUTIONS, _institutions),
    ]


def _residences(
    as_of: dt.date | None, pseudonyms: Pseudonyms, _moment: dt.datetime
) -> Iterator[tuple[Any, ...]]:
    held = Residence.objects.on(as_of) if as_of else Residence.objects.all()
    rows = held.order_by().values_list(
        key("household"),
        key("household__keeper"),
        "uat",
        "uat__county",
        key("dwelling"),
        "dwelling__kind",
        key("start"),
        key("end"),
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
            month_until(end),
        )


def _memberships(
    as_of: dt.date | None, pseudonyms: Pseudonyms, _moment: dt.datetime
) -> Iterator[tuple[Any, ...]]:
    held = Membership.objects.on(as_of) if as_of else Membership.objects.all()
    read = (
        key("person"),
        key("household"),
        key("household__keeper"),
        key("person__birth_date"),
        "person__sex",
        "relation",
        key("start"),
        key("end"),
    )
    for person, home, keeper, born, sex, relation, start, end in (
        held.order_by().values_list(*read).iterator(PORTION)
    ):
        if start != end:
            yield (
                pseudonyms.of("person", person),
                pseudonyms.of("household", home),
                pseudonyms.of("organization", keeper),
                month_of(born),
                sex,
                relation,
                month_of(start),
                month_until(end),
            )


def _institutions(pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    """Those that keep records: in which UAT, by the pseudonym under which the other tables name them."""
    rows = Organization.objects.filter(households__isnull=False).order_by().distinct()
    for keeper, kind, uat, uat_kind, county in rows.values_list(
        "pk", "kind", "uat", "uat__kind", "uat__county"
    ):
        yield pseudonyms.of("organization", keeper), kind, uat, uat_kind, county
