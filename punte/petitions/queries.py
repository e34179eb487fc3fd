"""Which petitions an account sees, and to whom residents may write."""

import datetime as dt
from collections.abc import Collection
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from punte.accounts.enums import Capability, Role
from punte.accounts.models import Appointment, User
from punte.accounts.policy import POWERS
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.petitions.enums import OPEN


class PetitionQuerySet(models.QuerySet[Any]):
    """Petitions as they are asked for."""

    def visible_to(self, user: User) -> Self:
        """Those of the organisations where the account answers petitions.

        One about a worker: only for leaders and for whom they gave it to; never for those it is about.
        """
        answers = user.standing.organizations(Capability.ANSWER_PETITIONS)
        leads = answers & user.standing.organizations(Capability.ASSIGN)
        given = Q(restricted=False) | Q(organization__in=leads) | Q(assigned_to=user)
        return self.filter(given, organization__in=answers).exclude(about=user)

    def numbered(self, user: User, number: int, years: Collection[int]) -> Self:
        """Of those that the account sees, the ones of a number in some years, the newest first."""
        answers = user.standing.organizations(Capability.ANSWER_PETITIONS)
        seen = self.visible_to(user).filter(organization__in=answers, year__in=years, number=number)
        return seen.order_by("-year", "organization")

    def waiting(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(status__in=OPEN)

    def late(self, today: dt.date) -> Self:
        """Those whose term has passed."""
        return self.waiting().filter(due_on__lt=today)


def roles_with(capability: Capability) -> list[Role]:
    """The roles that have a capability."""
    return [role for role, powers in POWERS.items() if capability in powers.capabilities]


def addressees() -> models.QuerySet[Organization]:
    """Where a resident may write: town halls and keepers of a directory in which somebody answers."""
    today = Appointment.objects.current().filter(user__is_active=True)
    answering = today.filter(role__in=roles_with(Capability.ANSWER_PETITIONS)).values("organization")
    keeping = today.filter(role__in=roles_with(Capability.KEEP_DIRECTORY)).values("organization")
    public = Q(kind=OrganizationKind.TOWN_HALL) | Q(pk__in=keeping)
    return Organization.objects.filter(public, pk__in=answering).select_related("uat").order_by("name")


def answerers(organization: Organization) -> models.QuerySet[User]:
    """The accounts that answer petitions of an organisation today."""
    return answerers_of([organization.pk])


def answerers_of(organizations: Collection[UUID]) -> models.QuerySet[User]:
    """The accounts that answer petitions of any of the organisations today."""
    posts = Appointment.objects.current().filter(
        organization__in=organizations, role__in=roles_with(Capability.ANSWER_PETITIONS)
    )
    return User.objects.filter(is_active=True, pk__in=posts.values("user")).order_by("name")


def leaders(organization: Organization) -> models.QuerySet[User]:
    """Of those, the ones that give work to others."""
    both = set(roles_with(Capability.ANSWER_PETITIONS)) & set(roles_with(Capability.ASSIGN))
    posts = Appointment.objects.current().filter(organization=organization, role__in=both)
    return answerers(organization).filter(pk__in=posts.values("user"))
