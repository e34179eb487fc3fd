"""A case through time: regime, responsibility, plan, interventions, referrals and deadlines."""

from django.db import models
from django.utils import timezone

from punte.accounts.enums import Compartment
from punte.accounts.models import Team, User
from punte.assessments.models import Assessment, FindingSet
from punte.cases.enums import (
    AgreementWay,
    InterventionMode,
    Outcome,
    PlanStatus,
    Progress,
    ReferralStatus,
    Regime,
)
from punte.cases.queries import (
    CaseQuerySet,
    DeadlineQuerySet,
    InterventionQuerySet,
    PlanQuerySet,
    ReferralQuerySet,
)
from punte.directory.models import Service
from punte.kernel.constraints import NoOverlap
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, Record
from punte.organizations.models import Organization
from punte.people.models import Household, Person


class CaseNumber(models.Model):
    """The last case number that an organisation gave in a year."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "year"], name="one_case_numbering_per_year")
        ]


class Case(Record):
    """The work of an organisation with a household, or with one person of it."""

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="cases")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="cases")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    sealed = models.BooleanField(default=False)
    open = models.BooleanField(default=True)
    regime = models.CharField(max_length=12, choices=Regime)
    severity = models.PositiveSmallIntegerField(default=0)
    severe_child = models.BooleanField(default=False)
    # Who answers for the case today, beside its history in Responsibility: workload is counted from one index.
    responsible = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_answered_for"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["keeper", "year", "number"], name="one_case_of_a_number"),
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(person=None, open=True),
                name="one_open_case_per_household",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(open=True, person__isnull=False),
                name="one_open_case_per_person",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "open", "regime"], name="cases_of_team"),
            models.Index(fields=["keeper", "open", "-year", "-number"], name="cases_of_keeper_newest_first"),
            models.Index(fields=["responsible", "open", "regime", "severity"], name="workload_of_worker"),
            models.Index(
                fields=["keeper", "open", "team", "responsible", "regime"], name="workload_of_teams"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.number:04d}"


class CaseEpisode(Period):
    """From an opening to a closing, each with its reason; a reopened case has several."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="episodes")
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opening_reason = EncryptedTextField()
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closing_reason = EncryptedTextField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)

    class Meta(Period.Meta):
        constraints = [*Period.Meta.constraints, NoOverlap(name="one_open_episode_per_case", key=["case"])]


class RegimePeriod(Period):
    """The regime of a case for a while, with the assessment and the reason that set it (R1-R3)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="regimes")
    regime = models.CharField(max_length=12, choices=Regime)
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()

    class Meta(Period.Meta):
        constraints = [*Period.Meta.constraints, NoOverlap(name="one_open_regime_per_case", key=["case"])]


class Responsibility(Period):
    """The worker who answers for a case, for a while."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="responsibilities")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="responsibilities")

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(name="one_responsible_worker_per_case", key=["case"]),
        ]
        indexes = [models.Index(fields=["user", "end"], name="cases_of_worker")]


class CaseTeamMember(Period):
    """A professional who works on a case with its responsible worker, from this or another organisation."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="case_memberships")
    part = models.CharField(max_length=120, blank=True)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(name="once_in_a_case_team_at_a_time", key=["case", "user"]),
        ]
        indexes = [models.Index(fields=["user", "end"], name="case_teams_of_worker")]


class Plan(Record):
    """One version of the plan of services agreed with the family."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=PlanStatus, default=PlanStatus.DRAFT)
    finding_set = models.ForeignKey(
        FindingSet, null=True, blank=True, on_delete=models.PROTECT, related_name="plans"
    )
    reason = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    agreed_with = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)
    agreed_how = models.CharField(max_length=12, choices=AgreementWay, blank=True)
    adopted_on = models.DateField(null=True, blank=True)
    adopted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="one_plan_of_a_version_per_case"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(status=PlanStatus.DRAFT), name="one_draft_plan_per_case"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(status=PlanStatus.ADOPTED),
                name="one_plan_in_force_per_case",
            ),
        ]


class Objective(Record):
    """What should be true for a person or the household, by when, and how far it has come (R15)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="objectives")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="objectives"
    )
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300)
    codes = models.JSONField(default=list)
    compartment = models.CharField(max_length=10, choices=Compartment, default=Compartment.GENERAL)
    due_on = models.DateField(null=True, blank=True)
    progress = models.CharField(max_length=12, choices=Progress, default=Progress.NOT_STARTED)

    class Meta:
        ordering = ["position", "id"]


class PlannedService(Record):
    """A step towards an objective: a service of the basic package, or one to refer to."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300)
    service = models.CharField(max_length=30, blank=True)
    interventions = models.JSONField(default=list)
    refer_to = models.JSONField(default=list)
    worker = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="planned_services"
    )
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]


class Intervention(Record):
    """Anything done for the family, once, dated."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="interventions")
    mode = models.CharField(max_length=20, choices=InterventionMode)
    code = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="interventions")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="interventions"
    )
    step = models.ForeignKey(
        PlannedService, null=True, blank=True, on_delete=models.SET_NULL, related_name="done_interventions"
    )
    met_family = models.BooleanField(default=True)
    compartment = models.CharField(max_length=10, choices=Compartment, default=Compartment.GENERAL)
    note = EncryptedTextField()

    objects = InterventionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["case", "-at"], name="interventions_newest_first")]


class Referral(Record):
    """A person is sent to a service or an institution, which answers."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="referrals")
    step = models.ForeignKey(
        PlannedService, null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals"
    )
    need = EncryptedTextField()
    consent_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="referrals")
    sent_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=ReferralStatus, default=ReferralStatus.SENT)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = EncryptedTextField()
    done_at = models.DateTimeField(null=True, blank=True)
    seen_by_sender_at = models.DateTimeField(null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-id"]
        indexes = [
            models.Index(fields=["organization", "status", "-sent_at"], name="referrals_received"),
            models.Index(fields=["case", "-sent_at"], name="referrals_of_case"),
            models.Index(
                fields=["case"],
                condition=models.Q(answered_at__isnull=False, seen_by_sender_at=None),
                name="answers_not_read",
            ),
        ]


class CaseDeadline(Record):
    """A term of a case by one dated rule: when it falls, since which event, and when it was met."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    rule = models.CharField(max_length=60)
    since = models.DateTimeField()
    due_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    # Whose turn it is and whose record it is, copied from the case: what is overdue is counted from one index.
    keeper = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    worker = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="deadlines", db_index=False
    )

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["case", "rule", "since"], name="one_deadline_per_rule_and_event")
        ]
        indexes = [
            models.Index(
                fields=["case", "due_on"], condition=models.Q(met_on=None), name="deadlines_not_met_by_case"
            ),
            models.Index(
                fields=["worker", "due_on"],
                condition=models.Q(met_on=None),
                name="deadlines_not_met_by_worker",
            ),
            models.Index(
                fields=["keeper", "due_on", "worker"],
                condition=models.Q(met_on=None),
                name="deadlines_not_met_by_keeper",
            ),
        ]


class SevereChild(models.Model):
    """A household whose latest findings name a child at severe risk, and whether a case is open for it.

    Kept in step by the verbs, so that a coordinator's list of children without a case costs what it shows.
    """

    household = models.OneToOneField(
        Household, primary_key=True, on_delete=models.CASCADE, related_name="severe_child"
    )
    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    since = models.DateField()
    covered = models.BooleanField(default=False)

    class Meta:
        ordering = ["since", "household"]
        indexes = [
            models.Index(
                fields=["keeper", "since"],
                condition=models.Q(covered=False),
                name="severe_children_without_case",
            )
        ]
