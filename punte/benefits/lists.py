"""The lists of who seems entitled to what and does not have it, reckoned anew for whole institutions at once."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from punte.benefits.catalogue import rulebook_that_holds
from punte.benefits.confirmed import confirmed_in
from punte.benefits.definition import Rulebook
from punte.benefits.given import Given, kept_by, laid_out
from punte.benefits.models import Seeming
from punte.benefits.sql import seeming
from punte.kernel.collecting import uncollected
from punte.kernel.in_bulk import insert, text_of
from punte.people.models import Household

Row = tuple[str, str | None, str, float | None, float | None, float | None]
"""Household, person, entitlement, amount, least, most."""
_COLUMNS = (
    *("keeper", "household", "person", "entitlement", "compartment"),
    *("amount", "least", "most", "reckoned_on"),
)


def reckon_all(day: dt.date | None = None) -> int:
    """Reckon for every institution that keeps households; how many entitlements seem not to be had."""
    keepers = Household.objects.order_by().values_list("keeper", flat=True).distinct()
    return reckon_for(list(keepers), day)


def reckon_for(keepers: Collection[UUID], day: dt.date | None = None) -> int:
    """The same for some institutions: those that confirmed the same are asked for together."""
    day = day or timezone.localdate()
    book = rulebook_that_holds()
    alike: dict[frozenset[str], list[UUID]] = {}
    for keeper, keys in confirmed_in(keepers, day).items():
        alike.setdefault(keys, []).append(keeper)
    with uncollected():
        return sum(_keep(book, together, keys, day) for keys, together in alike.items())


def rows_of(book: Rulebook, given: Given, confirmed: Collection[str], day: dt.date) -> list[Row]:
    """Who seems entitled to what, of the households given."""
    if not book.entitlements:
        return []
    connection = laid_out(book, given, [day])
    try:
        found = connection.execute(
            "SELECT household, person, entitlement, round(amount, 2), round(least, 2), round(most, 2)"
            f" FROM ({seeming(book, confirmed)})"
        )
        return list(found.fetchall())
    finally:
        connection.close()


def _keep(book: Rulebook, keepers: Sequence[UUID], confirmed: frozenset[str], day: dt.date) -> int:
    # Reckoned before anything is written: on SQLite whoever writes waits for the end of a transaction.
    rows = rows_of(book, kept_by(keepers, book, day), confirmed, day)
    kept_in = dict(_homes(keepers))
    with transaction.atomic():
        Seeming.objects.filter(keeper__in=keepers).delete()
        insert(Seeming, _COLUMNS, _made(book, rows, kept_in, day))
    return len(rows)


def _homes(keepers: Sequence[UUID]) -> Iterable[tuple[str, str]]:
    homes = Household.objects.filter(keeper__in=keepers).order_by()
    return homes.values_list(text_of("pk"), text_of("keeper"))


def _made(book: Rulebook, rows: Iterable[Row], kept_in: Mapping[str, str], day: dt.date) -> Iterable[Any]:
    for household, person, key, *sums in rows:
        # Whoever took a household over meanwhile reckons for it.
        if household in kept_in:
            compartment = book.entitlements[key].compartment
            yield kept_in[household], household, person, key, compartment, *sums, day
