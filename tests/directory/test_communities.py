"""Marginalised communities are named by the institutions in whose territory they lie."""

from typing import Any

import pytest

from punte.accounts.enums import Role
from punte.directory.actions.communities import add_community, change_community
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.enums import OrganizationKind
from tests.factories import HouseholdFactory, OrganizationFactory, UatFactory, worker

pytestmark = pytest.mark.django_db


def test_a_community_is_named_once_and_has_its_place() -> None:
    hall = OrganizationFactory()
    administrator = worker(Role.ADMINISTRATOR, organization=hall)
    given: dict[str, Any] = {"uat": hall.uat, "name": "Pe Deal", "source": "SDL 2024", "point": (46.77, 23.6)}
    made = add_community(by=administrator, **given)
    assert (made.latitude, made.longitude) == (46.77, 23.6)
    with pytest.raises(DomainError, match="are deja o comunitate"):
        add_community(by=administrator, **{**given, "name": "PE DEAL"})
    HouseholdFactory(keeper=hall, uat=hall.uat, community=made)
    elsewhere = UatFactory(county=hall.uat.county)
    with pytest.raises(DomainError, match="rămâne în UAT-ul ei"):
        change_community(by=administrator, community=made, **{**given, "uat": elsewhere})
    change_community(by=administrator, community=made, **{**given, "name": "Dealul Mic", "point": None})
    made.refresh_from_db()
    assert (made.name, made.latitude) == ("Dealul Mic", None)


def test_a_town_hall_names_those_of_its_own_uat_and_a_directorate_those_of_the_county() -> None:
    hall, other = OrganizationFactory(), OrganizationFactory()
    county = OrganizationFactory(kind=OrganizationKind.COUNTY_DIRECTORATE)
    given: dict[str, Any] = {"uat": hall.uat, "name": "Pe Deal", "source": "SDL 2024", "point": None}
    for house in (other, OrganizationFactory(kind=OrganizationKind.NGO, uat=hall.uat)):
        with pytest.raises(NotAllowed):
            add_community(by=worker(Role.ADMINISTRATOR, organization=house), **given)
    made = add_community(by=worker(Role.PLANNER, organization=county), **given)
    stranger = worker(Role.COORDINATOR, organization=other)
    with pytest.raises(NotAllowed):
        change_community(by=stranger, community=made, **{**given, "uat": other.uat})
