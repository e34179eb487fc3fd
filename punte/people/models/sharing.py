"""One institution lets another read parts of a household's record."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record, during
from punte.organizations.models import Organization
from punte.people.enums import SharedPart, SharingState
from punte.people.models.consents import Consent
from punte.people.models.households import Household
from punte.people.models.seals import PersonSeal
from punte.people.purposes import ground_in_words

READ_SHARED = (Capability.SEE_TEAM_CASES, Capability.ANSWER_REFERRALS)
"""Who reads what others let their institution read."""


class SharingQuerySet(models.QuerySet["Sharing"]):
    """What is shared, by whether it stands and who reads it."""

    def open_behind(self) -> Self:
        """Those of households where nothing and nobody is sealed."""
        # Two questions, each with an index: with an “or” between them all seals are read for each row.
        home, now = OuterRef("household"), during(timezone.localdate(), "person__memberships__")
        living = PersonSeal.objects.filter(now, person__memberships__household=home, end=None)
        lived = PersonSeal.objects.filter(stood__household=home, end=None)
        return self.filter(~Exists(living), ~Exists(lived), household__sealed=False)

    def standing(self, day: dt.date) -> Self:
        """Those by which something may be read on a day."""
        agreed = Consent.objects.standing(day).values("pk")
        granted = self.open_behind().filter(state=SharingState.GRANTED, start__lte=day, until__gte=day)
        return granted.filter(Q(consent=None) | Q(consent__in=agreed))

    def read_by(self, user: User) -> Self:
        """Those by which the account reads today: who sees people and cases where it is read, and partners there."""
        standing = user.standing
        works_for = frozenset().union(*map(standing.organizations, READ_SHARED))
        return self.standing(timezone.localdate()).filter(organization__in=works_for)


class Sharing(Record):
    """Parts of a household's record that another institution asks for, or is given, to read for a while.

    `household` is what is read; `own_household` the record that the reading institution keeps of the same people, where
    it has one. `parts` and `until` are what was asked for, and once granted what was granted, never more. Between
    `consent` and `ground`, one says by which right.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="sharings")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    own_household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.CASCADE, related_name="sharings_asked"
    )
    parts = models.JSONField(default=list)
    what_for = EncryptedTextField()
    consent = models.ForeignKey(
        Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="sharings"
    )
    ground = models.CharField(max_length=40, blank=True)
    start = models.DateField(null=True, blank=True)
    until = models.DateField()
    state = models.CharField(max_length=10, choices=SharingState)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = EncryptedTextField()
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = EncryptedTextField()

    objects = SharingQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "organization"],
                condition=Q(state=SharingState.GRANTED),
                name="one_sharing_granted_to_an_institution",
            ),
            models.UniqueConstraint(
                fields=["household", "organization"],
                condition=Q(state=SharingState.ASKED),
                name="one_sharing_asked_by_an_institution",
            ),
            models.CheckConstraint(
                condition=Q(consent=None) | Q(ground=""), name="a_sharing_rests_on_a_consent_or_on_a_law"
            ),
            models.CheckConstraint(
                condition=~Q(consent=None, ground=""), name="a_sharing_rests_on_something"
            ),
            models.CheckConstraint(
                condition=~Q(state=SharingState.GRANTED) | Q(start__isnull=False),
                name="what_is_shared_is_shared_since_a_day",
            ),
        ]

    @property
    def parts_named(self) -> list[str]:
        """What may be read, in words, in the order of the record."""
        return [str(part.label) for part in SharedPart if part in self.parts]

    @property
    def ground_named(self) -> str:
        """The law that it rests on, in words; empty where it rests on a consent."""
        return ground_in_words(self.ground) if self.ground else ""

    @property
    def is_asked(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == SharingState.ASKED

    @property
    def is_granted(self) -> bool:
        """Whether it was granted and nobody ended it; whether it still stands, `standing` says."""
        return self.state == SharingState.GRANTED
