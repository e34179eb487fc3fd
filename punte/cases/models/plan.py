"""The plan of services of a case: its versions, what they aim at, and the steps."""

import json
from uuid import UUID

from django.db import models

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.assessments.models import FindingSet
from punte.cases.enums import AgreementWay, PlanStatus, Progress
from punte.cases.models.case import Case, OfVisibleCases
from punte.cases.plan_kinds import PlanKind, kind_of_plan
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.people.models import Person


class PlanQuerySet(OfVisibleCases["Plan"]):
    """Versions of plans."""


class Plan(Record):
    """One version of the plan of services agreed with the family.

    `kind` is one of `content/plan_kinds.yaml`, empty where nobody chose; `said` is JSON of what its sections say; a
    decision of the mayor or of a commission approves some kinds, with its number and day.
    """

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
    kind = models.CharField(max_length=30, blank=True, default="")
    said = EncryptedTextField()
    decision = EncryptedTextField()
    decided_on = models.DateField(null=True, blank=True)

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

    @property
    def is_draft(self) -> bool:
        """Whether it is still written."""
        return self.status == PlanStatus.DRAFT

    @property
    def of_kind(self) -> PlanKind | None:
        """What kind of plan it is."""
        return kind_of_plan(self.kind)

    @property
    def sections(self) -> dict[str, str]:
        """What its sections say, by their keys."""
        return dict(json.loads(self.said)) if self.said else {}

    @property
    def told(self) -> list[tuple[str, str]]:
        """The same by their titles, in the order of the kind."""
        return list(self.of_kind.said(self.sections)) if self.of_kind else []

    @property
    def is_in_force(self) -> bool:
        """Whether the family agreed and nothing replaced it."""
        return self.status == PlanStatus.ADOPTED


class Objective(Record):
    """What should be true for a person or the household, by when, and how far it has come (R15)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="objectives")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="objectives"
    )
    position = models.PositiveSmallIntegerField(default=0)
    text = EncryptedTextField()
    codes = models.JSONField(default=list)
    compartment = models.CharField(max_length=10, choices=Compartment, default=Compartment.GENERAL)
    due_on = models.DateField(null=True, blank=True)
    progress = models.CharField(max_length=12, choices=Progress, default=Progress.NOT_STARTED)
    # What waits is not lost and not begun: it is brought up when there is room for it.
    later = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]


class PlannedService(Record):
    """A step towards an objective: a deed of somebody by a day.

    `findings` are those that call for it, `[person or None, code]`; `role` is the profession that it is offered to (a
    role of the package: `community_nurse`, or `family`), whether or not somebody is named for it.
    """

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(default=0)
    text = EncryptedTextField()
    service = models.CharField(max_length=30, blank=True)
    interventions = models.JSONField(default=list)
    refer_to = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    role = models.CharField(max_length=30, blank=True)
    worker = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="planned_services"
    )
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]

    @property
    def people(self) -> list[UUID]:
        """The people whose findings call for it, in their order."""
        return list(dict.fromkeys(UUID(person) for person, _code in self.findings if person))
