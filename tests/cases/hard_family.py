"""A family of five with much amiss: as much as a worker meets at one door."""

from dataclasses import dataclass
from typing import Any

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.cases.actions import open_case
from punte.cases.models import Case
from punte.organizations.models import Organization
from punte.people.models import Household, Person
from tests.cases.conftest import assessed
from tests.factories import HouseholdFactory, OrganizationFactory, TeamFactory, family, worker

OF_THE_HOUSEHOLD = ("VFV_01", "VFV_02", "VGS_02", "VSV_01", "VLP_01", "VLP_02")
OF_EACH = (
    ("VAI_02", "VSA_01", "VSA_02", "VEA_01", "VCR_06"),
    ("VNS_01", "VSG_01", "VSA_02", "VDH_02"),
    ("VEC_05", "VFC_02", "VAI_02", "VSC_08", "VFC_06", "LEVEL_SEVERE"),
    ("VEC_03", "VFC_02", "VSA_02", "VSC_01", "VSC_08", "VFC_06", "LEVEL_SEVERE"),
    ("VAI_01", "VFC_02", "VSA_02", "VSC_01", "VEC_01", "VSC_04", "VFC_06", "LEVEL_SEVERE"),
)
"""Of the mother, the grandmother, the girl of 15, the boy of 9 and the baby."""
_NAMES = ("Maria", "Floarea", "Mara", "Rareș", "Luca")


@dataclass
class HardFamily:
    """The family, its case, and who works there: a nurse in the team, a school mediator elsewhere in the town hall."""

    organization: Organization
    worker: User
    nurse: User
    mediator: User
    household: Household
    people: list[Person]
    assessment: Assessment
    case: Case


def hard_family(**names: Any) -> HardFamily:
    """Assessed, with a case open and no plan yet."""
    organization = OrganizationFactory(name="Primăria Comunei Exemplu")
    team = TeamFactory(organization=organization)
    author = worker(team=team, name="Ana Exemplu", **names)
    home = HouseholdFactory(keeper=organization, name="Mesteacăn")
    people = family(34, 71, 15, 9, 0, household=home)
    for person, given_name in zip(people, _NAMES, strict=True):
        person.family_name, person.given_name = "Mesteacăn", given_name
        person.save()
    found: list[tuple[Person | None, str]] = [(None, code) for code in OF_THE_HOUSEHOLD]
    found += [(person, code) for person, codes in zip(people, OF_EACH, strict=True) for code in codes]
    assessment = assessed(home, author, found)
    case = open_case(by=author, household=home, regime="intensive", reason="Sesizare de la școală")
    nurse = worker(Role.COMMUNITY_NURSE, team=team, name="Elena Câmpan")
    mediator = worker(Role.SCHOOL_MEDIATOR, organization=organization, name="Dan Sălăjan")
    return HardFamily(organization, author, nurse, mediator, home, people, assessment, case)
