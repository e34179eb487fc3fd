"""The numbers of seed 000 in the demonstration."""

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.cases.models import Case
from punte.demonstration.infield import _women
from punte.demonstration.staff import Keeper
from tests.factories import HouseholdFactory, OrganizationFactory, TeamFactory, UatFactory, family, worker

pytestmark = pytest.mark.django_db


def test_fifteen_women_are_told_of_though_their_homes_were_never_visited() -> None:
    town = OrganizationFactory()
    team = TeamFactory(organization=town)
    city = Keeper(town, UatFactory(), 1.0, [team], [(worker(Role.CASE_MANAGER, team=team), team)])
    for _number in range(15):
        [woman] = family(34, household=HouseholdFactory(keeper=town))
        woman.sex = "f"
        woman.save()
    told = list(_women(city, timezone.localdate()))
    assert len(told) == Case.objects.filter(sealed=True).count() == 15
