"""The waiting list of a service as one account may know it: with names where it sees the person, else without."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from punte.accounts.models import User
from punte.directory.models import Service
from punte.people.sight import hidden_from
from punte.waiting.enums import STANDS, WaitingState
from punte.waiting.models import WaitingEntry, as_seen
from punte.waiting.permission import may_move
from punte.waiting.reasons import said


@dataclass(frozen=True)
class Queued:
    """Somebody on the list.

    Attributes:
        place: from 1, among those whom the account may know of.
        name: empty where the account does not see the person.
        reasons: in words, for who sees the person.
        moves: what the account may do next.
    """

    place: int
    entry: WaitingEntry
    name: str
    reasons: list[str]
    moves: tuple[str, ...]

    @property
    def is_next(self) -> bool:
        """Whether a free place is theirs."""
        return self.place == 1

    @property
    def is_offered(self) -> bool:
        """Whether they think about a place."""
        return self.entry.state == WaitingState.OFFERED


def queue_of(user: User, service: Service) -> list[Queued]:
    """Who waits for a service, the next first; those of whom the account may know."""
    hidden = list(hidden_from(user).people)
    known = WaitingEntry.objects.on_list_of(user).filter(service=service)
    asked = (
        known.filter(Q(state__in=STANDS) | Q(person__in=hidden)) if hidden else known.filter(state__in=STANDS)
    )
    standing = asked.in_turn().select_related("service", "case__keeper", "case__household", "person")
    rows = [row for row in as_seen(user, standing) if row.stands]
    seen = seen_of(user, rows)
    return [
        Queued(
            place,
            row,
            str(row.person) if row.pk in seen else "",
            said(row.reasons) if row.pk in seen else [],
            row.moves if may_move(user, row, sees=row.pk in seen) else (),
        )
        for place, row in enumerate(rows, start=1)
    ]


def of_case(user: User, case: UUID) -> list[WaitingEntry]:
    """For which services people of a case wait, or have a place, as an account that sees the case may know it."""
    rows = WaitingEntry.objects.visible_to(user).filter(case=case)
    return as_seen(user, rows.select_related("service", "person").order_by("-since", "pk"))


def seen_of(user: User, rows: list[WaitingEntry]) -> frozenset[UUID]:
    """Those of the entries whose person the account sees."""
    keys = [row.pk for row in rows]
    return frozenset(WaitingEntry.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))


def services_with_turns(user: User, many: int) -> list[tuple[UUID, str]]:
    """Services with a free place for which somebody waits of whom the account may know, by name."""
    rows = WaitingEntry.objects.on_list_of(user).filter(state=WaitingState.WAITING, service__free__gt=0)
    found = rows.order_by("service__folded_name", "service").values_list("service", "service__name")
    return list(found.distinct()[:many])
