"""What groups keep besides who came: a day centre's day, what a leader observed, courses, students and volunteers."""

from typing import Self

from django.db import models
from django.db.models import Q

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.models import Case
from punte.gatherings.enums import ContactMode, PlacementKind, PresenceState
from punte.gatherings.models.meetings import Meeting, Presence, Series
from punte.gatherings.models.who import Who, somebody
from punte.kernel.among import among
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, PeriodQuerySet, Record
from punte.organizations.models import Contact, Organization
from punte.people.models import Person
from punte.people.sight import hidden_from


class DayNote(Record):
    """A child's day in a day centre: when they came and left, what they ate, what was spoken with a parent.

    Attributes:
        meals: keys of content.
        spoke_with, spoke_how, spoke_of: the morning contact with a parent: who, how, what about.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="day_notes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    arrived = models.TimeField(null=True, blank=True)
    left = models.TimeField(null=True, blank=True)
    meals = models.JSONField(default=list)
    spoke_with = EncryptedTextField()
    spoke_how = models.CharField(max_length=10, choices=ContactMode, blank=True)
    spoke_of = EncryptedTextField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="a_day_of_a_child_is_noted_once")
        ]


class Handover(Record):
    """A child was handed over on the way between home, the centre and the school: by whom, to whom, when."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="handovers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.TimeField()
    handed_by = EncryptedTextField()
    handed_to = EncryptedTextField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "created_at", "id"]


class Contradiction(Record):
    """What a device without a signal said of somebody whom a colleague had marked otherwise meanwhile.

    The colleague's mark stands until somebody chooses; `said_at` is when the other came up.
    """

    presence = models.ForeignKey(Presence, on_delete=models.CASCADE, related_name="contradictions")
    state = models.CharField(max_length=10, choices=PresenceState)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["presence", "said_by"],
                condition=Q(settled_at=None),
                name="one_says_otherwise_once_until_it_is_settled",
            )
        ]


class ObservationQuerySet(models.QuerySet["Observation"]):
    """What leaders observed, by who may read it."""

    def addressed_to(self, user: User) -> Self:
        """Of cases that the account sees; without a case, for who gives work to others there."""
        leads = user.standing.organizations(Capability.ASSIGN)
        of_case = Q(among(Case.objects.visible_to(user), "case"))
        # That a sealed person comes to a group is nothing for who is outside the circle.
        hidden = list(hidden_from(user).people)
        return self.filter(of_case | (Q(case=None, keeper__in=leads) & ~Q(person__in=hidden)))

    def visible_to(self, user: User) -> Self:
        """Besides those, what the account wrote itself."""
        own = Observation.objects.filter(by=user)
        return self.filter(Q(pk__in=Observation.objects.addressed_to(user).values("pk")) | Q(pk__in=own))


class Observation(Record):
    """What a leader saw and tells the case of the person, by a deed of its own; never part of the group's note.

    Whoever wrote it never learns whether there is a case: `case` and what became of it are of its team.
    """

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="observations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="observations"
    )
    words = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["case", "read_at"], name="observations_of_case")]


class TrainingPlace(Who):
    """Somebody has a place in a training, of a category of staff; `certificate` is its number."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="training_places")
    category = models.CharField(max_length=40)
    certificate = EncryptedTextField()
    certified_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            somebody("a_training_place_is_somebodys"),
            models.UniqueConstraint(
                fields=["series", "user"], name="a_colleague_is_trained_once_in_a_course"
            ),
        ]

    @property
    def called(self) -> str:
        """Their name."""
        return self.user.name if self.user is not None else self.name


class Subscription(Period):
    """A contact of an institution receives a newsletter for a while; `agreed_on` is when they asked for it."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="subscriptions")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField()

    class Meta(Period.Meta):
        ordering = ["start", "id"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["series", "contact"], condition=Q(end=None), name="nobody_subscribes_twice"
            ),
        ]


class PlacementQuerySet(PeriodQuerySet["Placement"]):
    """Students and volunteers, by who may read of them."""

    def visible_to(self, user: User) -> Self:
        """Those of institutions where the account calls meetings, and its own."""
        keepers = user.standing.organizations(Capability.MEET)
        return self.filter(Q(keeper__in=keepers) | Q(supervisor=user) | Q(user=user))


class Placement(Period, Who):  # type: ignore[misc]
    """A student or a volunteer works here for a while under a supervisor.

    Attributes:
        sent_by: the university or the association.
        hours: how many were agreed.
        evaluation: what the supervisor says at the end.
    """

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="placements")
    kind = models.CharField(max_length=10, choices=PlacementKind)
    sent_by = EncryptedTextField()
    supervisor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    tasks = EncryptedTextField()
    evaluation = EncryptedTextField()
    evaluated_at = models.DateTimeField(null=True, blank=True)

    objects = PlacementQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Period.Meta):
        ordering = ["-start", "id"]
        constraints = [*Period.Meta.constraints, somebody("a_placement_is_somebodys")]

    @property
    def called(self) -> str:
        """Their name."""
        return self.user.name if self.user is not None else self.name


class PlacementDay(Record):
    """What a student or a volunteer did on a day, and for how long; never whom it was about."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    activity = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-day", "id"]
