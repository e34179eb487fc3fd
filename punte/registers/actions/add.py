"""An entry is written down."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.asked import Asked
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
from punte.registers.asking import ask_at_once
from punte.registers.catalogue import register_named
from punte.registers.events import refresh_terms_of
from punte.registers.models import Entry
from punte.registers.sealed import behind_seal, seal_for
from punte.registers.sight import Sight, Subject, column_of, keeper_of, visible_subjects
from punte.registers.values import Values

ADDED = "add"


@verb
def add_entry(
    *,
    by: User,
    register: str,
    subject: Subject,
    start: dt.date,
    last: dt.date | None = None,
    state: str = "",
    given: Values,
    confirmed: bool = False,
    key: UUID | None = None,
) -> Entry:
    """Write an entry about somebody down.

    Args:
        register: its key.
        last: the last day on which it holds, where no field says it.
        state: its first by the register, if none is named.
        given: the values by the name of the field.
        confirmed: whether what looks wrong is meant.
        key: the identifier that a device without a signal already gave it.

    Raises:
        NotAllowed: the account does not see the subject, does not read the register or does not write here.
        DomainError: on a field that cannot be so; another entry holds at the same time.
        LookAgain: it looks wrong and was not confirmed.
    """
    definition = register_named(register)
    column = column_of(subject)
    if column != definition.about:
        raise DomainError(
            _("“%(title)s” is not about such a record.") % {"title": in_words(definition.title)}
        )
    locked = locked_subject(by, subject)
    sight = sight_to_write(by, locked, definition)
    unread = sorted(set(given) - set(sight.fields(definition)))
    if unread:
        raise NotAllowed(_("Your role does not read this part of the record."), field=unread[0])
    state = state or definition.begins[0]
    if state not in definition.begins:
        raise DomainError(_("Choose one of the values in the list."), field="state")
    found = said(definition, state=state, start=start, last=last, given=given)
    refuse_unseen(by, sight, found)
    refuse_wrong(found, locked, confirmed=confirmed)
    return write_down(by, locked, sight, found, key=key)


def write_down(by: User, locked: Any, sight: Sight, found: Said, *, key: UUID | None = None) -> Entry:
    """Keep an entry that was checked, with its history and its line of the trail.

    Args:
        locked: whom it is about, as `locked_subject` gives it.

    Raises:
        DomainError: another entry holds at the same time.
    """
    definition = found.definition
    seal_for(found, locked, by=by)
    entry = Entry(
        register=definition.key,
        keeper_id=keeper_of(by, locked),
        compartment=definition.compartment,
        **{definition.about: locked},
        **({"pk": key} if key else {}),
    )
    if sight.outside or sight.overlooks:
        keep_beside(entry, found, sight.entries(), by=by, number=1)
    else:
        keep(entry, found, by=by, number=1)
    note(entry, found, by=by, move=ADDED, number=1, aside=sight.outside)
    trace(by, "add_entry", entry, definition, sealed=behind_seal(entry))
    refresh_terms_of(entry)
    ask_at_once(by, entry)
    return entry


def locked_subject(by: User, subject: Subject) -> Any:
    """Whom an entry is about, locked until it is written.

    Raises:
        NotAllowed: the account does not see them.
    """
    found = _locked(by, column=column_of(subject), pk=subject.pk)
    if not found:
        raise NotAllowed(_("This record is not among those you see. Ask your coordinator."))
    return found[0]


_locked = Asked(
    lambda by, column, pk: (
        visible_subjects(by, column).select_for_update(of=("self",), no_key=True).filter(pk=pk)
    )
)
