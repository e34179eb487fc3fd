"""Households, and who was given sight of one beyond their role."""

from collections.abc import Collection
from typing import Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, Record
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.people.enums import (
    SightReason,
)
from punte.people.fields import FoldedAddress, FoldedField, FoldedPhone
from punte.people.rules import first_text_after
from punte.people.sight import hidden_from, households_in_sight
from punte.territory.models import Community, Uat


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
        hidden = hidden_from(user).households
        return self.exclude(pk__in=hidden) if hidden else self

    def first_of_each(self, keepers: Collection[UUID], many: int) -> Self:
        """The first `many` in the order that they have, asked of each keeper by itself.

        An index has them in order by keeper: of several at once the database would read and sort all of them.
        """
        if len(keepers) < 2:
            return self[:many]
        heads = [
            pk for keeper in keepers for pk in self.filter(keeper=keeper).values_list("pk", flat=True)[:many]
        ]
        return self.filter(pk__in=heads)[:many]

    def kept_and_named(self, user: User, text: str, many: int = 20) -> Self:
        """The first `many` that the account's organisations keep whose name begins so, however written, by name."""
        keepers = user.standing.organizations(Capability.SEE_PEOPLE)
        named = self.filter(keeper__in=keepers).named(text).beyond_seals(user)
        return named.select_related("uat").defer("safe_contact").first_of_each(keepers, many)

    def named(self, text: str) -> Self:
        """Those whose name begins so, however it is written, by name; none for less than two letters."""
        beginning = fold(text)
        if len(beginning) < 2:
            return self.none()
        after = first_text_after(beginning)
        if after is None:
            found = self.filter(folded_name__startswith=beginning)
        else:
            found = self.filter(folded_name__gte=beginning, folded_name__lt=after)
        return found.order_by("folded_name", "pk")


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
    # Null where there is none: an index of the others alone is as small as they are few.
    folded_address = FoldedAddress(of="address", max_length=200, null=True, default=None)
    folded_phone = FoldedPhone(of="phone", max_length=40, null=True, default=None)
    safe_contact = EncryptedTextField()
    sealed = models.BooleanField(default=False, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        ordering = ["folded_name", "id"]
        indexes = [
            models.Index(fields=["keeper", "folded_name", "id"], name="households_of_keeper_by_name"),
            models.Index(fields=["keeper", "uat", "folded_name", "id"], name="households_of_uat_by_name"),
            models.Index(
                fields=["keeper", "folded_address", "id"],
                condition=models.Q(folded_address__isnull=False),
                name="households_by_address",
            ),
            models.Index(
                fields=["folded_phone", "keeper"],
                condition=models.Q(folded_phone__isnull=False),
                name="households_by_phone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


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
