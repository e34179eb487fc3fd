"""What an account sees of a household beyond its organisations, and which compartments it reads."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.utils import timezone

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.people.enums import SightReason

if TYPE_CHECKING:
    from punte.accounts.models import User
    from punte.people.models import Household


def households_in_sight(user: "User") -> frozenset[UUID]:
    """Households beyond the account's organisations that it was given sight of and still has; one query a request.

    Who no longer has any role that works with people sees none, whatever was once given.
    """
    if not user.standing.may(Capability.SEE_PEOPLE):
        return frozenset()
    known: frozenset[UUID] | None = getattr(user, "_households_in_sight", None)
    if known is None:
        now = timezone.now()
        sights = user.household_sights.current().filter(
            models.Q(expires_at=None) | models.Q(expires_at__gt=now)
        )
        known = frozenset(sights.values_list("household_id", flat=True))
        user._households_in_sight = known  # type: ignore[attr-defined]
    return known


def forget_households_in_sight(user: "User") -> None:
    """Read the given sights anew when next asked: one was just given or taken away."""
    if hasattr(user, "_households_in_sight"):
        del user._households_in_sight


def compartments_of(user: "User", household: "Household") -> frozenset[Compartment]:
    """The compartments of a household's record that an account reads.

    Members of its case team read by their role; of a sealed household nobody else reads violence and abuse.
    """
    in_sight = household.pk in households_in_sight(user)
    own = user.standing.every_compartment() if in_sight else user.standing.compartments(household.keeper_id)
    if household.sealed and not in_case_team(user, household):
        return own - SEALED_COMPARTMENTS
    return own


def compartments_of_each(
    user: "User", households: Collection["Household"]
) -> Mapping[UUID, frozenset[Compartment]]:
    """As `compartments_of`, of many households in two queries."""
    given = households_in_sight(user)
    sealed = [household.pk for household in households if household.sealed]
    teams = user.household_sights.current().filter(household__in=sealed, why=SightReason.CASE_TEAM)
    in_team = set(teams.values_list("household", flat=True)) if sealed else set()
    everywhere = user.standing.every_compartment()

    def read(household: "Household") -> frozenset[Compartment]:
        own = everywhere if household.pk in given else user.standing.compartments(household.keeper_id)
        shut = household.sealed and household.pk not in in_team
        return own - SEALED_COMPARTMENTS if shut else own

    return {household.pk: read(household) for household in households}


def in_case_team(user: "User", household: "Household") -> bool:
    """Whether the account was given sight of the household as a member of a case team."""
    return user.household_sights.current().filter(household=household, why=SightReason.CASE_TEAM).exists()
