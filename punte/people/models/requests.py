"""What people ask about their own data, and what became of it."""

from typing import Self

from django.db import models
from django.db.models import Q

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.people.enums import AskedBy, RequestKind, RequestState
from punte.people.models.people import Person
from punte.people.sight import hidden_from


class SubjectRequestQuerySet(models.QuerySet["SubjectRequest"]):
    """Requests about somebody's data, by who may read them."""

    def kept_by(self, user: User) -> Self:
        """Those of the institutions whose people's data the account looks after."""
        return self.filter(keeper__in=user.standing.organizations(Capability.KEEP_PRIVACY))

    def visible_to(self, user: User) -> Self:
        """Those, and for who writes the records of the institution what they took in, and what is to be corrected.

        Of a sealed person, for whoever is outside the circle, none that came after the seal.
        """
        edits = user.standing.organizations(Capability.EDIT_PEOPLE)
        works = Q(keeper__in=edits) & (Q(kind=RequestKind.RECTIFICATION) | Q(received_by=user))
        works &= ~hidden_from(user).since()
        return self.filter(Q(keeper__in=user.standing.organizations(Capability.KEEP_PRIVACY)) | works)


class SubjectRequest(Record):
    """A request of somebody about their own data (GDPR, art. 12, 15-18, 21), from its day to its answer.

    Attributes:
        asked_by, asker: by which right it is asked, and who asks where it is not the person themselves.
        identity, right_shown: how it was seen who asks, and what shows their right to.
        wrong, should_say: of a rectification what is wrong on the record, and what it should say.
        statement: what the person holds against a refusal; it stays beside the record.
        answer: what was answered; of a refused one the reason that the person was told.
    """

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="subject_requests")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="subject_requests")
    kind = models.CharField(max_length=14, choices=RequestKind)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    asked_on = models.DateField()
    due_on = models.DateField()
    asked_by = models.CharField(max_length=10, choices=AskedBy)
    asker = EncryptedTextField()
    identity = EncryptedTextField()
    right_shown = EncryptedTextField()
    text = EncryptedTextField()
    wrong = EncryptedTextField()
    should_say = EncryptedTextField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    extended_on = models.DateField(null=True, blank=True)
    extended_why = EncryptedTextField()
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = EncryptedTextField()
    statement = EncryptedTextField()

    objects = SubjectRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["keeper", "state", "due_on"], name="subject_requests_by_term")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, answered_on=None, answered_by=None)
                | (~Q(state=RequestState.OPEN) & Q(answered_on__isnull=False, answered_by__isnull=False)),
                name="a_settled_request_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=models.F("asked_on")), name="a_request_is_due_after_it_came"
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it waits for its answer."""
        return self.state == RequestState.OPEN

    @property
    def is_rectification(self) -> bool:
        """Whether something on the record is said to be wrong."""
        return self.kind == RequestKind.RECTIFICATION
