"""Which households an account was given sight of, and what the seals on people hide.

Since the day of a seal it is hidden where the person lives and how they are reached.
Whoever is outside the circle sees the person as on the day of the seal: the membership that stood looks not ended,
phone and e-mail are those of that day. What others write of it themselves lies on the seal, and only they read it.
Every reader of memberships, phones and addresses of people asks here, the models themselves too.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.models import during
from punte.people.enums import SightReason
from punte.people.rules import EMERGENCY_LASTS


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


Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True)
class Shown:
    """What somebody outside the circle sees of a sealed person: how they were reached, and where they lived."""

    seal: UUID
    stood: UUID | None
    stood_end: dt.date | None
    phone: str
    email: str


@dataclass(frozen=True)
class Hidden:
    """What somebody does not see: nothing, for most.

    Attributes:
        people: the sealed people in whose circle they are not.
        memberships: of those, what only the circle knows.
        lodgings: the households of those memberships.
        households: those of them where only such people live.
    """

    people: Mapping[UUID, Shown] = field(default_factory=dict)
    memberships: frozenset[UUID] = frozenset()
    lodgings: frozenset[UUID] = frozenset()
    households: frozenset[UUID] = frozenset()

    @cached_property
    def stood(self) -> Mapping[UUID, Shown]:
        """The memberships that look as on the day of the seal."""
        return {one.stood: one for one in self.people.values() if one.stood}

    def beyond(self, memberships: Rows) -> Rows:
        """Those of the memberships that may be known."""
        return memberships.exclude(pk__in=self.memberships) if self.memberships else memberships

    def living(self) -> QuerySet[Any]:
        """Who lives where today, as far as it may be known."""
        now = during(timezone.localdate())
        if self.stood:
            standing = [pk for pk, shown in self.stood.items() if shown.stood_end is None]
            now = (now & ~Q(pk__in=self.stood)) | Q(pk__in=standing, ended_by_death=False)
        return self.beyond(_rows("Membership").filter(now))

    def as_seen(self, rows: Iterable[Any]) -> list[Any]:
        """Memberships with the end, their people with the phone and e-mail that may be known; never to be saved."""
        seen = []
        for row in rows:
            shown = self.stood.get(row.pk)
            if shown is not None and not row.ended_by_death:
                row.end = shown.stood_end
            if "person" in row._state.fields_cache:
                self.person(row.person)
            seen.append(row)
        return seen

    def person(self, person: Any) -> Any:
        """The person with the phone and e-mail that may be known; never to be saved."""
        shown = self.people.get(person.pk)
        if shown is not None:
            person.phone, person.email = shown.phone, shown.email
        return person


_NOTHING = Hidden()


def _rows(model: str) -> Any:
    """The rows of a model of this room; the models ask this module who sees them, so it cannot import them."""
    return apps.get_model("people", model)._default_manager


def hidden_from(user: User) -> Hidden:
    """What the seals on people hide from an account; one query a request, whether there are any or not."""
    if not user.standing.may(Capability.SEE_PEOPLE):
        return _NOTHING
    known: Hidden | None = getattr(user, "_hidden_by_seals", None)
    if known is None:
        known = user._hidden_by_seals = _hidden(user)  # type: ignore[attr-defined]
    return known


def outside_circle(user: User) -> QuerySet[Any]:
    """The standing seals of people in whose circle the account is not.

    The circle: the case team of a household where the person lives or lived when sealed, and for a day whoever the
    team opened it to in an emergency.
    """
    team = user.household_sights.current().filter(why=SightReason.CASE_TEAM).values("household")
    opened = user.emergency_requests.filter(
        granted=True, answered_by__isnull=False, answered_at__gt=timezone.now() - EMERGENCY_LASTS
    ).values("household")
    known = Q(household__in=team) | Q(household__in=opened)
    lives = _rows("Membership").current().filter(known, person=OuterRef("person"))
    stood = _rows("Membership").filter(known, pk=OuterRef("stood"))
    return _rows("PersonSeal").filter(~Exists(lives), ~Exists(stood), end=None)


def lives_in(household: Any) -> Q:
    """The condition on a seal that its person lives in a household, or lived there when sealed."""
    now = during(timezone.localdate(), "person__memberships__")
    return (Q(person__memberships__household=household) & now) | Q(stood__household=household)


def hides_from(user: User, household: Any) -> bool:
    """Whether somebody lives in the household, or lived there when sealed, in whose circle the account is not."""
    return outside_circle(user).filter(lives_in(household.pk)).exists()


def hidden_from_papers(household: Any) -> Hidden:
    """What a paper about a household leaves out: it is read by all who see its case, in the circle or not."""
    return _collected(_rows("PersonSeal").filter(lives_in(household.pk), end=None))


def _hidden(user: User) -> Hidden:
    keepers = user.standing.organizations(Capability.SEE_PEOPLE)
    given = households_in_sight(user)
    lived_in_sight = _rows("Membership").filter(person=OuterRef("person"), household__in=given)
    known = Q(person__keeper__in=keepers) | Exists(lived_in_sight) if given else Q(person__keeper__in=keepers)
    return _collected(outside_circle(user).filter(known))


def _collected(seals: QuerySet[Any]) -> Hidden:
    """What the seals hide from who is outside the circle of each; one query."""
    any_seal = _rows("PersonSeal").filter(person=OuterRef("person"), end=None)
    stands = _rows("PersonSeal").filter(stood=OuterRef("pk"), end=None)
    seen_there = _rows("Membership").filter(~Exists(any_seal) | Exists(stands), household=OuterRef("home"))
    rows = (
        _rows("PersonSeal")
        .filter(pk__in=seals.values("pk"))
        .annotate(
            lived=F("person__memberships"),
            home=F("person__memberships__household"),
            lived_end=F("person__memberships__end"),
            known_at=F("person__memberships__created_at"),
        )
        .annotate(shared=Exists(seen_there))
        .order_by("pk")
    )
    people: dict[UUID, Shown] = {}
    memberships, lodgings, households = set(), set(), set()
    for seal in rows:
        people[seal.person_id] = Shown(seal.pk, seal.stood_id, seal.stood_end, seal.phone, seal.email)
        if seal.lived is None or seal.lived == seal.stood_id or _was_over(seal):
            continue
        memberships.add(seal.lived)
        lodgings.add(seal.home)
        if not seal.shared:
            households.add(seal.home)
    return Hidden(people, frozenset(memberships), frozenset(lodgings), frozenset(households))


def _was_over(seal: Any) -> bool:
    """Whether a membership was known before the seal, and ended by its day."""
    return bool(seal.known_at < seal.created_at and seal.lived_end and seal.lived_end <= seal.start)
