"""What people think of a service, said without a name: by month, with nothing that ties it to anybody."""

from uuid import uuid4

from django.db import models

from punte.accounts.models import User
from punte.directory.models import Service
from punte.kernel.codes import code_for, typed
from punte.kernel.encryption import EncryptedTextField, blind_index
from punte.kernel.models import Record


class OpinionSheet(Record):
    """A service asks what people think of it: while it does, its code opens the short form."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="opinion_sheets")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["service"],
                condition=models.Q(ended_at=None),
                name="one_open_opinion_sheet_of_a_service",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """What stands on the paper: one for everybody, so that it tells nobody apart."""
        return code_for(f"opinion sheet {self.pk}", groups=2)

    @staticmethod
    def digest_of(code: str) -> str:
        """By which a code that was typed is found."""
        return blind_index(f"opinion sheet {typed(code)}")


class Opinion(models.Model):
    """One filled form. Its key says nothing of when it came, and no other column does but the month."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="opinions")
    month = models.CharField(max_length=7)
    form = models.CharField(max_length=40)
    answers = models.JSONField()
    words = EncryptedTextField(blank=True)

    class Meta:
        ordering = ["month", "id"]
        indexes = [models.Index(fields=["service", "month"], name="opinions_of_service")]

    def __str__(self) -> str:
        return self.month
