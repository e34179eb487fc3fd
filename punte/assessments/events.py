"""What questionnaires about one person tell of cases, for the rules of terms: that somebody was assessed by one."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from punte.accounts.guests import Happenings
from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.deadlines.model import Event
from punte.kernel.prepared import Prepared, rounded
from punte.methodology.packs import PACKS_DIR, load_pack
from punte.people.compartments import compartments_of_people
from punte.people.events import begins, readable_of_people
from punte.people.models import Person

_TOLD = ".assessed"


def _kinds() -> frozenset[str]:
    """One for each pack; named by its folder, for the packs themselves are heavy to read."""
    return frozenset(f"{file.parent.name}{_TOLD}" for file in PACKS_DIR.glob("*/pack.yaml"))


def _assessed(
    _cases: Sequence[Any], about: Mapping[UUID, list[UUID]], awaited: Collection[str]
) -> Mapping[UUID, list[Event]]:
    packs = sorted(kind.removesuffix(_TOLD) for kind in awaited if kind.endswith(_TOLD))
    found: dict[UUID, list[Event]] = {}
    for person, pack, day in _made(people=rounded(about), packs=packs):
        event = Event(f"{pack}{_TOLD}", begins(day), subject=f"{pack}/{person}")
        for case in about[person]:
            found.setdefault(case, []).append(event)
    return found


_made = Prepared(
    lambda people, packs: (
        Assessment.objects.filter(person__in=people, pack__name__in=packs, pack__sets_severity=False)
        .order_by("visited_on", "submitted_at")
        .values_list("person", "pack__name", "visited_on")
    )
)


def _readable(user: User, subjects: Collection[str]) -> dict[str, bool]:
    """By who reads the compartment that opens the questionnaire."""
    seen = readable_of_people(user, subjects)
    read = compartments_of_people(user, _people(people=rounded(set(seen.values()))))
    return {
        subject: False
        for subject, person in seen.items()
        if load_pack(subject.partition("/")[0]).opens_with in read[person]
    }


_people = Prepared(lambda people: Person.objects.filter(pk__in=people).order_by())


HAPPENINGS = Happenings(_kinds, frozenset, _assessed, _readable)
