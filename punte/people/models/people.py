"""People through time: who they are, where they live, what they are to each other."""

import datetime as dt
from collections.abc import Iterable
from typing import Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.among import among
from punte.kernel.constraints import NoOverlap
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, PeriodQuerySet, Record
from punte.kernel.today import today
from punte.organizations.models import Organization
from punte.people.enums import (
    DocumentKind,
    KinshipKind,
    OtherNameKind,
    Relation,
    Sex,
)
from punte.people.fields import FoldedPhone
from punte.people.models.households import Household
from punte.people.names import shown_name
from punte.people.rules import completed_years
from punte.people.sight import hidden_from, households_in_sight


class PersonQuerySet(models.QuerySet["Person"]):
    """People, by who may see them."""

    def visible_to(self, user: User) -> Self:
        """People kept by the account's organisations, and members of households it was given sight of."""
        kept = models.Q(keeper__in=user.standing.organizations(Capability.SEE_PEOPLE))
        given = households_in_sight(user)
        if not given:
            return self.filter(kept)
        members = hidden_from(user).living().filter(household__in=given).values("person")
        return self.filter(kept | models.Q(pk__in=members))

    def kept_instead(self, keys: Iterable[UUID]) -> dict[UUID, UUID]:
        """Of these identifiers those whose file was joined, each with that of the file that was kept; one query."""
        joined = self.filter(pk__in=list(keys), joined_into__isnull=False).order_by()
        return dict(joined.values_list("pk", "joined_into"))

    def kept_key(self, key: UUID) -> UUID:
        """The identifier of the file that stands for this one today: its own, unless it was joined."""
        return self.kept_instead([key]).get(key, key)


class PeopleOnFile(models.Manager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """People, each once: a file that was joined into another is the same person's and is not among them."""

    def get_queryset(self) -> PersonQuerySet:
        """Files that stand on their own."""
        people: PersonQuerySet = super().get_queryset().filter(joined_into=None)
        return people


class Person(Record):
    """A person; a CNP is normal to lack, ethnicity is only what the person declared (R178).

    A name that is not known yet is empty. `also_named` are the `other_names`, one a line, beside the name: each search
    and each list reads them. A file that was joined into another stays as it was, for whoever still knows it; what hung
    on it hangs on the other, and `cnp_index` is empty while it is joined.
    """

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="people")
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    also_named = models.TextField(default="", blank=True, editable=False)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    cnp = EncryptedTextField()
    cnp_index = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    ethnicity = EncryptedTextField()
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    folded_phone = FoldedPhone(of="phone", max_length=40, null=True, default=None)
    email = models.EmailField(_("e-mail"), blank=True)
    died_on = models.DateField(_("died on"), null=True, blank=True)
    joined_into = models.ForeignKey(
        "self",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="joined_files",
        db_index=False,
    )

    objects = PeopleOnFile()
    everyone = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["family_name", "given_name", "id"]
        indexes = [
            models.Index(fields=["birth_date"], name="people_by_birth_date"),
            # Of the few alone: an index that also held the empty ones would be taken for the short way to a CNP.
            models.Index(
                fields=["joined_into"],
                condition=models.Q(joined_into__isnull=False),
                name="files_that_were_joined",
            ),
            models.Index(
                fields=["folded_phone", "keeper"],
                condition=models.Q(folded_phone__isnull=False),
                name="people_by_phone",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["keeper", "cnp_index"],
                condition=~models.Q(cnp_index=""),
                name="one_person_of_a_cnp_per_keeper",
            )
        ]

    def __str__(self) -> str:
        return shown_name(self.family_name, self.given_name, born=self.birth_date)

    @property
    def called(self) -> str:
        """What a person is called within the family."""
        return self.given_name or str(self)

    @property
    def names(self) -> list[str]:
        """Every name that is known of the person, as written, today's first."""
        return [
            name for name in (f"{self.family_name} {self.given_name}".strip(), *self.former_names) if name
        ]

    @property
    def former_names(self) -> list[str]:
        """The names that the person bore before, and those that others use."""
        return self.also_named.splitlines()

    def age_on(self, day: dt.date | None = None) -> int | None:
        """Completed years on `day` (today unless given), at death at the latest; None where it is not known."""
        if self.birth_date is None:
            return None
        asked = day or today()
        return completed_years(self.birth_date, on=min(asked, self.died_on) if self.died_on else asked)


class OtherName(Record):
    """A name that a person bore before, or by which others know them; `until` is the day of the change."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="other_names")
    kind = models.CharField(max_length=20, choices=OtherNameKind)
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "family_name", "given_name"], name="an_other_name_once_per_person"
            ),
            models.CheckConstraint(
                condition=~models.Q(family_name="", given_name=""), name="an_other_name_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family_name} {self.given_name}".strip()


class MembershipQuerySet(PeriodQuerySet["Membership"]):
    """Memberships, by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Memberships of households that the account sees, but for those that a seal hides."""
        return hidden_from(user).beyond(self.filter(among(Household.objects.visible_to(user), "household")))


class Membership(Period):
    """A person lives in a household for a while, and never after death: `end_without_death` is how it stood before."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="memberships")
    relation = models.CharField(max_length=20, choices=Relation, default=Relation.UNRELATED)
    ended_by_death = models.BooleanField(default=False, editable=False)
    end_without_death = models.DateField(null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(name="one_household_per_person_at_a_time", key=["person"]),
        ]


class Kinship(Record):
    """What one person is to another, whether or not they live together."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relatives")
    relative = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relative_of")
    kind = models.CharField(max_length=20, choices=KinshipKind)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "relative", "kind"], name="one_kinship_of_a_kind_per_pair"
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("relative")), name="nobody_is_their_own_relative"
            ),
        ]

    @property
    def is_parent(self) -> bool:
        """Whether it is of a mother or a father."""
        return self.kind in (KinshipKind.MOTHER, KinshipKind.FATHER)

    @property
    def is_guardian(self) -> bool:
        """Whether it is of a guardian."""
        return self.kind == KinshipKind.GUARDIAN


class IdentityDocument(Record):
    """A paper that proves who a person is or what they are entitled to, with its expiry (R54)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=30, choices=DocumentKind)
    number = EncryptedTextField()
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "expires_on", "id"]
        indexes = [models.Index(fields=["expires_on"], name="documents_by_expiry")]
