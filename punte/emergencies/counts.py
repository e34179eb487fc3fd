"""How many people an emergency concerns, as an account knows it; each counted once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from punte.accounts.models import User
from punte.deadlines.model import ADULT_AT
from punte.emergencies.content import content
from punte.emergencies.models import Emergency, Listed, as_seen


@dataclass(frozen=True)
class Counted:
    """Distinct people of a list.

    Attributes:
        here: those who have not left.
        children: of those here, who are said to be under 18.
        filed: who has a file of their own.
        needs: of those here, how many need something; those that come first, first.
        shelters: by the name of the service, how many have a place there.
        left: by where they went.
    """

    people: int = 0
    here: int = 0
    groups: int = 0
    children: int = 0
    filed: int = 0
    came_today: int = 0
    needs: Sequence[tuple[str, str, int]] = ()
    shelters: Sequence[tuple[str, int]] = field(default_factory=list)
    left: Sequence[tuple[str, int]] = field(default_factory=list)


def rows_of(user: User, emergency: Emergency) -> list[Listed]:
    """The list as an account knows it, the newest first; each person once."""
    rows = Listed.objects.visible_to(user).filter(emergency=emergency).distinct_people()
    related = ("shelter", "by", "person", "household", "case")
    return as_seen(
        user, rows.select_related(*related).prefetch_related("looks_for__found").order_by("-number")
    )


def counted(rows: Sequence[Listed]) -> Counted:
    """Rows of a list, counted in memory: what a seal hides is in no number."""
    here = [row for row in rows if row.is_here]
    needs = Counter(key for row in here for key in row.needs)
    known = content()["needs"]
    order = sorted(known.values(), key=lambda one: not one.first)
    today = timezone.localdate()
    return Counted(
        people=len(rows),
        here=len(here),
        groups=len({row.group for row in here}),
        children=sum(row.age is not None and row.age < ADULT_AT for row in here),
        filed=sum(row.person_id is not None for row in rows),
        came_today=sum(timezone.localdate(row.created_at) == today for row in rows),
        needs=[(one.key, str(one), needs[one.key]) for one in order if needs[one.key]],
        shelters=sorted(Counter(str(row.shelter) for row in here if row.shelter).items()),
        left=sorted(Counter(row.left_named for row in rows if row.left_to).items()),
    )
