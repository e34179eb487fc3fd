"""A county with its directorate, a commune and a family, and the programmes of the product taken in."""

from typing import Any

from punte.accounts.enums import Role
from punte.programmes.actions import load_programme
from punte.programmes.models import Programme
from punte.programmes.reading import programme_folders, read_programme
from tests.factories import HouseholdFactory, OrganizationFactory, family, worker


def loaded(key: str, organization: Any) -> Programme:
    """A programme of the product, taken in."""
    return load_programme(read_programme(programme_folders()[key]), organization=organization)[0]


class Place:
    """A directorate, and a town hall of its county."""

    def __init__(self) -> None:
        self.directorate = OrganizationFactory(kind="county_directorate", name="DGASPC Exemplu")
        self.county = worker(Role.COUNTY_METHODOLOGIST, organization=self.directorate)
        self.house = OrganizationFactory()
        self.planner = worker(Role.PLANNER, organization=self.house)
        self.worker = worker(Role.CASE_MANAGER, organization=self.house)
        self.home = HouseholdFactory(keeper=self.house)
        self.mother, self.child = family(31, 8, household=self.home)
