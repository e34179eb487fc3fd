"""What the record of a person tells of the cases that concern them, for the rules of terms: when a paper expires."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from punte.accounts.guests import Happenings
from punte.accounts.models import User
from punte.deadlines.model import Event
from punte.kernel.prepared import Prepared, rounded
from punte.people.asked import Asked
from punte.people.models import IdentityDocument, Membership, Person
from punte.people.sight import hidden_from

PAPER = "identity_paper"


def cases_of_people(cases: Iterable[Any]) -> dict[UUID, list[UUID]]:
    """The people whom cases concern, each with those cases: the one whom a case is about, or who lives there."""
    found: dict[UUID, list[UUID]] = {}
    homes: dict[UUID, list[UUID]] = {}
    for case in cases:
        if case.person_id:
            found.setdefault(case.person_id, []).append(case.pk)
        else:
            homes.setdefault(case.household_id, []).append(case.pk)
    for person, home in _living(homes=rounded(homes)):
        found.setdefault(person, []).extend(homes[home])
    return found


_living = Prepared(
    lambda homes: (
        Membership.objects.current().filter(household__in=homes).order_by().values_list("person", "household")
    )
)


def begins(day: dt.date) -> dt.datetime:
    """The moment at which a day begins."""
    return begins_in(day, timezone.get_current_timezone())


@lru_cache(maxsize=4096)
def begins_in(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """The same where the zone is known: looking for it takes longer, and events of many cases lie on few days."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min), zone)


def _papers(
    _cases: Sequence[Any], about: Mapping[UUID, list[UUID]], _awaited: Collection[str]
) -> Mapping[UUID, list[Event]]:
    """Each paper that expires takes the place of the former of its kind."""
    rows = IdentityDocument.objects.filter(person__in=about, expires_on__isnull=False)
    read = rows.order_by("pk").values_list("person", "kind", "issued_on", "expires_on", "created_at")
    found: dict[UUID, list[Event]] = {}
    for person, kind, issued_on, expires_on, created_at in read:
        assert expires_on is not None
        at = begins(issued_on or timezone.localdate(created_at))
        event = Event(PAPER, at, subject=f"{kind}/{person}", dates={"expires": expires_on})
        for case in about[person]:
            found.setdefault(case, []).append(event)
    return found


def readable_of_people(user: User, subjects: Collection[str]) -> dict[str, UUID]:
    """Of subjects that end in a person, those whose person the account sees, and not from outside a seal."""
    people = {subject: UUID(subject.rpartition("/")[2]) for subject in subjects if "/" in subject}
    hidden = hidden_from(user).people
    asked = set(people.values()) - set(hidden)
    seen = {key for (key,) in _seen(user, people=asked)}
    return {subject: person for subject, person in people.items() if person in seen}


_seen = Asked(
    lambda user, people: Person.objects.visible_to(user).filter(pk__in=people).order_by().values_list("pk")
)


HAPPENINGS = Happenings(
    kinds=lambda: frozenset({PAPER}),
    dates=lambda: frozenset({(PAPER, "expires")}),
    of=_papers,
    readable=lambda user, subjects: dict.fromkeys(readable_of_people(user, subjects), False),
)
