"""Who may see which assessments, and which of their findings."""

import datetime as dt
from collections.abc import Collection
from typing import Self
from uuid import UUID

from django.db import models

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.kernel.among import among
from punte.people.models import Household
from punte.people.sight import hidden_from


def _hidden_in(user: User, household: UUID) -> list[UUID]:
    """The people whose name in an assessment of a household tells the account what a seal hides from it."""
    hidden = hidden_from(user)
    return list(hidden.people) if household in hidden.lodgings else []


class AssessmentQuerySet(models.QuerySet["models.Model"]):
    def visible_to(self, user: User) -> Self:
        """Assessments of the households that the account sees, but for those that tell where a sealed person lives."""
        seen = self.filter(among(Household.objects.visible_to(user), "household"))
        hidden = hidden_from(user)
        if not hidden.lodgings:
            return seen
        return seen.exclude(household__in=hidden.lodgings, members__person__in=list(hidden.people))

    def known_to(self, user: User, household: UUID) -> Self:
        """The same of one household that the account sees: whether it does is not asked again."""
        of_household = self.filter(household=household)
        hidden = _hidden_in(user, household)
        return of_household.exclude(members__person__in=hidden) if hidden else of_household

    def opened_with(self, compartments: Collection[Compartment]) -> Self:
        """Those whose questionnaires may be seen by who reads these compartments."""
        return self.filter(pack__opens_with__in=compartments)

    def setting_severity(self) -> Self:
        """Those that say how severe a household is."""
        return self.filter(pack__sets_severity=True)

    def of_subject(self, pack: str, household: UUID, person: UUID | None) -> Self:
        """Those of one pack and of one household or, where given, one person of it."""
        return self.filter(pack__name=pack, household=household, person=person)


class DraftQuerySet(models.QuerySet["models.Model"]):
    def of_author(self, user: User) -> Self:
        """Questionnaires that the account is filling, as long as it sees the household: they begin with its record."""
        # One by one: joined to all that the account sees, it would cost more the larger the register is.
        seen = Household.objects.visible_to(user).filter(pk=models.OuterRef("household"))
        return self.filter(models.Exists(seen), by=user)


class FindingSetQuerySet(models.QuerySet["models.Model"]):
    def known_to(self, user: User, household: UUID) -> Self:
        """What was found at the visits to a household that the account sees, as far as it may open their pages."""
        of_household = self.filter(assessment__household=household)
        hidden = _hidden_in(user, household)
        return of_household.exclude(assessment__members__person__in=hidden) if hidden else of_household


class FindingQuerySet(models.QuerySet["models.Model"]):
    def of_the_living(self, day: dt.date | None = None) -> Self:
        """Findings of the household and of members who are alive, on `day` where one is given."""
        if day is None:
            return self.filter(person__died_on=None)
        return self.filter(models.Q(person__died_on=None) | models.Q(person__died_on__gt=day))

    def known_to(self, user: User, household: UUID) -> Self:
        """Findings in a household without those of people of whom the account may not know that they live there."""
        hidden = hidden_from(user).people_in(household)
        return self.exclude(person__in=hidden) if hidden else self

    def within(self, compartments: Collection[Compartment]) -> Self:
        """Findings of the given compartments alone."""
        return self.filter(compartment__in=compartments)
