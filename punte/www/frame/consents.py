"""What a household, or a person, agreed to: shown beside their record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from punte.accounts.models import User
from punte.people.actions.consents import may_record_consent
from punte.people.asked import Asked
from punte.people.compartments import compartments_of, compartments_of_people
from punte.people.models import Consent, Household, Person

_MOST_SHOWN = 60


@dataclass(frozen=True)
class ConsentPanel:
    """The consents that stand, those that are over or withdrawn, and where a new one is recorded."""

    standing: list[Consent]
    over: list[Consent]
    new_url: str


def consents_of_household(user: User, household: Household, people: Collection[UUID]) -> ConsentPanel:
    """What a household agreed to, and who lives there today."""
    read = sorted(compartments_of(user, household))
    found = _of_household(user, household=household.pk, people=people, compartments=read) if read else []
    return _panel(user, household, found, reverse("household_consent", args=[household.pk]))


def consents_of_person(user: User, person: Person) -> ConsentPanel:
    """What a person agreed to."""
    read = sorted(compartments_of_people(user, [person])[person.pk])
    found = _of_person(user, person=person.pk, compartments=read) if read else []
    return _panel(user, person, found, reverse("person_consent", args=[person.pk]))


def reads_consent(user: User, consent: Consent) -> bool:
    """Whether an account that sees whose consent it is reads the part of the record that it belongs to."""
    if consent.household is not None:
        return consent.compartment in compartments_of(user, consent.household)
    return consent.person is not None and any(
        consent.compartment in read for read in compartments_of_people(user, [consent.person]).values()
    )


def _known(user: User, about: Q, compartments: Collection[str]) -> QuerySet[Consent]:
    rows = Consent.objects.known_to(user).filter(about, compartment__in=[str(one) for one in compartments])
    named = rows.select_related("organization", "person")
    return named.defer("person__cnp", "person__ethnicity")[:_MOST_SHOWN]


_of_household = Asked(
    lambda user, household, people, compartments: _known(
        user, Q(household=household) | Q(person__in=people), compartments
    )
)
_of_person = Asked(lambda user, person, compartments: _known(user, Q(person=person), compartments))


def _panel(user: User, subject: Any, found: Sequence[Consent], new_url: str) -> ConsentPanel:
    return ConsentPanel(
        standing=[one for one in found if one.stands],
        over=[one for one in found if not one.stands],
        new_url=new_url if may_record_consent(user, subject) else "",
    )
