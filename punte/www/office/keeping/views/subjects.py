"""The household or person that a page here is about, as the account sees them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from punte.accounts.models import Appointment, User
from punte.organizations.models import Contact, Organization
from punte.people.models import Household, Person
from punte.www.frame.access import SignedIn, fetch


@dataclass(frozen=True)
class Subject:
    """Whom a page is about, and the way back to their record."""

    row: Household | Person
    url: str

    @property
    def name(self) -> str:
        """What the record is called."""
        return str(self.row)


def household_of(request: SignedIn, pk: UUID) -> Subject:
    """A household in sight of the account, or 404."""
    found = fetch(Household.objects.visible_to(request.user).select_related("keeper"), pk=pk)
    return Subject(found, reverse("household", args=[pk]))


def person_of(request: SignedIn, pk: UUID) -> Subject:
    """A person in sight of the account, or 404."""
    found = fetch(Person.objects.visible_to(request.user).select_related("keeper"), pk=pk)
    return Subject(found, reverse("person", args=[pk]))


def institutions_near(user: User, keeper: UUID) -> QuerySet[Organization]:
    """Institutions that work in Punte, or that the keeper brought in or has contacts at; not all of the directory."""
    at_work = Appointment.objects.current().values("organization")
    known = Contact.objects.filter(keeper=keeper).values("organization")
    near = Organization.objects.filter(Q(pk__in=at_work) | Q(pk__in=known) | Q(brought_by=keeper))
    return near.exclude(pk=keeper).order_by("name", "pk")
