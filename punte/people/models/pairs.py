"""Two files of one person: those that were joined, and those that somebody should look at."""

from django.db import models

from punte.accounts.models import User
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.people.enums import PairState


class PersonJoin(Record):
    """Two files of one person were joined: by whom and why, and all that is needed to take them apart again.

    `what` is JSON (see `people/joining/moved.py`): the rows that moved, and each value that was filled in.
    """

    kept = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="joins")
    joined = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="joined_by")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    why = EncryptedTextField()
    what = EncryptedTextField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["joined"],
                condition=models.Q(undone_at=None),
                name="a_file_is_joined_once_at_a_time",
            )
        ]


class LikelyPair(Record):
    """Two files that may be of one person, the lower identifier first, until somebody says which it is.

    `speaks_for` and `speaks_against` name what agrees and what does not, never a value.
    """

    keeper = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    probability = models.FloatField()
    sure = models.BooleanField(default=False)
    speaks_for = models.JSONField(default=list)
    speaks_against = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=PairState, default=PairState.OPEN)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sure", "-probability", "id"]
        indexes = [
            models.Index(fields=["keeper", "state", "-sure", "-probability", "id"], name="pairs_to_look_at")
        ]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_files_are_one_pair"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="the_lower_file_of_a_pair_first"
            ),
        ]
