"""What institutions confirm, what was reckoned, and the applications that residents began."""

from typing import Self

from django.db import models

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.accounts.models import User
from punte.benefits.enums import ApplicationState
from punte.kernel.among import among_few
from punte.kernel.constraints import NoOverlap
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, Record
from punte.organizations.models import Organization
from punte.people.models import Household, Membership, Person
from punte.people.sight import hidden_from
from punte.registers.models import Entry


class Confirmation(Period):
    """A sum, a threshold or an entitlement of which nobody read the law holds in an institution: by whom, and why."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=40)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_reason = EncryptedTextField()

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(name="one_confirmation_of_a_value_at_a_time", key=["organization", "what"]),
        ]


class SeemingQuerySet(models.QuerySet["Seeming"]):
    def visible_to(self, user: User) -> Self:
        """What the account may know of the households that its institutions keep, by the compartments it reads there.

        Nothing of a household where somebody lives, or lived when sealed, in whose circle the account is not: who is
        counted there would tell. The page of its case reckons by what the account sees.
        """
        standing = user.standing
        keepers = standing.organizations(Capability.SEE_PEOPLE)
        reads = models.Q(pk=None)
        for keeper in sorted(keepers):
            reads |= models.Q(keeper=keeper, compartment__in=sorted(standing.compartments(keeper)))
        hidden = hidden_from(user)
        seen = self.filter(reads, household__keeper__in=keepers).exclude(household__in=hidden.households)
        if not hidden.people:
            return seen
        behind = models.Q(person__in=list(hidden.people))
        shut = Membership.objects.filter(person__in=list(hidden.people))
        return seen.exclude(behind).exclude(among_few(shut, "household", by="household"))


class Seeming(models.Model):
    """An entitlement that a household or a person seems to have and does not; reckoned anew each night.

    `amount` is in lei; where it cannot be worked out `least` and `most` may be known.
    """

    is_made_anew = True

    keeper = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+", db_index=False)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    entitlement = models.CharField(max_length=40)
    compartment = models.CharField(max_length=10, choices=Compartment)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    least = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    most = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    reckoned_on = models.DateField()

    objects = SeemingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["keeper", "entitlement", "household"], name="seeming_by_entitlement")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(compartment__in=sorted(SEALED_COMPARTMENTS)),
                name="no_entitlement_tells_of_violence",
            )
        ]


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User) -> Self:
        """Those sent to the institutions where the account records people and households."""
        return self.filter(organization__in=user.standing.organizations(Capability.EDIT_PEOPLE))


class Application(Record):
    """What a resident began on the site: of which right, how they are reached, what they wrote. The desk finishes it.

    `once` tells a second press on Send from another application. After `erased_on` nothing of it names anybody.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    benefit = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=ApplicationState, default=ApplicationState.BEGUN)
    language = models.CharField(max_length=2, default="ro")
    code_digest = models.CharField(max_length=64, editable=False, db_index=True)
    once = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001 - unique where there is one
    name = EncryptedTextField()
    phone = EncryptedTextField()
    email = EncryptedTextField()
    address = EncryptedTextField()
    people = models.PositiveSmallIntegerField(null=True)
    text = EncryptedTextField()
    brought = models.JSONField(default=list)
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="applications")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_why = EncryptedTextField()
    erased_on = models.DateField(null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["organization", "state", "-created_at"], name="applications_by_state")
        ]
        constraints = [
            models.UniqueConstraint(fields=["once"], name="one_application_of_one_sending"),
            models.CheckConstraint(
                condition=~models.Q(state=ApplicationState.FINISHED)
                | models.Q(entry__isnull=False)
                | models.Q(erased_on__isnull=False),
                name="a_finished_application_is_in_the_register",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_on=None)
                | models.Q(name="", phone="", email="", address="", text="", ended_why=""),
                name="an_erased_application_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether the desk still has to finish it."""
        return self.ended_at is None
