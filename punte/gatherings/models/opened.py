"""What a supervisor opened for a student or a volunteer to read: parts of one record, until a day, ended by a deed."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from punte.accounts.models import User
from punte.cases.models import Case
from punte.gatherings.models.groups import Placement
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record, during
from punte.people.enums import SharedPart
from punte.people.models import PersonSeal
from punte.people.sight import lives_in


class OpenedQuerySet(models.QuerySet["Opened"]):
    """What was opened, by whether it still is and for whom."""

    def standing(self) -> Self:
        """Of open cases where nothing and nobody is sealed, within the placement, until its day."""
        today = timezone.localdate()
        hiding = PersonSeal.objects.filter(lives_in(OuterRef("case__household")), end=None)
        held = Placement.objects.filter(during(today)).values("pk")
        open_ones = self.filter(~Exists(hiding), case__sealed=False, case__household__sealed=False)
        return open_ones.filter(ended_at=None, until__gte=today, case__open=True, placement__in=held)

    def read_by(self, user: User) -> list["Opened"]:
        """Those that the account reads today: opened by a supervisor who still sees the case."""
        rows = self.standing().filter(placement__user=user).order_by("until", "pk")
        found = list(rows.select_related("case__household__uat", "placement__supervisor"))
        cases = Case.objects.filter(pk__in=[one.case_id for one in found])
        seen = {
            by: set(cases.visible_to(by).values_list("pk", flat=True))
            for by in {one.placement.supervisor for one in found}
        }
        return [one for one in found if one.case_id in seen[one.placement.supervisor]]


class Opened(Record):
    """Parts of the general record of a case that one student or volunteer reads until a day.

    Attributes:
        parts: keys of `SharedPart`.
        why: what they learn or do there.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="opened")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    parts = models.JSONField(default=list)
    why = EncryptedTextField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OpenedQuerySet.as_manager()

    class Meta:
        ordering = ["until", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "case"],
                condition=models.Q(ended_at=None),
                name="a_case_is_opened_once_for_a_student",
            )
        ]

    @property
    def parts_named(self) -> list[str]:
        """What may be read, in words, in the order of the record."""
        return [str(part.label) for part in SharedPart if part in self.parts]

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed, or it was ended."""
        return self.ended_at is not None or self.until < timezone.localdate()
