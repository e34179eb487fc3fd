"""Which households an account was given sight of beyond its organisations."""

from uuid import UUID

from django.db import models
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.people.enums import SightReason


def households_in_sight(user: User) -> frozenset[UUID]:
    """Households beyond the account's organisations that it was given sight of and still has; one query a request.

    Who no longer has any role that works with people sees none, whatever was once given.
    """
    return frozenset(household for household, _why in _given(user))


def team_households(user: User) -> frozenset[UUID]:
    """Those of them that it sees as a member of a case team; no further query."""
    return frozenset(household for household, why in _given(user) if why == SightReason.CASE_TEAM)


def forget_households_in_sight(user: User) -> None:
    """Read the given sights anew when next asked: one was just given or taken away."""
    for known in ("_households_in_sight", "_hidden_by_seals"):
        user.__dict__.pop(known, None)


def _given(user: User) -> frozenset[tuple[UUID, str]]:
    if not user.standing.may(Capability.SEE_PEOPLE):
        return frozenset()
    known: frozenset[tuple[UUID, str]] | None = getattr(user, "_households_in_sight", None)
    if known is None:
        now = timezone.now()
        sights = user.household_sights.current().filter(
            models.Q(expires_at=None) | models.Q(expires_at__gt=now)
        )
        known = frozenset(sights.values_list("household_id", "why"))
        user._households_in_sight = known  # type: ignore[attr-defined]
    return known
