"""Which households an account was given sight of beyond its organisations."""

from uuid import UUID

from django.db import models
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User


def households_in_sight(user: User) -> frozenset[UUID]:
    """Households beyond the account's organisations that it was given sight of and still has; one query a request.

    Who no longer has any role that works with people sees none, whatever was once given.
    """
    if not user.standing.may(Capability.SEE_PEOPLE):
        return frozenset()
    known: frozenset[UUID] | None = getattr(user, "_households_in_sight", None)
    if known is None:
        now = timezone.now()
        sights = user.household_sights.current().filter(
            models.Q(expires_at=None) | models.Q(expires_at__gt=now)
        )
        known = frozenset(sights.values_list("household_id", flat=True))
        user._households_in_sight = known  # type: ignore[attr-defined]
    return known


def forget_households_in_sight(user: User) -> None:
    """Read the given sights anew when next asked: one was just given or taken away."""
    if hasattr(user, "_households_in_sight"):
        del user._households_in_sight
