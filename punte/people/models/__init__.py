"""People and the households they live in, through time; how they are found again."""

from punte.people.models.consents import Consent
from punte.people.models.dwellings import Dwelling, DwellingQuerySet, Residence
from punte.people.models.households import Household, HouseholdQuerySet, HouseholdSight
from punte.people.models.names import NameSlip, NameToken, PersonName, PersonNamePair
from punte.people.models.pairs import LikelyPair, PersonJoin
from punte.people.models.people import (
    IdentityDocument,
    Kinship,
    Membership,
    MembershipQuerySet,
    OtherName,
    PeopleOnFile,
    Person,
    PersonQuerySet,
)
from punte.people.models.registers import RegisterImport, TakenRow
from punte.people.models.requests import SubjectRequest, SubjectRequestQuerySet
from punte.people.models.seals import EmergencyRequest, PersonSeal
from punte.people.models.sharing import Sharing, SharingQuerySet

__all__ = [
    "Consent",
    "Dwelling",
    "DwellingQuerySet",
    "EmergencyRequest",
    "Household",
    "HouseholdQuerySet",
    "HouseholdSight",
    "IdentityDocument",
    "Kinship",
    "LikelyPair",
    "Membership",
    "MembershipQuerySet",
    "NameSlip",
    "NameToken",
    "OtherName",
    "PeopleOnFile",
    "Person",
    "PersonJoin",
    "PersonName",
    "PersonNamePair",
    "PersonQuerySet",
    "PersonSeal",
    "RegisterImport",
    "Residence",
    "Sharing",
    "SharingQuerySet",
    "SubjectRequest",
    "SubjectRequestQuerySet",
    "TakenRow",
]
