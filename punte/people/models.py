"""People and the households they live in, through time; how they are found again."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.constraints import NoOverlap
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, PeriodQuerySet, Record
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.people.enums import (
    DocumentKind,
    KinshipKind,
    OtherNameKind,
    Relation,
    Sex,
    SightReason,
)
from punte.people.fields import FoldedField
from punte.people.names import shown_name
from punte.people.pairs import LikelyPair as LikelyPair
from punte.people.pairs import PersonJoin as PersonJoin
from punte.people.rules import completed_years, first_text_after
from punte.people.sight import households_in_sight
from punte.territory.models import Community, Uat

EMERGENCY_LASTS = dt.timedelta(hours=24)
"""How long a record stays open that was opened in an emergency."""

EMERGENCY_IS_THE_TEAMS = dt.timedelta(minutes=15)
"""How long the case team alone may answer who asks for a sealed record; then who sees all cases may too."""


def seals() -> Any:
    """The module that knows what seals hide, which reads these models."""
    from punte.people import seals

    return seals


class HouseholdQuerySet(models.QuerySet["Household"]):
    """Households, by who may see them and by name."""

    def visible_to(self, user: User) -> Self:
        """Households kept by organisations in which the account sees people, and those it was given sight of."""
        kept = models.Q(keeper__in=user.standing.organizations(Capability.SEE_PEOPLE))
        given = households_in_sight(user)
        seen = self.filter(kept | models.Q(pk__in=given)) if given else self.filter(kept)
        return seen.beyond_seals(user)

    def beyond_seals(self, user: User) -> Self:
        """Without those where only sealed people live in whose circle the account is not."""
        hidden = seals().hidden_from(user).households
        return self.exclude(pk__in=hidden) if hidden else self

    def kept_and_named(self, user: User, text: str) -> Self:
        """Those that the account's organisations keep whose name begins so, however it is written, by name."""
        beginning = fold(text)
        if len(beginning) < 2:
            return self.none()
        kept = self.filter(keeper__in=user.standing.organizations(Capability.SEE_PEOPLE))
        after = first_text_after(beginning)
        if after is None:
            named = kept.filter(folded_name__startswith=beginning)
        else:
            named = kept.filter(folded_name__gte=beginning, folded_name__lt=after)
        seen = named.beyond_seals(user)
        return seen.select_related("uat").defer("safe_contact").order_by("folded_name", "pk")


class Household(Record):
    """People who live together; its record is kept by one organisation."""

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="households")
    name = models.CharField(_("name"), max_length=120)
    folded_name = FoldedField(of="name", max_length=120)
    uat = models.ForeignKey(Uat, on_delete=models.PROTECT, related_name="households", verbose_name=_("UAT"))
    community = models.ForeignKey(
        Community,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="households",
        verbose_name=_("community"),
    )
    locality = models.CharField(_("locality"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    safe_contact = EncryptedTextField()
    sealed = models.BooleanField(default=False, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        ordering = ["folded_name", "id"]
        indexes = [
            models.Index(fields=["keeper", "folded_name", "id"], name="households_of_keeper_by_name"),
            models.Index(fields=["keeper", "uat", "folded_name", "id"], name="households_of_uat_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    """People, by who may see them."""

    def visible_to(self, user: User) -> Self:
        """People kept by the account's organisations, and members of households it was given sight of."""
        kept = models.Q(keeper__in=user.standing.organizations(Capability.SEE_PEOPLE))
        given = households_in_sight(user)
        if not given:
            return self.filter(kept)
        members = seals().hidden_from(user).living().filter(household__in=given).values("person")
        return self.filter(kept | models.Q(pk__in=members))


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
        asked = day or timezone.localdate()
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
        return seals().hidden_from(user).beyond(self.filter(household__in=Household.objects.visible_to(user)))


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


class PersonSeal(Period):
    """Where a person lives, and how they are reached, is known to a circle alone, for a while.

    Others see the membership that `stood` on the day of the seal, this phone and e-mail, and what they write.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seals")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    stood = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="stands_sealed")
    stood_end = models.DateField(null=True, blank=True)
    phone = EncryptedTextField()
    email = EncryptedTextField()
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_reason = EncryptedTextField()

    class Meta(Period.Meta):
        constraints = [*Period.Meta.constraints, NoOverlap(name="one_seal_of_a_person", key=["person"])]


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
        ordering = ["kind", "expires_on"]
        indexes = [models.Index(fields=["expires_on"], name="documents_by_expiry")]


class NameToken(models.Model):
    """One word that occurs in names, folded."""

    text = models.CharField(max_length=80, unique=True)


class NameSlip(models.Model):
    """A word as it reads with one letter left out, so that a slip of the finger still meets it."""

    text = models.CharField(max_length=80)
    token = models.ForeignKey(NameToken, on_delete=models.CASCADE, related_name="slips")

    class Meta:
        indexes = [models.Index(fields=["text", "token"], name="slips_by_text")]


class PersonName(models.Model):
    """A word of a person's name, beside the keeper, so that the index alone narrows a search."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_words")
    token = models.ForeignKey(NameToken, on_delete=models.PROTECT, related_name="+", db_index=False)
    keeper = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["token", "keeper", "person"], name="people_by_name_word")]
        constraints = [
            models.UniqueConstraint(fields=["person", "token"], name="a_name_word_once_per_person")
        ]


class PersonNamePair(models.Model):
    """Two words of a person's name, the lower number first: who bears two common words is found without a long walk."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_pairs")
    first = models.ForeignKey(NameToken, on_delete=models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey(NameToken, on_delete=models.PROTECT, related_name="+", db_index=False)
    keeper = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["first", "second", "keeper", "person"], name="people_by_name_pair")]


class EmergencyRequestQuerySet(models.QuerySet["EmergencyRequest"]):
    """What was asked for in an emergency, by who answers it."""

    def waiting(self) -> Self:
        """Those that nobody answered yet, of the last day."""
        return self.filter(
            household__isnull=False, answered_at=None, created_at__gt=timezone.now() - EMERGENCY_LASTS
        )

    def answerable_by(self, user: User) -> Self:
        """Those that the account may answer: in the case team at once, who sees all cases of the keeper later.

        Nobody answers what they asked for themselves.
        """
        team = user.household_sights.current().filter(why=SightReason.CASE_TEAM).values("household")
        leads = models.Q(
            household__keeper__in=user.standing.organizations(Capability.SEE_ALL_CASES),
            created_at__lte=timezone.now() - EMERGENCY_IS_THE_TEAMS,
        )
        return self.waiting().filter(models.Q(household__in=team) | leads).exclude(by=user)


class EmergencyRequest(Record):
    """Somebody asked for a record in an emergency, at `created_at`; `household` is empty where nobody was found.

    What is not sealed opens at once and has no `answered_by`; the rest waits for the case team.
    """

    household = models.ForeignKey(
        Household, null=True, on_delete=models.CASCADE, related_name="emergency_requests"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="emergency_requests")
    reason = EncryptedTextField()
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    granted = models.BooleanField(default=False)

    objects = EmergencyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["household", "created_at"], name="requests_of_household")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | models.Q(answered_at__isnull=False),
                name="an_answer_has_its_hour",
            )
        ]


class HouseholdSight(Period):
    """Sight of one household given to one account beyond its role: as a member of a case team, or in an emergency."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="sights")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="household_sights")
    why = models.CharField(max_length=20, choices=SightReason)
    reason = EncryptedTextField()
    seen_by_officer_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta(Period.Meta):
        indexes = [models.Index(fields=["user", "why"], name="sights_of_user")]


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    """Registers on their way in, by whose they are."""

    def open_to(self, user: User) -> Self:
        """Those that the account sent, while it records people for their keeper and they are kept."""
        keepers = user.standing.organizations(Capability.EDIT_PEOPLE)
        return self.filter(by=user, keeper__in=keepers, expires_at__gt=timezone.now())


class RegisterImport(Record):
    """A table of people and households on its way in: what was read of it and said about it, until it expires."""

    keeper = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    content = EncryptedTextField()
    expires_at = models.DateTimeField(db_index=True)

    objects = RegisterImportQuerySet.as_manager()


class TakenRow(Record):
    """A line of a register that is in: by it the same line is known again, and a portion is not taken in twice.

    `remarks` are what the register says besides and in other words than the record.
    """

    source = models.ForeignKey(RegisterImport, null=True, on_delete=models.SET_NULL, related_name="taken")
    row = models.CharField(max_length=20)
    keeper = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="register_rows")
    is_new = models.BooleanField()
    remarks = EncryptedTextField()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["keeper", "digest"], name="taken_rows_by_digest")]
        constraints = [
            models.UniqueConstraint(fields=["source", "row"], name="a_line_of_a_register_is_taken_in_once")
        ]
