"""What a death ends: the open entries about the person, until it is taken back as a mistake."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.kernel.errors import DomainError
from punte.people.models import Household, Person, PersonSeal
from punte.registers.actions.writing import ALIVE, DIED, Said, keep_without_place, note, trace
from punte.registers.catalogue import definition_at
from punte.registers.definition import WITHDRAWN
from punte.registers.events import refresh_terms_about
from punte.registers.models import Entry, EntryRevision
from punte.registers.places import hold_place_if_free
from punte.registers.sight import Sight, whole
from punte.registers.values import said_by, with_rows

_A_DAY = dt.timedelta(days=1)


def follow_death(*, by: User, person: Person, households: Iterable[Household]) -> None:
    """Bring the entries about a person in step with the day of death that was written, changed or taken back.

    An open entry ends on that day, and gives the place back that it holds, unless its register outlives whom it is
    about; taken back, it goes on, with a place where one is free. What others see of a sealed person ends for them too:
    that somebody died is not hidden.

    Raises:
        DomainError: on `died_on`, if an entry begins after that day.
    """
    seal = PersonSeal.objects.filter(person=person, end=None).first()
    sealed = seal is not None or any(household.sealed for household in households)
    rows = Entry.objects.select_for_update(of=("self",), no_key=True).filter(person=person, erased_on=None)
    touched = False
    for entry in whole(rows.order_by("start", "pk")):
        entry.person = person
        versions = sorted(entry.revisions.all(), key=lambda one: one.number)
        number = versions[-1].number + 1
        own = _following([one for one in versions if not one.aside or one.number == 1], by, person)
        if own is not None:
            # What others wrote beside what they do not see goes on standing beside it.
            beside = versions[0].aside and entry.overlap_key is None
            keep_without_place(entry, own.found, number=number, beside=beside)
            # That a death was a mistake may be written whoever has the place by now.
            hold_place_if_free(entry, own.found.definition, own.found.fields, by=by)
            note(entry, own.found, by=by, move=own.move, number=number, aside=False)
            trace(by, _VERBS[own.move], entry, own.found.definition, sealed=sealed)
            touched, number = True, number + 1
        known = [one for one in versions if seal and (one.aside or one.at < seal.created_at)]
        outside = _following(known, by, person) if known else None
        if outside is not None:
            note(entry, outside.found, by=by, move=outside.move, number=number, aside=True)
    if touched:
        refresh_terms_about(person)


_VERBS = {DIED: "record_death", ALIVE: "take_back_death"}


@dataclass(frozen=True)
class _Step:
    move: str
    found: Said


def _following(versions: Sequence[EntryRevision], by: User, person: Person) -> _Step | None:
    """What follows for an entry of these versions; None where it says already what it should."""
    last = versions[-1]
    # A day of death that was corrected ends anew what stood before the first.
    stood = next(one for one in reversed(versions) if one.move != DIED)
    definition = definition_at(stood.version)
    if last.state == WITHDRAWN or definition.period == "day" or definition.outlives:
        return None
    died = person.died_on
    if died is None or (stood.end is not None and stood.end <= died + _A_DAY):
        return None if stood is last else _Step(ALIVE, _saying(stood, stood.end))
    if last.move == DIED and last.end == died + _A_DAY:
        return None
    if stood.start > died:
        raise _begins_later(stood, by, person)
    return _Step(DIED, _saying(stood, died + _A_DAY))


def _saying(version: EntryRevision, end: dt.date | None) -> Said:
    definition = definition_at(version.version)
    fields = with_rows(definition, said_by(definition, version))
    last = end - _A_DAY if end else None
    if definition.end_field and last is not None:
        fields[definition.end_field] = last
    return Said(definition, version.state, version.start, last, fields)


def _begins_later(version: EntryRevision, by: User, person: Person) -> DomainError:
    sight = Sight(by, person)
    if sight.outside or not sight.reads(definition_at(version.version)):
        return DomainError(_("This cannot be recorded now. Ask your coordinator."), field="died_on")
    said = _("An entry of a register begins on %(start)s, after this day. Correct one of them.")
    return DomainError(said % {"start": f"{version.start:%d.%m.%Y}"}, field="died_on")
