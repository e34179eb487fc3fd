"""The lists of who seems entitled to what and does not have it, reckoned anew for whole institutions at once."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
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
from punte.people.models import Household

Row = tuple[str, str | None, str, float | None, float | None, float | None]
"""Household, person, entitlement, amount, least, most."""
_AT_ONCE = 2_000


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
    return sum(_keep(book, together, keys, day) for keys, together in alike.items())


def rows_of(book: Rulebook, given: Given, confirmed: Collection[str], day: dt.date) -> list[Row]:
    """Who seems entitled to what, of the households given."""
    if not book.entitlements:
        return []
    connection = laid_out(book, given, [day])
    try:
        found = connection.execute(
            f"SELECT household, person, entitlement, amount, least, most FROM ({seeming(book, confirmed)})"
        )
        return list(found.fetchall())
    finally:
        connection.close()


def _keep(book: Rulebook, keepers: Sequence[UUID], confirmed: frozenset[str], day: dt.date) -> int:
    # Reckoned before anything is written: on SQLite whoever writes waits for the end of a transaction.
    rows = rows_of(book, kept_by(keepers, book, day), confirmed, day)
    kept_in = {str(pk): keeper for pk, keeper in _homes(keepers)}
    with transaction.atomic():
        Seeming.objects.filter(keeper__in=keepers).delete()
        Seeming.objects.bulk_create(_made(book, rows, kept_in, day), batch_size=_AT_ONCE)
    return len(rows)


def _homes(keepers: Sequence[UUID]) -> Iterable[tuple[UUID, UUID]]:
    return Household.objects.filter(keeper__in=keepers).order_by().values_list("pk", "keeper")


def _made(book: Rulebook, rows: Iterable[Row], kept_in: Any, day: dt.date) -> Iterable[Seeming]:
    for household, person, key, amount, least, most in rows:
        # Whoever took a household over meanwhile reckons for it.
        if household not in kept_in:
            continue
        yield Seeming(
            keeper_id=kept_in[household],
            household_id=UUID(household),
            person_id=UUID(person) if person else None,
            entitlement=key,
            compartment=book.entitlements[key].compartment,
            amount=amount,
            least=least,
            most=most,
            reckoned_on=day,
        )
