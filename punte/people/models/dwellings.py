"""Dwellings, and where each household lives through time."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.among import among
from punte.kernel.constraints import NoOverlap
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, PeriodQuerySet, Record
from punte.organizations.models import Organization
from punte.people.enums import DwellingKind
from punte.people.fields import FoldedAddress
from punte.people.models.households import Household
from punte.people.places import address_words
from punte.people.sight import hidden_from
from punte.territory.models import Uat


class DwellingQuerySet(models.QuerySet["Dwelling"]):
    """Dwellings, by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Those kept by organisations in which the account sees people, without what would tell of a sealed person.

        A dwelling that others recorded since a seal, and where nobody is seen to live or to have lived but people
        behind one, is known to their circle alone.
        """
        kept = self.filter(keeper__in=user.standing.organizations(Capability.SEE_PEOPLE))
        hidden = hidden_from(user)
        if not hidden.households:
            return kept
        lived = Residence.objects.filter(dwelling=OuterRef("pk"))
        since = min(shown.sealed_at for shown in hidden.people.values())
        of_circle = Exists(lived.filter(household__in=hidden.households))
        of_others = Exists(lived.exclude(household__in=hidden.households))
        recorded = models.Q(created_at__gte=since) & ~models.Q(by=user)
        return kept.exclude(recorded & models.Q(of_circle) & ~models.Q(of_others))

    def written(self, text: str) -> Self:
        """Those with every word of `text` in their address, however it is written."""
        found = self
        for word in address_words(text):
            found = found.filter(folded_address__contains=word)
        return found


class Dwelling(Record):
    """A place to live in, recorded by itself so that who lives there, and what is agreed about it, has a history.

    `landlord` says in words whose it is, where `administrator` is none of the institutions.
    """

    keeper = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="dwellings", db_index=False
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=DwellingKind)
    uat = models.ForeignKey(Uat, on_delete=models.PROTECT, related_name="dwellings", verbose_name=_("UAT"))
    locality = models.CharField(_("locality"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=250)
    folded_address = FoldedAddress(of="address", max_length=200)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    administrator = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="administered"
    )
    landlord = EncryptedTextField()

    objects = DwellingQuerySet.as_manager()

    class Meta:
        ordering = ["folded_address", "id"]
        indexes = [
            models.Index(fields=["keeper", "folded_address", "id"], name="dwellings_by_address"),
            models.Index(fields=["keeper", "uat", "folded_address", "id"], name="dwellings_of_uat"),
        ]

    def __str__(self) -> str:
        return self.address


class ResidenceQuerySet(PeriodQuerySet["Residence"]):
    """Where households live, by who may see it."""

    def visible_to(self, user: User) -> Self:
        """Those of households that the account sees."""
        return self.filter(among(Household.objects.visible_to(user), "household"))


class Residence(Period):
    """A household lives somewhere for a while; the one that goes on is what the household itself says of its place.

    They follow on each other without a gap; the first begins where the place was first known.
    """

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="residences", db_index=False
    )
    dwelling = models.ForeignKey(Dwelling, null=True, on_delete=models.PROTECT, related_name="residences")
    uat = models.ForeignKey(Uat, on_delete=models.PROTECT, related_name="+")
    locality = EncryptedTextField()
    address = EncryptedTextField()

    objects = ResidenceQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Period.Meta):
        indexes = [models.Index(fields=["household", "start"], name="residences_of_household")]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(name="one_residence_of_a_household_at_a_time", key=["household"]),
        ]
