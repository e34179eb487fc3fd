"""Which households an account was given sight of, and what the seals on people hide.

Since the day of a seal it is hidden where the person lives and how they are reached.
Whoever is outside the circle sees the person as on the day of the seal: the membership that stood looks not ended,
phone and e-mail are those of that day. What others write of it themselves lies on the seal, and only they read it.
Every reader of memberships, phones and addresses of people asks here, the models themselves too.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.models import during
from punte.kernel.prepared import Prepared
from punte.kernel.today import today
from punte.people.enums import SightReason
from punte.people.rules import EMERGENCY_LASTS


def households_in_sight(user: User) -> frozenset[UUID]:
    """Households beyond the account's organisations that it was given sight of and still has; one query a request.

    Who no longer has any role that works with people sees none, whatever was once given.
    """
    return frozenset(household for household, _why in sights_given(user))


def team_households(user: User) -> frozenset[UUID]:
    """Those of them that it sees as a member of a case team; no further query."""
    return frozenset(household for household, why in sights_given(user) if why == SightReason.CASE_TEAM)


def forget_households_in_sight(user: User) -> None:
    """Read the given sights anew when next asked: one was just given or taken away."""
    for known in ("_households_in_sight", "_hidden_by_seals"):
        user.__dict__.pop(known, None)


def sights_given(user: User) -> frozenset[tuple[UUID, str]]:
    """Those households, each with why; one query a request."""
    if not user.standing.may(Capability.SEE_PEOPLE):
        return frozenset()
    known: frozenset[tuple[UUID, str]] | None = getattr(user, "_households_in_sight", None)
    if known is None:
        known = frozenset(_sights(user=user.pk, today=today(), now=timezone.now()))
        user._households_in_sight = known  # type: ignore[attr-defined]
    return known


_sights = Prepared(
    lambda user, today, now: (
        _rows("HouseholdSight")
        .on(today)
        .filter(Q(expires_at=None) | Q(expires_at__gt=now), user=user)
        .order_by()
        .values_list("household", "why")
    )
)

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True)
class Shown:
    """What somebody outside the circle sees of a sealed person: how they were reached, and where they lived.

    `lodgings` are the households that they do not see the person in.
    """

    seal: UUID
    sealed_at: dt.datetime
    stood: UUID | None
    stood_end: dt.date | None
    phone: str
    email: str
    lodgings: frozenset[UUID]


@dataclass(frozen=True)
class Hidden:
    """What somebody does not see: nothing, for most.

    Attributes:
        people: the sealed people in whose circle they are not.
        memberships: of those, what only the circle knows.
        households: their lodgings where only such people live.
    """

    people: Mapping[UUID, Shown] = field(default_factory=dict)
    memberships: frozenset[UUID] = frozenset()
    households: frozenset[UUID] = frozenset()

    @cached_property
    def lodgings(self) -> frozenset[UUID]:
        """The households of which it may not be known that one of the people lives there."""
        return frozenset(home for shown in self.people.values() for home in shown.lodgings)

    @cached_property
    def stood(self) -> Mapping[UUID, Shown]:
        """The memberships that look as on the day of the seal."""
        return {one.stood: one for one in self.people.values() if one.stood}

    def people_in(self, household: UUID) -> list[UUID]:
        """Those of the people of whom it may not be known that they live in the household."""
        return [pk for pk, shown in self.people.items() if household in shown.lodgings]

    def seals(self, person: str) -> QuerySet[Any]:
        """The seal of the person that a row is about, where it is one of these people."""
        keys = [shown.seal for shown in self.people.values()]
        return _rows("PersonSeal").filter(pk__in=keys, person=OuterRef(person))

    def since(self, at: str = "created_at", person: str = "person") -> Q:
        """The condition that a row is about one of these people and came since the seal, however many they are."""
        return (
            Q(Exists(self.seals(person).filter(created_at__lte=OuterRef(at))))
            if self.people
            else Q(pk__in=[])
        )

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
    """What the seals on people hide from an account; asked once a request, and alike for every record."""
    if not _keepers(user):
        return _NOTHING
    known: Hidden | None = getattr(user, "_hidden_by_seals", None)
    if known is None:
        known = user._hidden_by_seals = _hidden(user)  # type: ignore[attr-defined]
    return known


def _keepers(user: User) -> frozenset[UUID]:
    """The institutions whose people the account reads of: in their records, or in the trail that names them."""
    return frozenset().union(*map(user.standing.organizations, (Capability.SEE_PEOPLE, Capability.SEE_AUDIT)))


def outside_circle(user: User) -> QuerySet[Any]:
    """The standing seals of people in whose circle the account is not.

    The circle: the case team of a household where the person lives or lived when sealed, and for a day whoever the
    team opened it to in an emergency.
    """
    team = user.household_sights.current().filter(why=SightReason.CASE_TEAM).values("household")
    opened = _opened_by_team(user).values("household")
    known = Q(household__in=team) | Q(household__in=opened)
    lives = _rows("Membership").current().filter(known, person=OuterRef("person"))
    stood = _rows("Membership").filter(known, pk=OuterRef("stood"))
    return _rows("PersonSeal").filter(~Exists(lives), ~Exists(stood), end=None)


def _opened_by_team(user: User) -> QuerySet[Any]:
    since = timezone.now() - EMERGENCY_LASTS
    return user.emergency_requests.filter(granted=True, answered_by__isnull=False, answered_at__gt=since)


def lives_in(household: Any) -> Q:
    """The condition on a seal that its person lives in a household, or lived there when sealed."""
    now = during(timezone.localdate(), "person__memberships__")
    return (Q(person__memberships__household=household) & now) | Q(stood__household=household)


def sealed_in(household: Any) -> QuerySet[Any]:
    """The standing seals of people who live in the household today."""
    living = _rows("Membership").current().filter(household=household)
    return _rows("PersonSeal").filter(end=None, person__memberships__in=living)


def seals_on(household: UUID) -> list[tuple[UUID, UUID | None]]:
    """The standing seals of who lives in a household or lived there when sealed, each with that household."""
    return _on_home(household=household)


_on_home = Prepared(
    lambda household: (
        _rows("PersonSeal")
        .filter(lives_in(household), end=None)
        .order_by()
        .distinct()
        .values_list("pk", "stood__household")
    )
)


def is_sealed_in(household: UUID) -> bool:
    """Whether somebody who lives in the household today is sealed."""
    return bool(_in_home(household=household))


_in_home = Prepared(lambda household: sealed_in(household).order_by().values_list("pk")[:1])


def hides_from(user: User, household: Any) -> bool:
    """Whether somebody lives in the household, or lived there when sealed, in whose circle the account is not."""
    seals = [seal for seal, _stood in seals_on(household.pk)]
    return bool(seals) and outside_circle(user).filter(pk__in=seals).exists()


def hidden_from_papers(household: Any) -> Hidden:
    """What a paper about a household leaves out: it is read by all who see its case, in the circle or not."""
    found = _rows("PersonSeal").filter(lives_in(household.pk), end=None).order_by("pk").distinct()
    seals = [_Seal(*row) for row in found.values_list(*_OF_SEAL)]
    return _collected(seals, _lived(seals)) if seals else _NOTHING


def _hidden(user: User) -> Hidden:
    """What is hidden, by questions about an institution's seals and never about a record.

    Few plain ones: this is asked with every page, and one that said it all would take longer to be put together than
    most pages take.
    """
    seals = [_Seal(*row) for row in _standing(keepers=_keepers(user), given=households_in_sight(user))]
    if not seals:
        return _NOTHING
    lived = _lived(seals)
    circle = team_households(user) | _opened(user)
    return _collected([seal for seal in seals if circle.isdisjoint(_homes(seal, lived))], lived)


def _opened(user: User) -> frozenset[UUID]:
    """What a team opened to the account in an emergency; only somebody with such a sight was opened anything."""
    if all(why != SightReason.EMERGENCY for _household, why in sights_given(user)):
        return frozenset()
    return frozenset(_opened_by_team(user).values_list("household", flat=True))


class _Seal(NamedTuple):
    """A seal that stands: plain values, for it is read with every page."""

    pk: UUID
    person: UUID
    created_at: dt.datetime
    start: dt.date
    phone: str
    email: str
    stood: UUID | None
    stood_end: dt.date | None
    stood_in: UUID | None


_OF_SEAL = (*_Seal._fields[:-1], "stood__household")


class _Lived(NamedTuple):
    """A membership of somebody who is sealed, of which only the circle knows."""

    pk: UUID
    person: UUID
    household: UUID
    start: dt.date
    end: dt.date | None


def _seals_near(keepers: Collection[UUID], given: Collection[UUID]) -> QuerySet[Any, Any]:
    """The standing seals of people of these institutions, and of those who ever lived in these households."""
    lived = _rows("Membership").filter(person=OuterRef("person"), household__in=given)
    known = Q(person__keeper__in=keepers) | Q(Exists(lived))
    return _rows("PersonSeal").filter(known, end=None).order_by("pk").values_list(*_OF_SEAL)


_standing = Prepared(_seals_near)


def _unseen(people: Collection[UUID]) -> QuerySet[Any, Any]:
    """The memberships of sealed people that only the circle knows.

    Not the one that stood on the day of the seal, nor one that was known before and over by then.
    """
    known = Q(stood=OuterRef("pk")) | Q(created_at__gt=OuterRef("created_at"), start__gte=OuterRef("end"))
    seal = _rows("PersonSeal").filter(known, person=OuterRef("person"), end=None)
    rows = _rows("Membership").filter(~Exists(seal), person__in=people)
    return rows.order_by("pk").values_list(*_Lived._fields)


_memberships = Prepared(_unseen)


def _lived(seals: Iterable[_Seal]) -> Mapping[UUID, list[_Lived]]:
    """What only the circle knows of where sealed people live and lived, by person."""
    lived: dict[UUID, list[_Lived]] = {seal.person: [] for seal in seals}
    for row in map(_Lived._make, _memberships(people=list(lived))):
        lived[row.person].append(row)
    return lived


def _homes(seal: _Seal, lived: Mapping[UUID, list[_Lived]]) -> set[UUID]:
    """Where a sealed person lives, and lived when sealed."""
    now = today()
    homes = {
        row.household for row in lived[seal.person] if row.start <= now and (row.end is None or now < row.end)
    }
    return homes | {seal.stood_in} if seal.stood_in else homes


def _collected(seals: Iterable[_Seal], lived: Mapping[UUID, list[_Lived]]) -> Hidden:
    """What the seals hide from who is outside the circle of each."""
    people: dict[UUID, Shown] = {}
    memberships: set[UUID] = set()
    for seal in seals:
        unseen = lived[seal.person]
        memberships |= {row.pk for row in unseen}
        seen_in = {seal.stood_in}
        people[seal.person] = Shown(
            seal=seal.pk,
            sealed_at=seal.created_at,
            stood=seal.stood,
            stood_end=seal.stood_end,
            phone=seal.phone,
            email=seal.email,
            lodgings=frozenset({row.household for row in unseen} - seen_in),
        )
    lodgings = {home for shown in people.values() for home in shown.lodgings}
    others = {home for (home,) in _where_others_live(households=lodgings)}
    return Hidden(people, frozenset(memberships), frozenset(lodgings - others))


def _seen_in(households: Collection[UUID]) -> QuerySet[Any, Any]:
    """Those of the households where somebody lives, or lived, who is seen there."""
    any_seal = _rows("PersonSeal").filter(person=OuterRef("person"), end=None)
    stands = _rows("PersonSeal").filter(stood=OuterRef("pk"), end=None)
    seen = _rows("Membership").filter(~Exists(any_seal) | Exists(stands), household__in=households)
    return seen.order_by().values_list("household")


_where_others_live = Prepared(_seen_in)
