"""The search for a family for a child, and which family's place a measure holds."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from punte.accounts.models import User
from punte.cases.models import Case
from punte.kernel.among import among
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.people.models import Person
from punte.people.sight import hidden_from
from punte.protection.criteria import criteria
from punte.protection.enums import SearchState
from punte.registers.models import Entry


class SearchQuerySet(models.QuerySet["FamilySearch"]):
    """Searches, by who may know of them."""

    def visible_to(self, user: User) -> Self:
        """Those of cases that the account sees; of a child behind a seal what it knew before, and no family since."""
        seen = self.filter(among(Case.objects.visible_to(user), "case"))
        hidden = hidden_from(user)
        if not hidden.people:
            return seen
        sealed = SearchedChild.objects.filter(search=models.OuterRef("pk"))
        since = hidden.seals("person").filter(
            Q(created_at__lte=models.OuterRef(models.OuterRef("created_at")))
            | Q(created_at__date__lte=models.OuterRef(models.OuterRef("decided_on")))
        )
        return seen.exclude(models.Exists(sealed.filter(models.Exists(since))))


class FamilySearch(Record):
    """One family is looked for, for one child or for siblings. No name is shown before somebody decides.

    `needs` are those of the attestation; `wider` since what is strict was passed over, and `why_wider` says why.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="family_searches")
    children = models.ManyToManyField(Person, through="SearchedChild", related_name="family_searches")
    needs = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    wider = models.BooleanField(default=False)
    why_wider = EncryptedTextField()
    state = models.CharField(max_length=10, choices=SearchState, default=SearchState.OPEN)
    chosen = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    reason = EncryptedTextField()

    objects = SearchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SearchState.DECIDED, chosen__isnull=False, decided_by__isnull=False)
                | (~Q(state=SearchState.DECIDED) & Q(chosen=None)),
                name="a_family_is_chosen_by_somebody",
            )
        ]


class SearchedChild(Record):
    """One of the children for whom a family is looked."""

    search = models.ForeignKey(FamilySearch, on_delete=models.CASCADE, related_name="searched")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "person"], name="a_child_is_searched_for_once")
        ]


class Placement(Record):
    """The measure of a child holds a place in the family of an attestation.

    Whether it is held says the measure itself, each time anew: what ends, is refused or withdrawn gives its place back
    without anybody's doing.
    """

    measure = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="placement")
    attestation = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="placements")
    search = models.ForeignKey(FamilySearch, null=True, on_delete=models.PROTECT, related_name="placements")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(measure=models.F("attestation")), name="a_measure_is_no_attestation"
            )
        ]


def holding(*, on: dt.date | None = None) -> models.QuerySet[Placement]:
    """Those whose measure holds a place on a day: proposed or in force, and not over."""
    day = on or timezone.localdate()
    lasts = Q(measure__end=None) | Q(measure__end__gt=day)
    return Placement.objects.filter(lasts, measure__state__in=criteria().registers.holding)
