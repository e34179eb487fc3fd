"""A household or a person, open before one account, and a page with one form about them."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise

from punte.accounts.enums import Capability
from punte.people.asked import Asked
from punte.people.models import Household, Person
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn, fetched
from punte.www.frame.form_page import FormPage
from punte.www.frame.record_page import RecordPage


@dataclass
class PeoplePage(RecordPage, ABC):
    """A record of people, with the way back to it."""

    folder = "office_people"

    @property
    @abstractmethod
    def name(self) -> str:
        """What the record is called."""

    @property
    @abstractmethod
    def url(self) -> str:
        """Where the record is."""

    def ask(self, form: FormPage, title: str | Promise, what: str = "", **words: Any) -> HttpResponse:
        """A page that is one form about the record; `what` names it for the trail, where it tells something."""
        if what:
            self.read(what)
        return form.ask(title, back=self.url, back_to=self.name, **words)


@dataclass
class HouseholdPage(PeoplePage):
    """One household."""

    household: Household

    @classmethod
    def open(cls, request: SignedIn, pk: UUID, *, to: Capability | None = None) -> Self:
        """A household in sight of the account, or 404; 403 for who may not do this where it is kept."""
        return cls(request, fetched(_household(request.user, pk=pk))).only(to=to)

    @property
    def about(self) -> dict[str, Any]:
        """The household as the trail names it."""
        return {"keeper": self.household.keeper_id, "household": self.household.pk}

    @property
    def name(self) -> str:
        """The name of the household."""
        return self.household.name

    @property
    def url(self) -> str:
        """The page of the household."""
        return reverse("household", args=[self.household.pk])


@dataclass
class PersonPage(PeoplePage):
    """One person."""

    person: Person

    @classmethod
    def open(cls, request: SignedIn, pk: UUID, *, to: Capability | None = None) -> Self:
        """A person in sight of the account, or 404; 403 for who may not do this where the record is kept.

        Who comes by a file that was joined is shown the kept one.
        """
        user = request.user
        found = fetched(_person(user, pk=pk) or _person(user, pk=Person.everyone.kept_key(pk)))
        return cls(request, hidden_from(user).person(found)).only(to=to)

    @property
    def about(self) -> dict[str, Any]:
        """The person as the trail names them."""
        return {"keeper": self.person.keeper_id, "person": self.person.pk}

    @property
    def name(self) -> str:
        """The name of the person."""
        return str(self.person)

    @property
    def url(self) -> str:
        """The page of the person."""
        return reverse("person", args=[self.person.pk])

    @property
    def home(self) -> Household | None:
        """The household where the person lives today, if it is in sight."""
        return next(iter(_home(self.user, person=self.person.pk)), None)


_household = Asked(
    lambda user, pk: (
        Household.objects.visible_to(user)
        .filter(pk=pk)
        .select_related("uat__county", "community", "keeper__uat")
    )
)
_person = Asked(lambda user, pk: Person.objects.visible_to(user).filter(pk=pk).select_related("keeper"))
_home = Asked(
    lambda user, person: Household.objects.visible_to(user).filter(
        pk__in=hidden_from(user).living().filter(person=person).values("household")
    )[:1]
)
