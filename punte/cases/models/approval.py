"""A deed of a case that waits for a second person, and what they answered."""

from typing import Self

from django.db import models
from django.utils import timezone

from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.cases.enums import ApprovalState, CaseDeed, Outcome
from punte.cases.models.case import Case, OfVisibleCases
from punte.cases.models.plan import Plan
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record

_ASKED = models.Q(state=ApprovalState.ASKED)


class ApprovalQuerySet(OfVisibleCases["Approval"]):
    def asked(self) -> Self:
        """Those that wait for an answer, the oldest first."""
        return self.filter(state=ApprovalState.ASKED).order_by("asked_at", "pk")


class Approval(Record):
    """A deed that one person asks for and that takes effect when another agrees.

    Attributes:
        plan: what would come into force; the agreement of the family stands on it already.
        outcome: how the case would be closed; `reason` says why.
        assessment: the one that finds the case less severe than it was.
        severity: of the case before it, which stands until somebody agrees; `severe_child` likewise.
        answered_by: who agreed, gave it back, or took it back.
        read_at: when who asked had read the answer.
        row: of a room above, what the deed is about; `said` is how it would be done, as that room wrote it.
        given_by: the roles that answer, between commas, where the deed itself says so.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="approvals")
    deed = models.CharField(max_length=20, choices=CaseDeed)
    state = models.CharField(max_length=12, choices=ApprovalState, default=ApprovalState.ASKED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="approvals_asked")
    asked_at = models.DateTimeField(default=timezone.now)
    reason = EncryptedTextField()
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = EncryptedTextField()
    read_at = models.DateTimeField(null=True, blank=True)
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="approvals")
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    severe_child = models.BooleanField(default=False)
    row = models.UUIDField(null=True, blank=True)
    said = EncryptedTextField()
    given_by = models.CharField(max_length=250, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "deed"],
                condition=_ASKED & models.Q(row=None),
                name="a_deed_of_a_case_is_asked_for_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["row"],
                condition=_ASKED & models.Q(row__isnull=False),
                name="a_row_above_is_asked_about_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by=None)
                | models.Q(state=ApprovalState.WITHDRAWN)
                | ~models.Q(answered_by=models.F("asked_by")),
                name="nobody_approves_their_own_deed",
            ),
            models.CheckConstraint(
                condition=(_ASKED & models.Q(answered_by=None, answered_at=None))
                | (~_ASKED & models.Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="an_approval_that_is_answered_says_by_whom_and_when",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=_ASKED, name="approvals_that_wait"),
            models.Index(
                fields=["asked_by", "answered_at"],
                condition=models.Q(read_at=None),
                name="approvals_not_read_yet",
            ),
        ]

    @property
    def is_asked(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == ApprovalState.ASKED

    @property
    def is_given_back(self) -> bool:
        """Whether the second person did not agree."""
        return self.state == ApprovalState.GIVEN_BACK

    @property
    def is_answered(self) -> bool:
        """Whether the second person said yes or no."""
        return self.state in (ApprovalState.GIVEN, ApprovalState.GIVEN_BACK)
