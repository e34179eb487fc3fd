"""Meetings, once or in series: who is invited and was there, what was spoken of and decided, who does what."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from punte.accounts.enums import Capability, Compartment
from punte.accounts.models import User
from punte.cases.models import Case, PlannedService
from punte.directory.models import Service
from punte.gatherings.enums import (
    EnrolmentEnd,
    InvitationState,
    InvitedAs,
    ListKind,
    MeetingMode,
    MeetingState,
    PresenceState,
    TaskState,
)
from punte.gatherings.models.bodies import Body
from punte.gatherings.models.who import Who, somebody
from punte.kernel.among import among
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, PeriodQuerySet, Record
from punte.organizations.models import Organization
from punte.people.models import Consent, Person
from punte.territory.models import Uat


class SeriesQuerySet(PeriodQuerySet["Series"]):
    """Series of meetings, by who may know of them."""

    def visible_to(self, user: User) -> Self:
        """Those of institutions where the account calls meetings, and those that it leads."""
        keepers = user.standing.organizations(Capability.MEET)
        led = Series.facilitators.through.objects.filter(user=user).values("series")
        return self.filter(Q(keeper__in=keepers) | Q(pk__in=led))


class Series(Period):
    """Meetings of one group, course, camp or campaign.

    Attributes:
        kind: a key of `content/gatherings/groups.yaml`.
        planned, least: how many meetings are meant, each of at least how many; empty where nobody said.
        edition: which one of a camp or an event that comes back.
        parallel_to: the series of the adults whose children these meetings are for.
        service: of which service it is, such as the day centre whose register it is.
    """

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="series")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    list_kind = models.CharField(max_length=10, choices=ListKind, default=ListKind.CLOSED)
    planned = models.PositiveSmallIntegerField(null=True, blank=True)
    least = models.PositiveSmallIntegerField(null=True, blank=True)
    edition = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    uat = models.ForeignKey(Uat, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="series"
    )
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="series")
    parallel_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="beside"
    )
    facilitators = models.ManyToManyField(User, related_name="+")
    # Of a training: how many places there are, and what it costs.
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    cost = models.PositiveBigIntegerField(null=True, blank=True, help_text="bani")

    objects = SeriesQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Period.Meta):
        ordering = ["title", "-start", "id"]
        indexes = [models.Index(fields=["keeper", "kind", "end"], name="series_of_keeper")]

    def __str__(self) -> str:
        return self.title


class Enrolment(Period):
    """A person belongs to a series for a while; `consent` is what lets the group know more of them than their name."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_why = models.CharField(max_length=10, choices=EnrolmentEnd, blank=True)
    # When the end was written: who is outside the circle of a sealed person sees what stood before.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(Period.Meta):
        ordering = ["start", "id"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["series", "person"], condition=Q(end=None), name="nobody_is_enrolled_twice"
            ),
        ]


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, by who may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of cases that the account sees; those of no case, of institutions where it calls meetings and of
        bodies in which it sits. Who is only invited reads the invitation, never the meeting."""
        of_case = Q(among(Case.objects.visible_to(user), "case"))
        keepers = user.standing.organizations(Capability.MEET)
        bodies = Body.objects.visible_to(user)
        others = Q(case=None) & (Q(keeper__in=keepers) | Q(body__in=bodies))
        return self.filter(of_case | others)

    def planned(self) -> Self:
        """Those that still are to take place."""
        return self.filter(state=MeetingState.PLANNED)

    def in_order(self) -> Self:
        """By day and hour; on a day, those without an hour come last."""
        return self.order_by("day", F("hour").asc(nulls_last=True), "pk")


class Meeting(Record):
    """People meet, planned or held: a conference of a case, a session of a body, one of a series, or one by itself.

    Attributes:
        kind: a key of `content/gatherings`.
        case: whose it is; who does not see the case sees nothing of the meeting.
        reason: a key of content, of a conference: why it was called.
        subject: what it is about, in words; of a case they belong to the part of the record `compartment` names.
        themes, methods: keys of content.
        counted: who was there besides those named; `reached`, whom a campaign or a newsletter reached.
        minutes: what was said, of which nothing changes once `frozen_at` is set.
        parallel_to: the meeting of the adults beside which it was.
    """

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings", db_index=False
    )
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    reason = models.CharField(max_length=40, blank=True)
    subject = EncryptedTextField()
    compartment = models.CharField(max_length=10, choices=Compartment, default=Compartment.GENERAL)
    day = models.DateField()
    hour = models.TimeField(null=True, blank=True)
    length = models.PositiveSmallIntegerField(null=True, blank=True, help_text="minutes")
    mode = models.CharField(max_length=10, choices=MeetingMode, default=MeetingMode.ROOM)
    place = EncryptedTextField()
    link = EncryptedTextField()
    themes = models.JSONField(default=list)
    methods = models.JSONField(default=list)
    counted = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    called_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    moved_to = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_from"
    )
    state_why = EncryptedTextField()
    parallel_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="beside"
    )
    minutes = EncryptedTextField()
    minutes_begun_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    next_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["day", "hour", "id"]
        indexes = [
            models.Index(fields=["keeper", "day"], name="meetings_of_keeper"),
            models.Index(fields=["series", "day"], name="meetings_of_series"),
            models.Index(fields=["called_by", "state", "day"], name="meetings_called_by"),
            models.Index(fields=["state", "day"], name="meetings_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MeetingState.MOVED, moved_to__isnull=False)
                | (Q(moved_to=None) & ~Q(state=MeetingState.MOVED)),
                name="a_moved_meeting_leads_to_another",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at=None) | Q(state=MeetingState.HELD),
                name="only_a_held_meeting_has_minutes_that_stand",
            ),
            models.CheckConstraint(
                condition=Q(body=None) | Q(case=None),
                name="a_conference_of_a_case_is_not_a_session_of_a_body",
            ),
        ]

    @property
    def is_planned(self) -> bool:
        """Whether it still is to take place."""
        return self.state == MeetingState.PLANNED

    @property
    def is_over(self) -> bool:
        """Whether its day has passed without anybody saying what became of it."""
        return self.is_planned and self.day < timezone.localdate()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, by who may read what they say."""

    def of_account(self, user: User) -> Self:
        """Those that ask the account itself; of a case that was sealed since only while it sees the case."""
        open_ones = Q(meeting__case=None) | Q(meeting__case__sealed=False)
        seen = Q(meeting__case__in=Case.objects.worked_on_by(user))
        return self.filter(open_ones | seen, user=user).exclude(state=InvitationState.NOT_ASKED)

    def of_partner(self, user: User) -> Self:
        """Those of institutions where the account answers, and its own there; of a sealed case none."""
        institutions = user.standing.organizations(Capability.ANSWER_REFERRALS)
        mine = Q(user=user) | Q(user=None)
        asked = self.filter(mine, organization__in=institutions, invited_as=InvitedAs.PARTNER)
        return asked.filter(Q(meeting__case=None) | Q(meeting__case__sealed=False))


class Invitation(Who):
    """Somebody is asked to come; what it says follows from what they are invited as, never from the case.

    Attributes:
        brings: what they or their institution are asked to bring.
        statement: the view that they sent.
        heard_apart: of a family or a child, whether they were heard by themselves; `why_not` says why not.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    invited_as = models.CharField(max_length=10, choices=InvitedAs)
    mandatory = models.BooleanField(default=False)
    brings = EncryptedTextField()
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.ASKED)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    statement = EncryptedTextField()
    heard_apart = models.BooleanField(null=True, blank=True)
    why_not = EncryptedTextField()

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            somebody("an_invitation_is_somebodys"),
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(user__isnull=False),
                name="a_colleague_is_invited_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="a_person_is_invited_once",
            ),
        ]


class Presence(Who):
    """Whether somebody was at a meeting; one row of a person in a meeting, whoever writes it, on whichever phone.

    Attributes:
        walked_in: came without being enrolled or invited.
        noted_at: when it was written down; of two who write, the later stands and the former is in the trail.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="presences")
    state = models.CharField(max_length=10, choices=PresenceState)
    walked_in = models.BooleanField(default=False)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    remark = EncryptedTextField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            somebody("a_presence_is_somebodys"),
            # Nobody (null) is no second one; without a condition the presence of a file that is joined to another, who
            # was there too, is set aside whole and laid back if they are parted.
            models.UniqueConstraint(fields=["meeting", "person"], name="a_person_is_there_once"),
            models.UniqueConstraint(fields=["meeting", "user"], name="a_colleague_is_there_once"),
        ]


class AgendaItem(Record):
    """One thing that a meeting speaks of; `source` says whether a term, a finding, the plan or somebody brought it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=20, blank=True)
    words = EncryptedTextField()
    brought_by = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # A council or a cluster hears of a case without a name: the case itself is read by who sees it alone.
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["order", "created_at", "id"]


class Decision(Record):
    """What a meeting decided, in words; `dissent` is the view of who did not agree, `measure` how success is told.

    `step` is the step of the plan that it became.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    order = models.PositiveSmallIntegerField(default=0)
    words = EncryptedTextField()
    measure = EncryptedTextField()
    dissent = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(
        PlannedService, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["order", "created_at", "id"]


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks, by whose they are and who may read them."""

    def visible_to(self, user: User) -> Self:
        """The account's own, of its institutions where it calls meetings, and of cases that it sees; one about a case
        only with the case, unless it is the account's own and the case is not sealed."""
        keepers = user.standing.organizations(Capability.MEET)
        seen = Q(among(Case.objects.visible_to(user), "case"))
        own = Q(user=user) & (Q(case=None) | Q(among(Case.objects.filter(sealed=False), "case")))
        return self.filter(own | seen | (Q(case=None) & Q(keeper__in=keepers)))

    def of_partner(self, user: User) -> Self:
        """Those that institutions where the account answers were asked to do; of a sealed case none."""
        institutions = user.standing.organizations(Capability.ANSWER_REFERRALS)
        asked = self.filter(user=None, person=None, organization__in=institutions)
        return asked.filter(Q(case=None) | Q(case__sealed=False))

    def waiting(self) -> Self:
        """Those still to be done, the soonest first."""
        return self.filter(state=TaskState.OPEN).order_by("due_on", "pk")


class Task(Who):
    """Somebody does something until a day: a colleague, an institution, a partner or a person of the family."""

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    words = EncryptedTextField()
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks"
    )
    compartment = models.CharField(max_length=10, choices=Compartment, default=Compartment.GENERAL)
    due_on = models.DateField(null=True, blank=True)
    # The day that was first meant, kept when it is moved.
    first_due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    why = EncryptedTextField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            somebody("a_task_is_somebodys"),
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN, settled_at=None)
                | (~Q(state=TaskState.OPEN) & Q(settled_at__isnull=False)),
                name="what_became_of_a_task_is_said_once",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "state", "due_on"], name="tasks_of_user"),
            models.Index(fields=["keeper", "state", "due_on"], name="tasks_of_keeper"),
            models.Index(fields=["state", "due_on", "id"], name="tasks_soonest_first"),
        ]
