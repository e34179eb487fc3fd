"""What is done in a case: interventions, referrals, and the terms by which it is due."""

import datetime as dt
from collections.abc import Collection
from typing import Self
from uuid import UUID

from django.db import models
from django.utils import timezone

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Compartment
from punte.accounts.models import User
from punte.cases.enums import AnswerWay, InterventionMode, ReferralStatus
from punte.cases.models.case import Case, OfVisibleCases
from punte.cases.models.plan import PlannedService
from punte.directory.help.need import is_about_violence
from punte.directory.models import Service
from punte.kernel.among import among
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.people.models import Consent, Person


class InterventionQuerySet(OfVisibleCases["Intervention"]):
    """What was done."""


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


class InterventionBefore(Record):
    """What an intervention said before it was corrected: who corrected it, when and why. Never changed."""

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="before")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    why = EncryptedTextField()
    said = EncryptedTextField()

    class Meta:
        ordering = ["-created_at", "-id"]


class ReferralQuerySet(OfVisibleCases["Referral"]):
    def visible_to(self, user: User) -> Self:
        """Referrals of the cases that the account sees, and those its organisation received."""
        received = models.Q(organization__in=user.standing.organizations(Capability.ANSWER_REFERRALS))
        return self.filter(received | models.Q(among(Case.objects.visible_to(user), "case")))

    def received_by(self, user: User) -> Self:
        """Referrals that the account may answer."""
        return self.filter(organization__in=user.standing.organizations(Capability.ANSWER_REFERRALS))


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
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="referrals")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="referrals")
    sent_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=ReferralStatus, default=ReferralStatus.SENT)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = EncryptedTextField()
    # Who answered where that was no account, in the words of who answered or wrote it down.
    answered_as = EncryptedTextField()
    answered_way = models.CharField(
        max_length=10, choices=AnswerWay, default=AnswerWay.ACCOUNT, editable=False
    )
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

    @property
    def tells_of_violence(self) -> bool:
        """Whether its service, or the objective of its step, says that there is violence or abuse."""
        helps = self.service is not None and is_about_violence(self.service.code_id or "")
        return helps or (self.step is not None and self.step.objective.compartment in SEALED_COMPARTMENTS)

    @property
    def who_answered(self) -> str:
        """The account that answered, or who else did and how; empty while nobody has."""
        if self.answered_way == AnswerWay.ACCOUNT:
            return str(self.answered_by or "")
        said = (self.answered_as, self.get_answered_way_display(), str(self.answered_by or ""))
        return " · ".join(part for part in said if part)

    @property
    def is_sent(self) -> bool:
        """Whether it waits for an answer."""
        return self.status == ReferralStatus.SENT

    @property
    def is_accepted(self) -> bool:
        """Whether the person was taken in."""
        return self.status == ReferralStatus.ACCEPTED

    @property
    def is_refused(self) -> bool:
        """Whether the person was not taken in."""
        return self.status == ReferralStatus.REFUSED

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.status == ReferralStatus.WITHDRAWN


class DeadlineQuerySet(OfVisibleCases["CaseDeadline"]):
    def not_met(self) -> Self:
        """Terms that still stand: those of open cases, and the follow-up of closed ones."""
        return self.filter(met_on=None)

    def for_worker(self, user: User) -> Self:
        """Terms of the cases that the account answers for, and of those that it answered for to the end."""
        return self.of_worker(user.pk, user.standing.organizations(Capability.SEE_TEAM_CASES))

    def of_worker(self, worker: UUID, keepers: Collection[UUID]) -> Self:
        """Terms of cases of these keepers for which an account answers, or answered to the end."""
        return self.filter(worker=worker, keeper__in=keepers)

    def overdue(self, day: dt.date) -> Self:
        """Terms that stood before `day` and were not met."""
        return self.not_met().filter(due_on__lt=day)


class Term(Record):
    """When something is due by one dated rule, since which event, and when it was met.

    `due_at` is the moment, where the rule means hours; `subject` what it is about, where several run side by side.
    """

    rule = models.CharField(max_length=60)
    since = models.DateTimeField()
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)
    subject = models.CharField(max_length=130, blank=True)

    class Meta:
        abstract = True


class CaseDeadline(Term):
    """A term of a case that everybody reads who sees the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
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
            models.UniqueConstraint(
                fields=["case", "rule", "since", "subject"], name="one_deadline_per_rule_and_event"
            )
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


class GuestDeadline(Term):
    """A term of a case since an event of a room above, which alone says who reads it; no list of cases shows it.

    A table of its own: what counts, sorts and lists the terms of cases cannot give one away.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="guest_deadlines")
    guest = models.CharField(max_length=40)
    worker = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["due_on", "rule", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "rule", "since", "guest", "subject"], name="one_guest_deadline_per_event"
            )
        ]
        indexes = [
            models.Index(
                fields=["worker", "due_on"],
                condition=models.Q(met_on=None),
                name="guest_deadlines_not_met",
            )
        ]
