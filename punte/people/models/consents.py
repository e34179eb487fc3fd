"""What people agreed to."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, PeriodQuerySet
from punte.kernel.today import today
from punte.organizations.models import Organization
from punte.people.enums import ConsentGiver, ConsentWay
from punte.people.models.households import Household
from punte.people.models.people import Membership, Person
from punte.people.purposes import purpose_in_words
from punte.people.sight import hidden_from, team_households


class ConsentQuerySet(PeriodQuerySet["Consent"]):
    """Consents, by who may read them and whether they stand."""

    def visible_to(self, user: User) -> Self:
        """Those of whom the account sees, as `known_to`."""
        homes, people = Household.objects.visible_to(user), Person.objects.visible_to(user)
        return self.known_to(user).filter(Q(household__in=homes) | Q(person__in=people))

    def known_to(self, user: User) -> Self:
        """Of households and people that the account sees, what it may read: whether it sees them is not asked again.

        Of who is sealed, or of a sealed household, what it wrote itself; the circle reads all of them.
        """
        team = team_households(user)
        shut_home = Household.objects.filter(pk=OuterRef("household"), sealed=True).exclude(pk__in=team)
        lives = Membership.objects.filter(person=OuterRef("person"), household__sealed=True)
        hidden = Q(person__in=list(hidden_from(user).people))
        shown = ~Exists(shut_home) & ~Exists(lives.exclude(household__in=team)) & (Q(person=None) | ~hidden)
        return self.filter(Q(by=user) | shown)

    def standing(self, day: dt.date) -> Self:
        """Those given by a day, not over and not withdrawn on it."""
        return self.on(day).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day))


class Consent(Period):
    """A person or a household agreed to something, from a day until another unless withdrawn before.

    Never changed but by its withdrawal. `organization` is for whom, `receiver` the same in words where it is nobody
    whom Punte knows.
    """

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="consents")
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.CharField(max_length=40)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    receiver = EncryptedTextField()
    compartment = models.CharField(max_length=10, choices=Compartment, default=Compartment.GENERAL)
    way = models.CharField(max_length=12, choices=ConsentWay, blank=True)
    giver = models.CharField(max_length=20, choices=ConsentGiver, blank=True)
    given_by = EncryptedTextField()
    note = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = EncryptedTextField()
    withdrawn_why = EncryptedTextField()
    withdrawal_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ConsentQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Period.Meta):
        ordering = ["-start", "-id"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(household=None, person__isnull=False) | Q(household__isnull=False, person=None),
                name="a_consent_is_of_a_person_or_a_household",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=models.F("start")),
                name="a_consent_is_withdrawn_once_given",
            ),
        ]

    @property
    def purpose_named(self) -> str:
        """What it is for, in words."""
        return purpose_in_words(self.purpose)

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it was meant to hold."""
        return self.end - dt.timedelta(days=1) if self.end else None

    @property
    def stands(self) -> bool:
        """Whether it holds today."""
        return self.stands_on(today())

    def stands_on(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        return self.holds_on(day) and (self.withdrawn_on is None or day < self.withdrawn_on)
