"""Who may see which assessments, and which of their findings."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment

if TYPE_CHECKING:
    from punte.accounts.models import User
    from punte.people.models import Household


def compartments_of(user: "User", household: "Household") -> frozenset[Compartment]:
    """The compartments of a household's record that an account reads.

    Members of its case team read by their role; of a sealed household nobody else reads violence and abuse.
    """
    from punte.people.queries import households_in_sight

    in_sight = household.pk in households_in_sight(user)
    own = user.standing.every_compartment() if in_sight else user.standing.compartments(household.keeper_id)
    if household.sealed and not in_case_team(user, household):
        return own - SEALED_COMPARTMENTS
    return own


def compartments_of_each(
    user: "User", households: "Collection[Household]"
) -> "Mapping[UUID, frozenset[Compartment]]":
    """As `compartments_of`, of many households in two queries."""
    from punte.people.queries import households_in_sight

    given = households_in_sight(user)
    sealed = [household.pk for household in households if household.sealed]
    teams = user.household_sights.current().filter(household__in=sealed, why="case_team")
    in_team = set(teams.values_list("household", flat=True)) if sealed else set()
    everywhere = user.standing.every_compartment()

    def read(household: "Household") -> frozenset[Compartment]:
        own = everywhere if household.pk in given else user.standing.compartments(household.keeper_id)
        shut = household.sealed and household.pk not in in_team
        return own - SEALED_COMPARTMENTS if shut else own

    return {household.pk: read(household) for household in households}


def in_case_team(user: "User", household: "Household") -> bool:
    """Whether the account was given sight of the household as a member of a case team."""
    return user.household_sights.current().filter(household=household, why="case_team").exists()


class AssessmentQuerySet(models.QuerySet["models.Model"]):
    def visible_to(self, user: "User") -> Self:
        """Assessments of the households that the account sees."""
        from punte.people.models import Household

        return self.filter(household__in=Household.objects.visible_to(user))


class DraftQuerySet(models.QuerySet["models.Model"]):
    def of_author(self, user: "User") -> Self:
        """Questionnaires that the account is filling, as long as it sees the household: they begin with its record."""
        from punte.people.models import Household

        return self.filter(by=user, household__in=Household.objects.visible_to(user))


class FindingQuerySet(models.QuerySet["models.Model"]):
    def within(self, compartments: Collection[Compartment]) -> Self:
        """Findings of the given compartments alone."""
        return self.filter(compartment__in=compartments)
