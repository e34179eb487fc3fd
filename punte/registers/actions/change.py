"""An entry goes on to another state, is corrected, or was a mistake."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.models import Approval
from punte.cases.permission import required_reason
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.people.models import Person
from punte.registers.actions.readers import refuse_few_readers
from punte.registers.actions.series import write_series
from punte.registers.actions.writing import (
    Said,
    in_words,
    keep,
    keep_beside,
    note,
    refuse_unseen,
    refuse_wrong,
    said,
    sight_to_write,
    trace,
)
from punte.registers.asking import ask_second_person, asked_step, end_asking
from punte.registers.catalogue import definition_at, register_named
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.events import refresh_terms_of
from punte.registers.models import Entry
from punte.registers.naming import told_of
from punte.registers.sealed import behind_seal, seal_for
from punte.registers.sight import (
    Sight,
    as_seen,
    column_of,
    of_seen_households,
    visible_subjects,
    whole,
)
from punte.registers.values import Values, renamed, said_by, with_rows

CORRECTED = "correct"
_ONE_DAY = dt.timedelta(days=1)


@verb
def move_entry(
    *, by: User, entry: Entry, move: str, on: dt.date, given: Values, revision: int, confirmed: bool = False
) -> Entry:
    """Let an entry go on to its next state; where a second person must agree, it stays as it is until they do.

    Args:
        move: its name in the register.
        on: the day of it; of a move that ends the entry, its last day.
        given: the fields that the move asks for.
        revision: that of the entry which the account read.

    Raises:
        NotAllowed: the account does not see the entry or does not write here.
        EditedMeanwhile: somebody changed the entry since.
        DomainError: there is no such move from its state; a field that is asked for is missing or cannot be so.
        LookAgain: it looks wrong and was not confirmed.
    """
    return _move(by, entry, move, on=on, given=given, revision=revision, confirmed=confirmed, agreed=False)


@verb
def move_as_agreed(asked: Approval) -> Entry:
    """Let an entry go on as was asked, now that a second person agreed.

    Raises: as `move_entry`.
    """
    entry, step = asked_step(asked)
    return _move(asked.asked_by, entry, **step, confirmed=True, agreed=True)


def _move(
    by: User,
    entry: Entry,
    move: str,
    *,
    on: dt.date,
    given: Values,
    revision: int,
    confirmed: bool,
    agreed: bool,
) -> Entry:
    seen, sight, definition = _open(by, entry, revision)
    step = definition.moves.get(move)
    if step is None or seen.state not in step.from_:
        raise DomainError(
            _("From “%(state)s” the entry cannot go on so. Load the page again.")
            % {"state": in_words(definition.state_label(seen.state))}
        )
    refuse_few_readers(seen, step)
    for name in step.asks:
        if given.get(name) in (None, "", []):
            raise DomainError(_("This cannot be left empty."), field=name)
    if on < seen.start:
        raise DomainError(_("It ends before it begins. Check both dates."), field="on")
    fields = _before(definition, seen) | {name: given[name] for name in step.asks}
    if step.ends and definition.end_field:
        fields[definition.end_field] = on
    last = on if step.ends else _last(seen)
    found = said(definition, state=step.to or seen.state, start=seen.start, last=last, given=fields)
    refuse_wrong(found, seen.subject, confirmed=confirmed)
    if not agreed and ask_second_person(by, seen, step, on=on, given=given):
        return seen
    moved = _change(by, seen, sight, found, verb="move_entry", move=move)
    if step.writes:
        write_series(by=by, entry=moved, subject=sight.subject, step=step.writes, said=found.fields)
    return moved


@verb
def correct_entry(
    *,
    by: User,
    entry: Entry,
    start: dt.date,
    last: dt.date | None = None,
    state: str = "",
    given: Values,
    why: str,
    revision: int,
    confirmed: bool = False,
) -> Entry:
    """Let an entry say what is right; what it said before stays in its history.

    What the account does not read stays as it was. An entry of an older version of the register is of today's then.

    Raises: as `move_entry`, and
        DomainError: no reason is given.
    """
    seen, sight, definition = _open(by, entry, revision)
    reason = required_reason(why)
    state = state or seen.state
    if state not in definition.states:
        raise DomainError(_("Choose one of the values in the list."), field="state")
    readable = sight.fields(definition)
    unread = sorted(set(given) - set(readable))
    if unread:
        raise NotAllowed(_("Your role does not read this part of the record."), field=unread[0])
    untold = _untold(by, definition, seen)
    hidden = {
        name: value
        for name, value in _before(definition, seen).items()
        if name not in readable or (given.get(name) is None and name in untold)
    }
    given = {name: value for name, value in given.items() if name not in hidden}
    found = said(definition, state=state, start=start, last=last, given={**hidden, **given})
    refuse_wrong(found, seen.subject, confirmed=confirmed)
    return _change(by, seen, sight, found, verb="correct_entry", move=CORRECTED, why=reason)


@verb
def withdraw_entry(*, by: User, entry: Entry, why: str, revision: int) -> Entry:
    """Take an entry back that was made by mistake: it counts nowhere, and stays to be read with its history.

    Raises: as `correct_entry`.
    """
    seen, sight, definition = _open(by, entry, revision)
    reason = required_reason(why)
    fields = _before(definition, seen)
    found = Said(definition, WITHDRAWN, seen.start, _last(seen), fields)
    return _change(by, seen, sight, found, verb="withdraw_entry", move=WITHDRAWN, why=reason)


def _open(by: User, entry: Entry, revision: int) -> tuple[Entry, Sight, Definition]:
    """The entry as the account sees it, locked, that may change it; its register as it is today."""
    column = column_of(entry.subject)
    subject = visible_subjects(by, column).filter(pk=entry.subject.pk).first()
    if subject is None:
        raise NotAllowed(_("This record is not among those you see. Ask your coordinator."))
    definition = register_named(entry.register)
    sight = sight_to_write(by, subject, definition)
    known = Entry.objects.filter(of_seen_households(by), pk=entry.pk)
    rows = whole(known.select_for_update(of=("self",), no_key=True))
    seen = next(iter(as_seen(by, rows)), None)
    if seen is None:
        raise NotAllowed(_("This record is not among those you see. Ask your coordinator."))
    setattr(seen, column, subject)
    if seen.state == WITHDRAWN:
        raise DomainError(_("The entry was withdrawn. Write a new one."))
    if seen.erased_on is not None:
        raise DomainError(_("What the entry said was erased when its time to be kept was over."))
    if seen.revision != revision:
        raise EditedMeanwhile(_("Somebody changed this entry meanwhile. Look at it and try again."))
    return seen, sight, definition


def _untold(by: User, definition: Definition, entry: Entry) -> set[str]:
    """The fields in which an entry names somebody whom the account does not see, or not there."""
    said = _named_before(definition, entry)
    named = {name: one for name, one in said.items() if definition.fields[name].type == "member"}
    if not named:
        return set()
    seen = set(Person.objects.visible_to(by).filter(pk__in=named.values()).values_list("pk", flat=True))
    return {
        name for name in named if name not in told_of(by, entry, definition, said) or named[name] not in seen
    }


def _last(entry: Entry) -> dt.date | None:
    return entry.end - _ONE_DAY if entry.end else None


def _before(definition: Definition, entry: Entry) -> dict[str, Any]:
    """What the entry says so far, by the fields of today."""
    written_by = definition_at(entry.version)
    return renamed(with_rows(written_by, said_by(written_by, entry)), now=definition)


def _named_before(definition: Definition, entry: Entry) -> Values:
    """As `_before`, with what it names by identifier."""
    return renamed(said_by(definition_at(entry.version), entry), now=definition)


def _change(
    by: User, seen: Entry, sight: Sight, found: Said, *, verb: str, move: str, why: str = ""
) -> Entry:
    """Keep the change; from outside the circle of a sealed person it stands beside what the circle wrote."""
    seal_for(found, sight.subject, by=by)
    number = max(one.number for one in seen.revisions.all()) + 1
    concerned = seen.concerns
    refuse_unseen(by, sight, found, before=_named_before(found.definition, seen))
    if sight.overlooks:
        keep_beside(seen, found, sight.entries(), by=by, number=number)
    elif not sight.outside:
        keep(seen, found, by=by, number=number)
    end_asking(seen, by=by)
    note(seen, found, by=by, move=move, why=why, number=number, aside=sight.outside)
    trace(by, verb, seen, found.definition, why=why, sealed=behind_seal(seen))
    refresh_terms_of(seen, former=concerned)
    return seen
