"""What a device takes along to be read there: to what families seem entitled and do not have, as of the last night."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from punte.accounts.guests import Field, TakenAlong
from punte.accounts.models import User
from punte.benefits.catalogue import rulebook_that_holds
from punte.benefits.definition import Entitlement
from punte.benefits.models import Seeming
from punte.directory.help.need import benefits
from punte.kernel.prepared import rounded
from punte.people.asked import Asked

Wire = dict[str, Any]
_SUMS = ("amount", "least", "most")
_TOLD = ("household", "entitlement", "person", *_SUMS)


def reference(user: User) -> Wire:
    """The entitlements of which the account may know anywhere, with what is to be checked and which papers it takes."""
    read = user.standing.every_compartment()
    known = rulebook_that_holds().entitlements.values()
    return {"entitlements": [_told(one) for one in known if one.compartment in read]}


def _told(one: Entitlement) -> Wire:
    benefit = benefits().get(one.benefit)
    papers = one.papers or (benefit.papers.names if benefit else ())
    told = {"key": one.key, "title": one.title, "per": one.per, "verify": one.verify, "papers": papers}
    return {**told, "sums": one.amount is not None}


def rows(
    user: User, households: Sequence[UUID], _people: Sequence[UUID], _cases: Sequence[UUID]
) -> list[list[Any]]:
    """Of these households the rows that `down` is made of."""
    return [_seeming.as_given(user, households=rounded(households))]


def down(user: User, along: Sequence[TakenAlong]) -> Mapping[UUID, list[Wire]]:
    """Of each household what it seems entitled to and does not have; nothing where a seal stands on who lives there.

    The day for which it was reckoned does not go along: with it every household would come down anew each morning.
    """
    found: dict[UUID, list[Wire]] = {one.household.pk: [] for one in along}
    book = rulebook_that_holds().entitlements
    for home, key, person, *sums in _seeming(user, households=rounded(list(found))):
        if key in book:
            known = {name: float(value) for name, value in zip(_SUMS, sums, strict=True) if value is not None}
            found[home].append({"key": key, **({"person": str(person)} if person else {}), **known})
    return found


def _seeming_there(user: User, households: Collection[UUID]) -> QuerySet[Seeming, Any]:
    rows = Seeming.objects.visible_to(user).filter(household__in=households)
    return rows.order_by("entitlement", "person", "pk").values_list(*_TOLD)


_seeming = Asked(_seeming_there)

FIELD = Field(part="due", reference=reference, down=down, rows=rows)
