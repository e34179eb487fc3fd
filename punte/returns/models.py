"""Quarterly sheets: what an institution sends of a quarter, by which form, and what was corrected in it and why."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.append_only import AppendOnly
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.returns.enums import SheetState


class SheetQuerySet(models.QuerySet["Sheet"]):
    """Sheets by who reads them. They name nobody."""

    def visible_to(self, user: User) -> Self:
        """Those of the account's own institutions; and what was sent to a directorate for which it plans."""
        own = user.standing.organizations(Capability.PLAN) | user.standing.organizations(
            Capability.SEE_ALL_CASES
        )
        received = Q(receiver__in=user.standing.organizations(Capability.PLAN))
        sent = Q(state__in=(SheetState.SENT, SheetState.FROZEN))
        return self.filter(Q(organization__in=own) | (received & sent))


class Sheet(Record):
    """A form filled in for an institution and a quarter.

    Attributes:
        counted: by row and column what the extract gave; `values` is that with what was corrected or asked.
        faults: what the rules found wrong when they were last asked, and whether a reason was given to each.
        before_values: those of the quarter before, for the rules.
    """

    form = models.CharField(max_length=40)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sheets")
    receiver = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="sheets_received"
    )
    period = models.CharField(max_length=10)
    start = models.DateField()
    end = models.DateField()
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=SheetState, default=SheetState.DRAFT)
    counted = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    before_values = models.JSONField(default=dict)
    faults = models.JSONField(default=dict)
    extract = models.CharField(max_length=40, blank=True)
    signed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    frozen_at = models.DateTimeField(null=True, editable=False)
    returned = EncryptedTextField()

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["-start", "form", "organization"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "organization", "period"], name="one_sheet_of_a_form_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(signed_at__isnull=False), name="what_goes_out_is_signed"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("sent", "frozen")) | Q(sent_at__isnull=False),
                name="what_is_sent_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.period}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be corrected."""
        return self.state == SheetState.DRAFT

    def value(self, row: str, column: str) -> int | None:
        """What it says in a cell."""
        return (self.values.get(row) or {}).get(column)

    def reason(self, rule: str) -> str:
        """What was last said to something that a rule found."""
        said = self.corrections.filter(row=rule, column="").first()
        return said.reason if said and self.faults.get(rule, {}).get("answered") else ""

    @property
    def unanswered(self) -> list[str]:
        """The rules that found something and to which nobody gave a reason."""
        return [key for key, said in self.faults.items() if not said["answered"]]


class SheetCorrection(Record):
    """A cell that somebody changed, or a rule that they answered (`column` is empty), with the reason."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="corrections")
    row = models.CharField(max_length=60)
    column = models.CharField(max_length=40, blank=True)
    was = models.IntegerField(null=True)
    value = models.IntegerField(null=True)
    reason = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [AppendOnly(name="corrections_of_sheets_are_append_only")]


def receiver_of(organization: Organization) -> Any:
    """The directorate of the county in which an institution is; None where there is none, or it is one itself."""
    if organization.uat is None:
        return None
    kind = OrganizationKind.COUNTY_DIRECTORATE
    found = Organization.objects.filter(kind=kind, uat__county=organization.uat.county_id).exclude(
        pk=organization.pk
    )
    return found.order_by("created_at").first()
