"""What the room hands over to every host."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.guests import (
    DayLine,
    Erasing,
    Guest,
    Happenings,
    Kept,
    Lane,
    Mark,
    Told,
    Waiting,
    Whose,
    Work,
    who_may,
)
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.deadlines.model import Event
from punte.kernel.extracts import Pseudonyms, Table, month_of
from punte.people.events import begins, readable_of_people
from punte.people.models import Person
from tests.bells.models import Bell

RANG, ANSWERED = "bell_rang", "bell_answered"


@verb
def answer_bell(*, by: User, bell: Bell) -> None:
    """Note that somebody went to see who rang."""
    Bell.objects.filter(pk=bell.pk).update(seen_on=timezone.localdate())
    home = bell.person.memberships.get().household
    record(
        by=by,
        verb="answer_bell",
        keeper=bell.person.keeper_id,
        household=home.pk,
        person=bell.person_id,
        case=home.cases.get().pk,
    )


def _events(
    _cases: Sequence[Any], about: Mapping[UUID, list[UUID]], _awaited: Collection[str]
) -> Mapping[UUID, list[Event]]:
    found: dict[UUID, list[Event]] = {}
    for bell in Bell.objects.filter(person__in=about):
        subject = f"{bell.pk}/{bell.person_id}"
        told = [Event(RANG, begins(bell.rang_on), subject=subject)]
        if bell.seen_on:
            told.append(Event(ANSWERED, begins(bell.seen_on), subject=subject))
        for case in about[bell.person_id]:
            found.setdefault(case, []).extend(told)
    return found


def _waits(user: User, _today: dt.date) -> Waiting:
    seen = Person.objects.visible_to(user)
    rang = Bell.objects.filter(seen_on=None, person__in=seen)
    return Waiting([DayLine(what=f"A sunat la {bell.place}", url="/", when=bell.rang_on) for bell in rang])


def _lanes(whose: Whose) -> list[Lane]:
    if whose.person is None:
        return []
    rang = Bell.objects.filter(person=whose.person)
    return [Lane("Sonerii", marks=[Mark(f"A sunat la {bell.place}", bell.rang_on) for bell in rang])]


def _told(_user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    return [{"A sunat la": bell.place} for bell in Bell.objects.filter(person=person)]


def _tables(_as_of: dt.date | None) -> Sequence[Table]:
    def rows(pseudonyms: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
        for bell in Bell.objects.all():
            yield pseudonyms.of("person", bell.person_id), month_of(bell.rang_on)

    return [Table("bells", {"person": "VARCHAR", "month": "VARCHAR"}, rows)]


def _over(before: dt.date) -> Mapping[UUID, int]:
    found: dict[UUID, int] = {}
    for bell in Bell.objects.filter(seen_on__lt=before).select_related("person"):
        found[bell.person.keeper_id] = found.get(bell.person.keeper_id, 0) + 1
    return found


def _erase(keeper: UUID, before: dt.date) -> int:
    count, _each = Bell.objects.filter(seen_on__lt=before, person__keeper=keeper).delete()
    return count


BELLS = Guest(
    "bells",
    day=(
        Work("bells", who_may(Capability.INTERVENE), _waits, "sonerii", begin="my_day", begin_with="Sonerii"),
    ),
    lanes=_lanes,
    events=Happenings(
        kinds=lambda: frozenset({RANG, ANSWERED}),
        dates=frozenset,
        of=_events,
        readable=lambda user, subjects: dict.fromkeys(readable_of_people(user, subjects), False),
    ),
    extract=_tables,
    keeps=(
        Kept(
            ("bells.Bell",),
            "Sonerii",
            "cât a stabilit instituția",
            "se șterge",
            _told,
            erasing=Erasing("bells", _over, _erase),
        ),
    ),
    words={"answer_bell": "a răspuns la sonerie"},
)
