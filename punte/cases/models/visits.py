"""Visits that are planned, and the calendar through which somebody carries theirs along."""

import datetime as dt
import hashlib
from typing import Self

from django.db import models
from django.utils import timezone

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.cases.enums import VisitStatus
from punte.cases.models.case import Case
from punte.cases.models.work import Intervention
from punte.kernel.among import among
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.people.models import Household

USUAL_MINUTES = 60
"""How long a visit takes of which nobody said how long."""


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User) -> Self:
        """Those of cases that the account sees, and those to a household before there is a case, as it sees that."""
        of_case = models.Q(among(Case.objects.visible_to(user), "case"))
        before = models.Q(among(Household.objects.visible_to(user), "household"), case=None)
        return self.filter(of_case | before)

    def planned(self) -> Self:
        """Those that still are to take place."""
        return self.filter(status=VisitStatus.PLANNED)

    def in_order(self) -> Self:
        """By day and hour; on a day, those without an hour come last."""
        return self.order_by("day", models.F("hour").asc(nulls_last=True), "pk")


class Visit(Record):
    """A home visit that somebody means to make: day and hour as the clock on the wall shows them.

    Attributes:
        case: empty for a visit to a household for which there is no case yet.
        keeper: whose record it is, copied, so that the week of a team is read from one index.
        minutes: about how long.
        purpose: why; it belongs to the part of the record that `compartment` names.
        reason: why it was moved or did not take place.
        moved_to: the visit that took its place.
        intervention, assessment: what was recorded of it once it had taken place.
    """

    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="visits")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="visits")
    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    who = models.ForeignKey(User, on_delete=models.PROTECT, related_name="visits", db_index=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    hour = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    purpose = EncryptedTextField()
    compartment = models.CharField(max_length=10, choices=Compartment, default=Compartment.GENERAL)
    status = models.CharField(max_length=10, choices=VisitStatus, default=VisitStatus.PLANNED)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    moved_to = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_from"
    )
    intervention = models.ForeignKey(
        Intervention, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits"
    )
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits"
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["day", "hour", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status=VisitStatus.PLANNED, settled_at=None, settled_by=None)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False)
                & ~models.Q(status=VisitStatus.PLANNED),
                name="what_became_of_a_visit_is_said_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(status=VisitStatus.MOVED, moved_to__isnull=False)
                | models.Q(moved_to=None) & ~models.Q(status=VisitStatus.MOVED),
                name="a_moved_visit_leads_to_another",
            ),
        ]
        indexes = [
            models.Index(fields=["who", "day"], name="visits_of_worker"),
            models.Index(fields=["keeper", "day"], name="visits_of_keeper"),
        ]

    @property
    def is_planned(self) -> bool:
        """Whether it still is to take place."""
        return self.status == VisitStatus.PLANNED

    @property
    def begins_at(self) -> dt.datetime | None:
        """The moment at which it begins; None without an hour.

        In the night when the clocks change an hour that is there twice is the first, and one that is not there the
        moment at which the clock would have shown it.
        """
        if self.hour is None:
            return None
        return timezone.make_aware(dt.datetime.combine(self.day, self.hour)).astimezone(dt.UTC)

    @property
    def ends_at(self) -> dt.datetime | None:
        """The moment at which it is over, as long as it takes whatever the clocks do; None without an hour."""
        begins = self.begins_at
        return begins + dt.timedelta(minutes=self.minutes or USUAL_MINUTES) if begins else None


class CalendarFeed(Record):
    """The address at which a calendar asks for the visits of one account. Only a digest of its secret is kept: it has
    256 random bits, so a slow hash adds nothing."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)

    @staticmethod
    def digest_of(token: str) -> str:
        """The digest by which a secret is known again."""
        return hashlib.sha256(token.encode()).hexdigest()

    @classmethod
    def opened_by(cls, token: str) -> User | None:
        """Whose visits a secret opens; nobody's, if the account is closed."""
        feed = cls.objects.filter(digest=cls.digest_of(token)).select_related("user").first()
        return feed.user if feed and feed.user.is_open else None
