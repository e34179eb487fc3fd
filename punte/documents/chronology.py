"""A chronology on paper: events chosen from the line of time of a case, and whether they are told otherwise today."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment
from punte.accounts.guests import Lane, Whose, lanes_of
from punte.accounts.models import User
from punte.cases.models import Case
from punte.documents.content import Asked, Built, built, members_of, shared_parts, subject_of
from punte.documents.models import IssuedDocument
from punte.documents.paper import Chronology, ChronologyPart, EventLine
from punte.documents.romanian import clean, paragraphs, short_date
from punte.documents.templates import PaperTemplate
from punte.kernel.encryption import blind_index
from punte.kernel.errors import DomainError
from punte.kernel.papers import LANGUAGE
from punte.people.compartments import compartments_of
from punte.people.models import Person
from punte.people.sight import hidden_from, hidden_from_papers

MOST_EVENTS = 300
_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """Something of the line of time as an account reads it, in Romanian as papers are.

    Attributes:
        key: by which it is known again, whatever it says.
        digest: of what is told of it.
    """

    key: str
    digest: str
    start: dt.date
    end: dt.date | None
    when: str
    what: str
    whose: str
    thread: str
    sensitive: bool


@dataclass(frozen=True)
class PartSaid:
    """A part of a chronology as its author writes it; `events` are digests of what they chose."""

    title: str
    analysis: str
    events: Sequence[str]


@dataclass(frozen=True)
class Changed:
    """An event that a chronology tells otherwise than the record today; `now` is empty where it is there no more."""

    number: int
    was: str
    now: str


def events_of(user: User, case: Case) -> list[Event]:
    """What happened, of the household of a case and of who lives there, as far as an account reads it; in its order."""
    living = hidden_from(user).living().filter(household=case.household_id)
    people = (
        Person.objects.visible_to(user).filter(pk__in=living.values("person")).order_by("birth_date", "pk")
    )
    with translation.override(LANGUAGE):
        found = _events(
            pgettext("paper", "The household"), "", lanes_of(Whose(user, household=case.household))
        )
        for person in people:
            found += _events(clean(str(person)), str(person.pk), lanes_of(Whose(user, person=person)))
    return sorted({one.digest: one for one in found}.values(), key=lambda one: (one.start, one.what))


def _events(whose: str, key: str, lanes: Sequence[Lane]) -> list[Event]:
    found = []
    for lane in lanes:
        told: list[tuple[Any, dt.date, dt.date | None]] = [
            (one, one.start, one.end) for one in lane.stretches
        ]
        told += [(one, one.day, one.day + _A_DAY) for one in lane.marks if not one.planned]
        for one, start, end in told:
            what = clean(one.what)
            known = (key, one.url or what)
            found.append(
                Event(
                    key=blind_index(f"chronology {known}"),
                    digest=blind_index(f"chronology {(known, what, str(start), str(end))}"),
                    start=start,
                    end=end,
                    when=_when(start, end),
                    what=what,
                    whose=whose,
                    thread=str(lane.name),
                    sensitive=one.sensitive,
                )
            )
    return found


def _when(start: dt.date, end: dt.date | None) -> str:
    if end == start + _A_DAY:
        return short_date(start)
    return f"{short_date(start)} – {short_date(end - _A_DAY)}" if end else f"din {short_date(start)}"


def build_chronology(
    case: Case, template: PaperTemplate, asked: Asked, parts: Sequence[PartSaid], *, on: dt.date
) -> tuple[Built, list[Event]]:
    """The chronology of a case, and the events that it tells, in its order.

    Raises:
        DomainError: nothing is chosen, a choice is there no more, or violence is told where it was not asked for.
    """
    _of_who_reads_all(case, asked.by)
    known = {one.digest: one for one in events_of(asked.by, case)}
    chosen: list[Event] = []
    told: list[ChronologyPart] = []
    for part in parts:
        if not set(part.events) <= set(known):
            raise DomainError(_("The record has changed meanwhile: choose the events again."))
        events = sorted((known[key] for key in part.events), key=lambda one: (one.start, one.what))
        first = len(chosen) + 1
        chosen += events
        if events or part.analysis.strip():
            lines = [_line(number, one) for number, one in enumerate(events, start=first)]
            told.append(ChronologyPart(clean(part.title), lines, paragraphs(part.analysis)))
    if not chosen:
        raise DomainError(_("Choose at least one event."))
    held = frozenset(compartments_of(asked.by, case.household)) - SEALED_COMPARTMENTS | {Compartment.GENERAL}
    if asked.include_violence:
        held |= SEALED_COMPARTMENTS
    elif any(one.sensitive for one in chosen):
        raise DomainError(
            _("You chose an event about violence or abuse: say that the paper tells of it, or leave it out."),
            field="include_violence",
        )
    members = members_of(case)
    paper = Chronology(
        **shared_parts(
            case, template, asked, members=members, subject=subject_of(case, members, on=on), on=on
        ),
        purpose=clean(asked.purpose),
        parts=told,
        whole=paragraphs(asked.conclusions),
    )
    return built(paper, held, template), chosen


def _of_who_reads_all(case: Case, by: User) -> None:
    """A case that is not sealed is read outside the circle of a sealed person: who is in it must not tell of them.

    Raises:
        DomainError: the author knows of somebody in the household what other readers of the paper must not learn.
    """
    if case.sealed:
        return
    if set(hidden_from_papers(case.household).people) - set(hidden_from(by).people):
        raise DomainError(
            _("Somebody of this household is sealed, and others read this case: write it in the sealed case.")
        )


def _line(number: int, one: Event) -> EventLine:
    return EventLine(number, one.when, one.what, one.whose, one.thread)


def changed_since(user: User, case: Case, document: IssuedDocument) -> list[Changed]:
    """The events of an issued chronology that the record tells otherwise today.

    Told to who works on the case, reads all of it and from whom nobody of the household is hidden: to anybody else what
    is missing may only be out of sight, and nothing may say so.
    """
    rows = list(document.chosen_events.all())
    if not rows or not document.content or not _sees_all(user, case):
        return []
    today = events_of(user, case)
    digests, told = {one.digest for one in today}, {row.digest for row in rows}
    said = {
        line["number"]: f"{line['when']}: {line['what']}"
        for part in json.loads(document.content)["parts"]
        for line in part["events"]
    }
    found = []
    for row in rows:
        if row.digest not in digests:
            now = [one for one in today if one.key == row.key and one.digest not in told]
            # Of several it is not known which one it became.
            found.append(
                Changed(
                    row.number, said[row.number], f"{now[0].when}: {now[0].what}" if len(now) == 1 else ""
                )
            )
    return found


def _sees_all(user: User, case: Case) -> bool:
    reads = set(compartments_of(user, case.household)) >= set(Compartment)
    works = Case.objects.worked_on_by(user).filter(pk=case.pk).exists()
    hidden = set(hidden_from(user).people) & set(hidden_from_papers(case.household).people)
    return reads and works and not hidden
