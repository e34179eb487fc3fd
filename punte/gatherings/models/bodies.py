"""Bodies: a consultative council, a cluster, an inter-sector team; who sits in them and for how long."""

from typing import Self

from django.db import models
from django.db.models import Q

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.directory.models import Service
from punte.gatherings.models.who import Who, somebody
from punte.kernel.models import Period, PeriodQuerySet
from punte.organizations.models import Organization
from punte.territory.models import Uat


class BodyQuerySet(PeriodQuerySet["Body"]):
    """Bodies, by who may know of them."""

    def visible_to(self, user: User) -> Self:
        """Those of institutions where the account calls meetings, and those in which it sits today."""
        keepers = user.standing.organizations(Capability.MEET)
        sits = Seat.objects.current().filter(user=user).values("body")
        return self.filter(Q(keeper__in=keepers) | Q(pk__in=sits))


class Body(Period):
    """People who meet by an act: from the day of their mandate to its end.

    Attributes:
        kind: a key of `content/gatherings/bodies.yaml`.
        uat: for which commune, town or county it was made.
        service: whose it is, where a residential unit has it.
        act, act_on: the decision of the council that made it.
        quorum: how many must be there; empty where no rule says.
    """

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    uat = models.ForeignKey(Uat, null=True, blank=True, on_delete=models.PROTECT, related_name="bodies")
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="bodies"
    )
    act = models.CharField(max_length=120, blank=True)
    act_on = models.DateField(null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = BodyQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Period.Meta):
        ordering = ["title", "-start", "id"]
        indexes = [models.Index(fields=["keeper", "kind", "end"], name="bodies_of_keeper")]

    def __str__(self) -> str:
        return self.title


class Seat(Period, Who):
    """Somebody sits in a body for a while, in a role of its composition."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=40)
    promised_on = models.DateField(null=True, blank=True, help_text="since when they keep what they hear")

    class Meta(Period.Meta):
        ordering = ["start", "id"]
        constraints = [*Period.Meta.constraints, somebody("a_seat_is_somebodys")]
