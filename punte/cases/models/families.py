"""What a family that agreed to it is given: a code for its own page, and reminders."""

from django.db import models

from punte.accounts.models import User
from punte.cases.enums import ReminderKind
from punte.cases.models.case import Case
from punte.kernel.models import Record
from punte.people.models import Consent, Person


class FamilyCode(Record):
    """That somebody of a family may open a page of their own about a case; which code does, `OnceLink` knows.

    Attributes:
        opened_at: when it was opened last.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="family_codes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="family_codes")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="one_page_of_a_person_per_case")
        ]


class FamilyReminder(Record):
    """That somebody was reminded of something; written before it is sent, so that nobody sends it twice.

    Attributes:
        consent: by which; whose phone or e-mail.
        subject: the visit or the paper; `day` when it is.
    """

    kind = models.CharField(max_length=10, choices=ReminderKind)
    subject = models.UUIDField()
    day = models.DateField()
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="reminders")

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "day", "consent"], name="nobody_is_reminded_twice"
            )
        ]
