"""The annual plan of social services (Ordin 1086/2018): what is funded in a year, as rows that several people edit.

Money is in lei, as decimals with two places; an empty amount is a dash in the printed plan, never a zero. What a
source prints otherwise than we read it (a misspelt code, a capacity in words) stands beside the reading, as printed.
"""

from decimal import Decimal
from typing import Self

from django.db import models

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.annual_plans.enums import BUDGETS, PlanStatus, Section
from punte.directory.enums import CapacityUnit
from punte.directory.models import NomenclatureCode, Service
from punte.kernel.append_only import AppendOnly
from punte.kernel.models import Record
from punte.organizations.models import Organization


class AnnualPlanQuerySet(models.QuerySet["AnnualPlan"]):
    """Plans, by who works on them."""

    def visible_to(self, user: User) -> Self:
        """Those of the organisations where the account writes or approves plans; a version in force is public."""
        standing = user.standing
        own = standing.organizations(Capability.PLAN) | standing.organizations(Capability.APPROVE_PLAN)
        return self.filter(organization__in=own)


class AnnualPlan(Record):
    """The plan of an organisation for a year. `revision` counts the changes of its own fields, not of its rows."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="annual_plans")
    year = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=400)
    grants_budget = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="lei, Law 350/2005"
    )
    subsidy_budget = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="lei, total printed in I.D.3.c"
    )
    prepared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True, help_text="what those who submit say to those who approve")
    answers = models.JSONField(
        default=dict,
        blank=True,
        help_text="what those who write say to questions of the check, by the remark's key",
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = AnnualPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "organization"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year"], name="one_annual_plan_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.year}"

    @property
    def reference_year(self) -> int:
        """The year whose capacity and occupancy the plan reports."""
        return self.year - 1

    @property
    def is_draft(self) -> bool:
        """Whether it is still written."""
        return self.status == PlanStatus.DRAFT

    @property
    def is_checked(self) -> bool:
        """Whether it waits to be approved."""
        return self.status == PlanStatus.CHECKED

    @property
    def is_approved(self) -> bool:
        """Whether it is in force."""
        return self.status == PlanStatus.APPROVED


class PlanVersion(Record):
    """The whole plan as it was approved; it is never changed."""

    plan = models.ForeignKey(AnnualPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    remarks = models.JSONField(default=list)
    decision = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="a_version_of_a_plan_has_one_number"),
            AppendOnly(name="annual_plan_versions_are_append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.number}"


class PlanRow(Record):
    """A row of the plan: its place, and how often it was changed, so that a stale save is seen."""

    SECTIONS: tuple[Section, ...] = ()

    plan = models.ForeignKey(AnnualPlan, on_delete=models.CASCADE, related_name="%(class)s_rows")
    section = models.CharField(max_length=20, choices=Section)
    position = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1)
    source_line = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True
        ordering = ["section", "position", "id"]
        indexes = [models.Index(fields=["plan", "section", "position"], name="%(class)s_in_order")]


class Coded(models.Model):
    """What has a code of the nomenclature; `code` is what we read in `code_printed`."""

    code = models.ForeignKey(
        NomenclatureCode, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    code_printed = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True


class Budgeted(models.Model):
    """The estimated budget by its five sources, in lei."""

    local = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    county = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    state = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    contributions = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    other = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def total(self) -> Decimal | None:
        """The sum of the amounts that are given; None where none is."""
        given = [amount for name in BUDGETS if (amount := getattr(self, name)) is not None]
        return sum(given, Decimal(0)) if given else None


class ExistingService(PlanRow, Coded, Budgeted):
    """I.A: a service of a provider, as it was in the year before the plan, and what it is to cost."""

    SECTIONS = (Section.EXISTING,)

    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of the provider")
    provider = models.CharField(max_length=250)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=300)
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    capacity_unit = models.CharField(max_length=20, choices=CapacityUnit, blank=True)
    capacity_printed = models.CharField(max_length=120, blank=True)
    occupancy = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, blank=True, help_text="percent"
    )
    remark = models.CharField(max_length=300, blank=True, help_text="printed after the code")


class NewService(PlanRow, Coded, Budgeted):
    """I.B: a service to establish. `budget_words` stands where no amount is given."""

    SECTIONS = (Section.PROPOSED,)

    name = models.CharField(max_length=300)
    beneficiaries = models.CharField(max_length=250, blank=True)
    per_day = models.PositiveIntegerField(null=True, blank=True)
    per_day_printed = models.CharField(max_length=120, blank=True)
    places = models.PositiveIntegerField(null=True, blank=True)
    places_printed = models.CharField(max_length=120, blank=True)
    area = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True, help_text="m²")
    staff = models.TextField(blank=True)
    budget_words = models.CharField(max_length=120, blank=True)
    justification = models.TextField(blank=True)


class EligibleRow(PlanRow, Coded):
    """I.D.1: a code whose services may ask for a subsidy."""

    SECTIONS = (Section.ELIGIBLE,)

    number = models.PositiveSmallIntegerField(null=True, blank=True)
    name = models.CharField(max_length=300)
    beneficiaries = models.CharField(max_length=250, blank=True)


class SubsidyRow(PlanRow, Coded):
    """I.D.3: how much may be given to the services of a code, in lei."""

    SECTIONS = (Section.SUBSIDIES,)

    number = models.PositiveSmallIntegerField(null=True, blank=True)
    cpv = models.CharField(max_length=20, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)


class Campaign(PlanRow):
    """II.4: a campaign; `starts` and `ends` are what `period` says, to the day."""

    SECTIONS = (Section.CAMPAIGNS,)

    number = models.PositiveSmallIntegerField(null=True, blank=True)
    name = models.CharField(max_length=400)
    objectives = models.TextField(blank=True)
    period = models.CharField(max_length=120, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    responsible = models.CharField(max_length=250, blank=True)


class TrainingRow(PlanRow):
    """III.1: who is trained, how many, and for how much, in lei."""

    SECTIONS = (Section.TRAINING,)

    label = models.CharField(max_length=10, blank=True)
    category = models.CharField(max_length=300)
    persons = models.PositiveIntegerField(null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    budget_words = models.CharField(max_length=120, blank=True)


class ConsultedProvider(PlanRow):
    """A provider that was asked while the plan was prepared."""

    SECTIONS = (Section.CONSULTATION,)

    name = models.CharField(max_length=300)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class PlanText(PlanRow):
    """A point of the plan that is said in words.

    `label` is its number there (`1.d.ii`); `detail` is what is said of it after its text: how often, or a dash for
    none; `responsible` who answers for it.
    """

    SECTIONS = (
        Section.LEGAL_BASIS,
        Section.CONTENTS,
        Section.CONTRACTING,
        Section.SUBSIDY_EXPENSES,
        Section.INFORMATION,
        Section.METHODOLOGY,
        Section.SIGNATURES,
    )

    label = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)
    detail = models.CharField(max_length=300, blank=True)
    responsible = models.CharField(max_length=250, blank=True)


ROWS: tuple[type[PlanRow], ...] = (
    ExistingService,
    NewService,
    EligibleRow,
    SubsidyRow,
    Campaign,
    TrainingRow,
    ConsultedProvider,
    PlanText,
)
MODEL_OF: dict[Section, type[PlanRow]] = {section: model for model in ROWS for section in model.SECTIONS}
"""Which rows a section holds."""
