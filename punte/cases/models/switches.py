"""What an institution decides about the rules of terms, and what it did of its own duties."""

from django.db import models

from punte.accounts.models import User
from punte.kernel.constraints import NoOverlap
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, Record
from punte.organizations.models import Organization


class RuleSwitch(Period):
    """A rule of terms that nobody has read in the law is on in an institution for a while: by whom, and why."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=60)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_reason = EncryptedTextField()

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(name="one_switch_of_a_rule_at_a_time", key=["organization", "rule"]),
        ]


class DutyDone(Record):
    """An institution did what the calendar asks of it: by when it was due, on which day it was done."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=60)
    due_on = models.DateField()
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "rule", "due_on"], name="one_answer_to_a_duty_of_a_day"
            )
        ]
