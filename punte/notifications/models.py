"""How somebody's trouble comes to be known, from the first words to what was decided."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from punte.accounts.models import User
from punte.cases.models import Case
from punte.kernel.append_only import AppendOnly
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.notifications.content import content
from punte.notifications.enums import (
    OPEN,
    RESULTS,
    UNCHECKED,
    Certainty,
    Danger,
    Decision,
    EventKind,
    Level,
    MarkKind,
    NotificationState,
    PersonRole,
)
from punte.notifications.queries import NotificationQuerySet
from punte.organizations.models import Organization
from punte.people.models import Household, Person
from punte.petitions.models import Petition
from punte.territory.models import Community, Uat


class NotificationNumber(models.Model):
    """The last number that an institution's register of notifications gave in a year."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year"], name="one_register_of_notifications_per_year"
            )
        ]


class Notification(Record):
    """What somebody told of somebody, half known as it is.

    `recorded_by` is empty where it came by the site. `urgency` is what holds: `judged` where a person judged otherwise
    than the reasons, and says why. The term of the first check is `due_at`; once somebody was there, `checked_at`.
    `once` tells a second press from another notification. After `erased_on` nothing of it names anybody.
    """

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="notifications")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    received_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    from_organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="notifications_sent"
    )
    petition = models.ForeignKey(Petition, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    compartment = models.CharField(max_length=20)
    notifier_name = EncryptedTextField()
    notifier_phone = EncryptedTextField()
    notifier_quality = EncryptedTextField()
    anonymous = models.BooleanField(default=False)
    what = EncryptedTextField()
    where_found = EncryptedTextField()
    uat = models.ForeignKey(Uat, null=True, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey(Community, null=True, on_delete=models.PROTECT, related_name="+")
    danger_now = models.CharField(max_length=10, choices=Danger, default=Danger.UNKNOWN)
    reasons = models.JSONField(default=list)
    judged = models.PositiveSmallIntegerField(null=True, choices=Level)
    judged_why = EncryptedTextField()
    urgency = models.PositiveSmallIntegerField(choices=Level, default=Level.TERM)
    state = models.CharField(max_length=20, choices=NotificationState, default=NotificationState.RECEIVED)
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="notifications")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    assigned_to = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    due_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(
        max_length=20, choices=[(one.value, one.label) for one in RESULTS], blank=True, default=""
    )
    decision = models.CharField(max_length=20, choices=Decision, blank=True, default="")
    decided_why = EncryptedTextField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    sent_to = EncryptedTextField()
    package = models.JSONField(default=list)
    code_digest = models.CharField(max_length=64, editable=False, default="")
    once = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001 - unique where there is one
    erased_on = models.DateField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        indexes = [
            models.Index(
                F("state"), F("keeper"), F("urgency").desc(), F("due_at"), name="notifications_by_urgency"
            ),
            models.Index(fields=["assigned_to", "state"], name="notifications_given_to"),
            models.Index(fields=["keeper", "-year", "-number"], name="notifications_newest_first"),
            models.Index(fields=["from_organization", "-received_at"], name="notifications_of_partner"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["keeper", "year", "number"], name="one_notification_of_a_register_number"
            ),
            models.UniqueConstraint(fields=["once"], name="one_notification_of_one_sending"),
            models.CheckConstraint(
                condition=Q(anonymous=False) | Q(notifier_name="", notifier_phone=""),
                name="an_anonymous_notification_names_no_notifier",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(state=NotificationState.MERGED),
                name="a_notification_joined_to_another_says_so",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="a_notification_is_not_joined_to_itself",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | ~Q(decision="") & Q(decided_at__isnull=False),
                name="a_decision_on_a_notification_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def key(self) -> str:
        """By what it is chosen."""
        return f"notification:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be decided."""
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        """Whether the term of the first check has passed and nobody was there."""
        return self.runs and self.due_at is not None and self.due_at < timezone.now()

    @property
    def runs(self) -> bool:
        """Whether the term of the first check runs."""
        return self.state in UNCHECKED and self.checked_at is None

    @property
    def is_in_danger(self) -> bool:
        """Whether somebody is in danger now."""
        return self.danger_now == Danger.YES

    @property
    def is_about_violence(self) -> bool:
        """Whether its page can be left quickly."""
        return self.compartment != "general"

    @property
    def channel_named(self) -> str:
        """The way it came, in words."""
        return content().said("channels", self.channel)

    @property
    def kind_named(self) -> str:
        """What it is about, in words."""
        return str(content().kind(self.kind))

    @property
    def reasons_named(self) -> list[str]:
        """Why it is urgent, in words."""
        return [content().said("reasons", key) for key in self.reasons]

    @property
    def package_named(self) -> list[str]:
        """The papers that went with it, in words."""
        return [content().said("package", key) for key in self.package]

    @property
    def told_state(self) -> str:
        """Where it stands in the words for who told of it: nothing of what was found."""
        return content().said("states", self.state)


class NotifiedPerson(Record):
    """Somebody whom a notification is about, as far as known; `person` once a worker said who it is."""

    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="notifications")
    name = EncryptedTextField()
    age = models.PositiveSmallIntegerField(null=True)
    role = models.CharField(max_length=20, choices=PersonRole, default=PersonRole.CHILD)

    class Meta:
        ordering = ["created_at", "id"]


class NotifiedMark(models.Model):
    """By what a notification is found again without reading it: a keyed digest of a name, a phone, a place."""

    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=5, choices=MarkKind)
    mark = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["mark", "notification"], name="notifications_of_a_mark")]


class SoughtCase(Record):
    """The case behind a seal of which a notification seems to be; written for each, mostly of none.

    Only who works on the case ever knows; `ours` is what they answered.
    """

    notification = models.OneToOneField(Notification, on_delete=models.CASCADE, related_name="sought")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ours = models.BooleanField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # Of the few alone: an index that also held the empty ones would look as if each case had many.
            models.Index(fields=["case"], condition=Q(case__isnull=False), name="sought_cases")
        ]


class NotificationEvent(Record):
    """Something that happened with a notification; without `by`, who told of it did it."""

    notification = models.ForeignKey(Notification, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [AppendOnly(name="events_of_notifications_stay")]


class Dispatch(Record):
    """A mobile team on its way: who, when they left, arrived and were back, and what they found."""

    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="dispatches")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    users = models.ManyToManyField(User, related_name="dispatches")
    left_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    back_at = models.DateTimeField(null=True)
    found = EncryptedTextField()

    class Meta:
        ordering = ["left_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["notification"], condition=Q(back_at=None), name="one_team_on_its_way_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=None) | Q(arrived_at__gte=F("left_at")),
                name="a_team_arrives_after_it_left",
            ),
            models.CheckConstraint(
                condition=Q(back_at=None) | Q(back_at__gte=F("left_at")), name="a_team_is_back_after_it_left"
            ),
        ]


class NotifiedAbuse(Record):
    """A form of violence, abuse or neglect that a check suspected or confirmed."""

    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="abuse")
    kind = models.CharField(max_length=40)
    certainty = models.CharField(max_length=10, choices=Certainty)

    class Meta:
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["notification", "kind"], name="a_form_of_abuse_once")]

    @property
    def named(self) -> str:
        """In words."""
        return content().said("abuse", self.kind)


class HotlineCall(Record):
    """A call to a hot line: counted, and of nobody."""

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    line = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    minutes = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20)

    class Meta:
        ordering = ["-at", "id"]
        indexes = [models.Index(fields=["keeper", "-at"], name="calls_newest_first")]
