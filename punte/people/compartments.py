"""Which compartments of a household's record an account reads."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.accounts.models import User
from punte.people.asked import Asked
from punte.people.models import Household, Person
from punte.people.sight import hidden_from, households_in_sight, team_households


def compartments_of(user: User, household: Household) -> frozenset[Compartment]:
    """The compartments of a household's record that an account reads.

    Members of its case team read by their role; of a sealed household nobody else reads violence and abuse.
    """
    in_sight = household.pk in households_in_sight(user)
    own = user.standing.every_compartment() if in_sight else user.standing.compartments(household.keeper_id)
    if household.sealed and not in_case_team(user, household):
        return own - SEALED_COMPARTMENTS
    return own


def compartments_of_each(
    user: User, households: Collection[Household]
) -> Mapping[UUID, frozenset[Compartment]]:
    """As `compartments_of`, of many households; like it, one query a request, sealed or not."""
    given = households_in_sight(user)
    in_team = team_households(user)
    everywhere = user.standing.every_compartment()

    def read(household: Household) -> frozenset[Compartment]:
        own = everywhere if household.pk in given else user.standing.compartments(household.keeper_id)
        shut = household.sealed and household.pk not in in_team
        return own - SEALED_COMPARTMENTS if shut else own

    return {household.pk: read(household) for household in households}


def compartments_of_people(user: User, people: Collection[Person]) -> Mapping[UUID, frozenset[Compartment]]:
    """As `compartments_of`, of what is recorded of people whom the account sees, wherever they live; one query.

    Who is outside the circle of a sealed person, or of the household where the person lives, reads no violence or
    abuse of them.
    """
    return compartments_where_they_live(user, people, _homes(user, people=[one.pk for one in people]))


_homes = Asked(
    lambda user, people: (
        hidden_from(user)
        .living()
        .filter(person__in=people)
        .order_by()
        .values_list("person", "household", "household__sealed")
    )
)


def compartments_where_they_live(
    user: User, people: Iterable[Person], homes: Iterable[tuple[UUID, UUID, bool]]
) -> Mapping[UUID, frozenset[Compartment]]:
    """As `compartments_of_people`, where it was read before where they live; no further query.

    Args:
        homes: the person, the household where they live as far as may be known, whether it is sealed.
    """
    hidden = hidden_from(user)
    given, in_team = households_in_sight(user), team_households(user)
    everywhere = user.standing.every_compartment()
    keepers = user.standing.organizations(Capability.SEE_PEOPLE)
    read = {
        one.pk: user.standing.compartments(one.keeper_id) if one.keeper_id in keepers else frozenset()
        for one in people
    }
    shut = {key for key in read if key in hidden.people}
    for person, home, sealed in homes:
        read[person] |= everywhere if home in given else frozenset()
        if sealed and home not in in_team:
            shut.add(person)
    return {key: own - SEALED_COMPARTMENTS if key in shut else own for key, own in read.items()}


def in_case_team(user: User, household: Household) -> bool:
    """Whether the account was given sight of the household as a member of a case team."""
    return household.pk in team_households(user)


def may_open(user: User, household: Household, opens_with: str) -> bool:
    """Whether an account may begin and fill what a compartment opens.

    Of violence and abuse the case team alone, whether a seal stands or not: what is offered else would tell of it.
    """
    if opens_with not in compartments_of(user, household):
        return False
    return opens_with not in SEALED_COMPARTMENTS or in_case_team(user, household)
