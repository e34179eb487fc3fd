"""How far the visit of every household of a place has come, as one account may know of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.people.models import Household
from punte.people.rules import born_between
from punte.people.sight import hidden_from
from punte.territory.models import Community, Uat

_LAST_YEAR_OF_A_CHILD = 17


@dataclass(frozen=True)
class Place:
    """A community, or the rest of a commune or town: its households, people and children, and how many were visited.

    Attributes:
        children_met: those who live in a household that was visited.
    """

    uat: Uat
    community: Community | None
    households: int
    visited: int
    people: int
    children: int
    children_met: int

    @property
    def to_visit(self) -> int:
        """How many households nobody has visited yet."""
        return self.households - self.visited

    @property
    def percent(self) -> int:
        """How many of a hundred were visited, rounded down: a hundred means all."""
        return self.visited * 100 // self.households if self.households else 0


def visited_by(user: User, household: str) -> Exists:
    """Whether an assessment of the household is on record, of which the account may know."""
    seen = Assessment.objects.setting_severity().filter(household=OuterRef(household))
    hidden = hidden_from(user)
    if hidden.lodgings:
        seen = seen.exclude(household__in=hidden.lodgings, members__person__in=list(hidden.people))
    return Exists(seen)


def census(user: User) -> Sequence[Place]:
    """The places of the households that the account's institutions keep, by name; the rest of a UAT comes last."""
    keepers = user.standing.organizations(Capability.SEE_PEOPLE)
    homes = Household.objects.filter(keeper__in=keepers).beyond_seals(user).order_by()
    of_homes = homes.values_list("uat", "community").annotate(
        number=Count("pk"), seen=Count("pk", filter=visited_by(user, "pk"))
    )
    earliest, _latest = born_between(None, _LAST_YEAR_OF_A_CHILD, on=timezone.localdate())
    child = Q(person__birth_date__gte=earliest)
    living = hidden_from(user).living().filter(household__in=homes).order_by()
    of_people = living.values_list("household__uat", "household__community").annotate(
        number=Count("pk"),
        young=Count("pk", filter=child),
        met=Count("pk", filter=child & Q(visited_by(user, "household"))),
    )
    people: dict[tuple[int, UUID | None], tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    people.update(
        {(uat, community): (number, young, met) for uat, community, number, young, met in of_people}
    )
    rows: list[Any] = list(of_homes)
    uats = Uat.objects.in_bulk({row[0] for row in rows})
    communities = Community.objects.in_bulk({row[1] for row in rows if row[1]})
    places = [
        Place(uats[uat], communities.get(community), number, seen, *people[uat, community])
        for uat, community, number, seen in rows
    ]
    return sorted(places, key=lambda one: (one.uat.name, one.community is None, str(one.community or "")))
