"""Who may see which assessments, and which of their findings."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

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
