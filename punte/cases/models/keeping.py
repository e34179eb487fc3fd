"""Cases across the lines between institutions and households: handed over, and tied to each other."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, User
from punte.accounts.policy import POWERS
from punte.cases.enums import TieKind, TransferState
from punte.cases.models.case import Case
from punte.kernel.among import among
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.people.models import Consent
from punte.people.purposes import ground_in_words


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Cases offered to another institution, by who reads and answers the offer."""

    def visible_to(self, user: User) -> Self:
        """Those of cases that the account sees, and those that were offered to it or that it took over."""
        seen = Case.objects.visible_to(user)
        offered = Q(pk__in=self.received_by(user).values("pk"))
        return self.filter(Q(among(seen, "case")) | Q(among(seen, "new_case")) | offered)

    def received_by(self, user: User) -> Self:
        """Those that wait and the account may answer: who gives out cases there, else who manages them."""
        assigning = [role for role, powers in POWERS.items() if Capability.ASSIGN in powers.capabilities]
        led = Appointment.objects.current().filter(role__in=assigning, user__is_active=True)
        leads = Q(organization__in=user.standing.organizations(Capability.ASSIGN))
        manages = Q(organization__in=user.standing.organizations(Capability.MANAGE_CASE)) & ~Q(
            organization__in=led.values("organization")
        )
        waiting = self.filter(state=TransferState.OFFERED, case__open=True, case__household__sealed=False)
        return waiting.filter(leads | manages)


class Transfer(Record):
    """A case is offered to another institution with a summary; accepted, that one has `new_case`, a copy of its own.

    Between `consent` and `ground`, one says by which right. The summary is all that goes over in words.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="transfers")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    summary = EncryptedTextField()
    consent = models.ForeignKey(
        Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="transfers"
    )
    ground = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=TransferState, default=TransferState.OFFERED)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = EncryptedTextField()
    new_case = models.OneToOneField(
        Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="taken_over_by"
    )

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state=TransferState.OFFERED),
                name="one_offer_of_a_case_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(consent=None, ground__gt="") | Q(consent__isnull=False, ground=""),
                name="a_transfer_rests_on_a_consent_or_on_a_law",
            ),
        ]

    @property
    def is_offered(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == TransferState.OFFERED

    @property
    def ground_named(self) -> str:
        """The law that it rests on, in words; empty where it rests on a consent."""
        return ground_in_words(self.ground) if self.ground else ""


class CaseTie(Record):
    """Two cases that a person said belong together, the lower identifier first, until they are untied."""

    first = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=TieKind)
    reason = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    untied_at = models.DateTimeField(null=True, blank=True)
    untied_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    untied_why = EncryptedTextField()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="the_lower_case_of_a_tie_first"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(untied_at=None), name="two_cases_are_tied_once"
            ),
        ]
