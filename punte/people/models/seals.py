"""What keeps people safe, and what is asked for in an emergency."""

from typing import Self

from django.db import models

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.constraints import NoOverlap
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, Record
from punte.kernel.prepared import moment_of_asking
from punte.people.enums import (
    SightReason,
)
from punte.people.models.households import Household
from punte.people.models.people import Membership, Person
from punte.people.rules import EMERGENCY_IS_THE_TEAMS, EMERGENCY_LASTS


class PersonSeal(Period):
    """Where a person lives, and how they are reached, is known to a circle alone, for a while.

    Others see the membership that `stood` on the day of the seal, this phone and e-mail, and what they write.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seals")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    stood = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="stands_sealed")
    stood_end = models.DateField(null=True, blank=True)
    phone = EncryptedTextField()
    email = EncryptedTextField()
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_reason = EncryptedTextField()

    class Meta(Period.Meta):
        constraints = [*Period.Meta.constraints, NoOverlap(name="one_seal_of_a_person", key=["person"])]


class EmergencyRequestQuerySet(models.QuerySet["EmergencyRequest"]):
    """What was asked for in an emergency, by who answers it."""

    def waiting(self) -> Self:
        """Those that nobody answered yet, of the last day."""
        return self.filter(
            household__isnull=False, answered_at=None, created_at__gt=moment_of_asking() - EMERGENCY_LASTS
        )

    def answerable_by(self, user: User) -> Self:
        """Those that the account may answer: in the case team at once, who sees all cases of the keeper later.

        Nobody answers what they asked for themselves.
        """
        team = user.household_sights.current().filter(why=SightReason.CASE_TEAM).values("household")
        leads = models.Q(
            household__keeper__in=user.standing.organizations(Capability.SEE_ALL_CASES),
            created_at__lte=moment_of_asking() - EMERGENCY_IS_THE_TEAMS,
        )
        return self.waiting().filter(models.Q(household__in=team) | leads).exclude(by=user)


class EmergencyRequest(Record):
    """Somebody asked for a record in an emergency, at `created_at`; `household` is empty where nobody was found.

    What is not sealed opens at once and has no `answered_by`; the rest waits for the case team.
    """

    household = models.ForeignKey(
        Household, null=True, on_delete=models.CASCADE, related_name="emergency_requests"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="emergency_requests")
    reason = EncryptedTextField()
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    granted = models.BooleanField(default=False)

    objects = EmergencyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["household", "created_at"], name="requests_of_household")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | models.Q(answered_at__isnull=False),
                name="an_answer_has_its_hour",
            )
        ]
