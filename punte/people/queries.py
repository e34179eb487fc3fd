"""Who may see which people and households."""

from typing import TYPE_CHECKING, Self

from django.db import models

from punte.accounts.enums import Capability
from punte.kernel.models import PeriodQuerySet
from punte.kernel.text import fold
from punte.people.rules import first_text_after
from punte.people.sight import households_in_sight

if TYPE_CHECKING:
    from punte.accounts.models import User


def households_named(user: "User", text: str) -> "HouseholdQuerySet":
    """Households that the account's organisations keep whose name begins so, however it is written, by name."""
    from punte.people.models import Household

    beginning = fold(text)
    if len(beginning) < 2:
        return Household.objects.none()
    kept = Household.objects.filter(keeper__in=user.standing.organizations(Capability.SEE_PEOPLE))
    named = kept.filter(folded_name__gte=beginning)
    after = first_text_after(beginning)
    if after is not None:
        named = named.filter(folded_name__lt=after)
    return named.select_related("uat").defer("safe_contact").order_by("folded_name", "pk")


class HouseholdQuerySet(models.QuerySet["models.Model"]):
    def visible_to(self, user: "User") -> Self:
        """Households kept by organisations in which the account sees people, and those it was given sight of."""
        kept = models.Q(keeper__in=user.standing.organizations(Capability.SEE_PEOPLE))
        given = households_in_sight(user)
        return self.filter(kept | models.Q(pk__in=given)) if given else self.filter(kept)


class PersonQuerySet(models.QuerySet["models.Model"]):
    def visible_to(self, user: "User") -> Self:
        """People kept by the account's organisations, and members of households it was given sight of."""
        kept = models.Q(keeper__in=user.standing.organizations(Capability.SEE_PEOPLE))
        given = households_in_sight(user)
        if not given:
            return self.filter(kept)
        from punte.people.models import Membership

        members = Membership.objects.current().filter(household__in=given).values("person")
        return self.filter(kept | models.Q(pk__in=members))


class MembershipQuerySet(PeriodQuerySet):
    def visible_to(self, user: "User") -> Self:
        """Memberships of households that the account sees."""
        from punte.people.models import Household

        return self.filter(household__in=Household.objects.visible_to(user))
