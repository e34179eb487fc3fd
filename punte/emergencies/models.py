"""An emergency, who works on it, and its fast list of people; nobody else sees who is on it."""

from collections.abc import Iterable
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.models import Case
from punte.directory.models import Service
from punte.emergencies.content import content, said
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Organization
from punte.people.models import Household, Person
from punte.people.sight import hidden_from
from punte.territory.models import Uat


class EmergencyQuerySet(models.QuerySet["Emergency"]):
    """Emergencies, by who may know what of them."""

    def visible_to(self, user: User) -> Self:
        """Those on which the account is put to work, where it sees people."""
        mine = EmergencyWorker.objects.filter(emergency=OuterRef("pk"), user=user)
        return self.filter(Exists(mine), keeper__in=user.standing.organizations(Capability.SEE_PEOPLE))

    def known_to(self, user: User) -> Self:
        """Besides those, of the own institution for who gives work there: that they are there, and nobody on them."""
        leads = user.standing.organizations(Capability.ASSIGN)
        seen = Emergency.objects.visible_to(user)
        return self.filter(Q(keeper__in=leads) | Q(pk__in=seen.values("pk")))


class Emergency(Record):
    """A disaster, people who flee: from `started_on` until `ended_on`; `erased_on` once nobody on it is named."""

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="emergencies")
    kind = models.CharField(max_length=40)
    name = EncryptedTextField()
    place = EncryptedTextField()
    uat = models.ForeignKey(Uat, on_delete=models.PROTECT, related_name="+")
    shelters = models.ManyToManyField(Service, related_name="+", blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    last_number = models.PositiveIntegerField(default=0)
    erased_on = models.DateField(null=True)

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="an_emergency_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_named(self) -> str:
        """What it is, in words."""
        return said("kinds", [self.kind])[0]

    @property
    def is_open(self) -> bool:
        """Whether people still come."""
        return self.ended_on is None


class EmergencyWorker(Record):
    """Somebody who works on an emergency, and so sees its list."""

    emergency = models.ForeignKey(Emergency, on_delete=models.CASCADE, related_name="workers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["emergency", "user"], name="a_worker_is_on_an_emergency_once")
        ]


class ListedQuerySet(models.QuerySet["Listed"]):
    """Those on fast lists, by who may read them."""

    def visible_to(self, user: User) -> Self:
        """Of the emergencies on which the account works."""
        return self.filter(emergency__in=Emergency.objects.visible_to(user))

    def distinct_people(self) -> Self:
        """Each once: without those who turned out to stand on the list already."""
        return self.filter(merged_into=None)


class Listed(Record):
    """Somebody on the fast list, half known as they are; `number` is what a bracelet or a paper carries.

    Attributes:
        group: the number of the first one of those who belong together.
        shelter: where they have a place, taken in the directory.
        person, household, case: once they have a file of their own.
        left_to: where they went, a key of content.
    """

    emergency = models.ForeignKey(Emergency, on_delete=models.PROTECT, related_name="listed")
    number = models.PositiveIntegerField()
    group = models.PositiveIntegerField()
    name = EncryptedTextField()
    age = models.PositiveSmallIntegerField(null=True)
    phone = EncryptedTextField()
    language = models.CharField(max_length=20, blank=True, default="")
    needs = models.JSONField(default=list)
    note = EncryptedTextField()
    shelter = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    left_to = models.CharField(max_length=20, blank=True, default="")
    left_on = models.DateField(null=True)
    left_at = models.DateTimeField(null=True)

    objects = ListedQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["emergency", "number"], name="one_on_a_fast_list_of_a_number"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="nobody_on_a_fast_list_is_themselves_again",
            ),
            models.CheckConstraint(
                condition=Q(left_to="", left_on=None) | ~Q(left_to="") & Q(left_on__isnull=False),
                name="who_left_a_fast_list_went_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.number}"

    @property
    def is_here(self) -> bool:
        """Whether they are still where people were taken in."""
        return not self.left_to and self.merged_into_id is None

    @property
    def needs_named(self) -> list[str]:
        """What they need, in words."""
        return said("needs", self.needs)

    @property
    def language_named(self) -> str:
        """What they speak, in words."""
        return said("languages", [self.language])[0] if self.language else ""

    @property
    def left_named(self) -> str:
        """Where they went, in words."""
        return said("left_to", [self.left_to])[0] if self.left_to else ""

    @property
    def is_urgent(self) -> bool:
        """Whether they need something that comes before all else."""
        known = content()["needs"]
        return any(key in known and known[key].first for key in self.needs)


class LookedFor(Record):
    """Somebody of their family whom one on the list looks for; `agreed` once the one who was found wants to be told."""

    listed = models.ForeignKey(Listed, on_delete=models.CASCADE, related_name="looks_for")
    name = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    found = models.ForeignKey(Listed, null=True, on_delete=models.PROTECT, related_name="found_for")
    agreed = models.BooleanField(null=True)
    found_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "id"]


def as_seen(user: User, rows: Iterable[Listed]) -> list[Listed]:
    """Rows as an account knows them: of a file that it does not see nothing, of a sealed person as before the seal.

    Never to be saved.
    """
    found = list(rows)
    keys = [one.person_id for one in found if one.person_id]
    seen = (
        set(Person.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
        if keys
        else set()
    )
    homes = _visible(Household, user, [one.household_id for one in found if one.household_id])
    cases = _visible(Case, user, [one.case_id for one in found if one.case_id])
    hidden = hidden_from(user).people
    for one in found:
        shown = hidden.get(one.person_id) if one.person_id else None
        if shown is not None and one.left_at and one.left_at >= shown.sealed_at:
            one.left_to, one.left_on = "", None
        one.household = one.household if one.household_id in homes else None
        one.case = one.case if one.case_id in cases else None
        one.person = one.person if one.person_id in seen else None
    return found


def _visible(model: type[Household] | type[Case], user: User, keys: list[UUID]) -> set[UUID]:
    if not keys:
        return set()
    return set(model.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
