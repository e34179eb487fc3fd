"""Which other institutions work with a household: known by the CNP of somebody who lives there, and never read."""

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from punte.cases.models import Case
from punte.kernel.prepared import Prepared, rounded
from punte.people.models import Household, Membership, PersonSeal
from punte.people.sight import lives_in


class OthersWork(NamedTuple):
    """An institution with an open case of the same people, and the household that it keeps of them."""

    organization: UUID
    called: str
    household: UUID


def others_work(household: Household, cnp_indexes: Collection[str]) -> list[OthersWork]:
    """The work of others with a household, by name; two queries, whatever they find.

    Where a case, a household or a person is sealed on either side there is none.

    Args:
        cnp_indexes: of those who may be known to live there today.
    """
    indexes = [index for index in cnp_indexes if index]
    if not indexes:
        return []
    homes = {household.pk, *(home for (home,) in _homes(indexes=indexes))}
    rows = _of_others(keeper=household.keeper_id, indexes=indexes, homes=rounded(homes))
    # The same is asked where a seal stands: an answer that came sooner would tell of it.
    return [] if household.sealed else [OthersWork(*row) for row in rows]


def _homes_of(indexes: Collection[str]) -> QuerySet[Membership, Any]:
    sealed = PersonSeal.objects.filter(end=None, person__cnp_index=OuterRef("person__cnp_index"))
    same = Membership.objects.current().filter(~Exists(sealed), person__cnp_index__in=indexes)
    return same.order_by().values_list("household")


def _same_people(keeper: UUID, indexes: Collection[str], homes: Collection[UUID]) -> QuerySet[Case, Any]:
    of_them = Q(person=None) | Q(person__cnp_index__in=indexes)
    hiding = PersonSeal.objects.filter(lives_in(OuterRef("household")), end=None)
    found = Case.objects.filter(
        of_them,
        ~Exists(hiding),
        household__in=homes,
        household__sealed=False,
        open=True,
        sealed=False,
    ).exclude(keeper=keeper)
    rows = found.order_by("keeper__name", "keeper", "household").distinct()
    return rows.values_list("keeper", "keeper__name", "household")


_homes = Prepared(_homes_of)
_of_others = Prepared(_same_people)
