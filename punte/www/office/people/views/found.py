"""What the search box finds, of every kind: what the account reads of it, and no more."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.models import Case
from punte.directory.models import Service
from punte.directory.services.called import (
    organizations_called,
    organizations_of_code,
    organizations_of_phone,
    services_called,
    services_of_phone,
)
from punte.organizations.models import Organization
from punte.people.identity import looks_like_cnp
from punte.people.models import Household
from punte.people.places import folded_phone, looks_like_phone, names_a_street, phone_digits
from punte.people.search import (
    FoundPerson,
    find_people,
    households_at,
    households_of_phone,
    people_of_phone,
)
from punte.petitions.models import Petition

MOST_PEOPLE = 20
_MOST = 8
_FIRST_YEAR = 2000
_NUMBER = re.compile(r"(?:(?P<before>\d{4})\s*/\s*)?0*(?P<number>\d{1,6})(?:\s*/\s*(?P<after>\d{4}))?")


@dataclass
class Found:
    """What was found, each kind best first.

    Attributes:
        exact: whether it was asked for by a number or a code: one thing alone is then what was meant.
    """

    people: Sequence[FoundPerson] = ()
    households: Sequence[Household] = ()
    cases: Sequence[Case] = ()
    petitions: Sequence[Petition] = ()
    services: Sequence[Service] = ()
    organizations: Sequence[Organization] = field(default=())
    exact: bool = False

    @property
    def nothing(self) -> bool:
        """Whether nothing was found."""
        return not self._addresses()

    @property
    def only(self) -> str:
        """The address of the one thing of a number or a code; empty where there are more, or none."""
        addresses = self._addresses()
        return addresses[0] if self.exact and len(addresses) == 1 else ""

    def _addresses(self) -> list[str]:
        return [
            *(reverse("person", args=[one.person.pk]) for one in self.people),
            *(reverse("household", args=[one.pk]) for one in self.households),
            *(reverse("case", args=[one.pk]) for one in self.cases),
            *(reverse("petition", args=[one.pk]) for one in self.petitions),
            *(reverse("service", args=[one.pk]) for one in self.services),
            *(page_of(one) for one in self.organizations),
        ]


def page_of(organization: Organization) -> str:
    """The address of an institution, with who answers there and its services."""
    return reverse("institution", args=[organization.pk])


def look_for(user: User, text: str) -> Found:
    """Find what a text may mean: a CNP, the number of a case or a petition, a phone, a fiscal code; else words."""
    sees_people = user.standing.may(Capability.SEE_PEOPLE)
    if looks_like_cnp(text):
        return Found(people=find_people(user, text) if sees_people else (), exact=True)
    found = Found(exact=True)
    _by_number(user, text, found)
    if looks_like_phone(text):
        _by_phone(user, text, found)
    found.organizations = [*found.organizations, *organizations_of_code(text, _MOST)]
    return _by_words(user, text) if found.nothing and re.search(r"[^\W\d_]", text) else found


def _by_number(user: User, text: str, found: Found) -> None:
    said = _NUMBER.fullmatch(text.strip())
    if said is None or (said["before"] and said["after"]):
        return
    year = said["before"] or said["after"]
    years = [int(year)] if year else list(range(_FIRST_YEAR, timezone.localdate().year + 1))
    number = int(said["number"])
    # A case is written 2026/0007 and a petition 7/2026: who wrote one does not mean the other, where there is such one.
    if not said["after"]:
        found.cases = _cases(user, number, years)
    if not (said["before"] and found.cases):
        found.petitions = list(
            Petition.objects.numbered(user, number, years).select_related("organization")[:_MOST]
        )
    if said["after"] and not found.petitions:
        found.cases = _cases(user, number, years)


def _cases(user: User, number: int, years: Sequence[int]) -> list[Case]:
    cases = Case.objects.numbered(user, number, years)
    return list(cases.select_related("household__uat", "responsible", "keeper")[:_MOST])


def _by_phone(user: User, text: str, found: Found) -> None:
    digits = phone_digits(text)

    def is_meant(phone: str) -> bool:
        return folded_phone(phone).startswith(digits)

    found.people = people_of_phone(user, text, _MOST)
    found.households = households_of_phone(user, text, _MOST)
    found.services = services_of_phone(is_meant, _MOST)
    found.organizations = organizations_of_phone(is_meant, _MOST)


def _by_words(user: User, text: str) -> Found:
    found = Found(services=services_called(text, _MOST), organizations=organizations_called(text, _MOST))
    if not user.standing.may(Capability.SEE_PEOPLE):
        return found
    found.people = find_people(user, text, limit=MOST_PEOPLE)
    named = list(Household.objects.kept_and_named(user, text, _MOST))
    is_address = names_a_street(text) or not (named or found.people)
    there = households_at(user, text, _MOST) if is_address else []
    found.households = list(dict.fromkeys([*named, *there]))
    return found
