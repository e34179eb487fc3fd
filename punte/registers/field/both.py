"""An entry that was changed on a device and in the office: both sides in words, and taking what the device said."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.guests import BothSay, Sides
from punte.accounts.models import User
from punte.kernel.errors import DomainError
from punte.registers.actions.writing import in_words
from punte.registers.catalogue import register_named
from punte.registers.field.up import Deed, do_again, entry_seen
from punte.registers.field.wire import values_from_wire
from punte.registers.models import Entry
from punte.registers.showing import date_in_words, named_in_words, shown, words_of
from punte.registers.sight import Sight


def sides(user: User, _theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Sides | None:
    """What the entry says today and what the device said, where the account reads it."""
    try:
        deed = Deed.read(mine)
        entry = entry_seen(user, Entry.objects.filter(pk__in=deed.entries))
        facts = _facts(user, deed, entry)
    except DomainError:
        return None
    definition = register_named(entry.register)
    step = definition.moves.get(deed.move)
    done = in_words(step.label) if step else _("Correct the entry")
    return Sides(
        revision=entry.revision,
        deed=f"{in_words(definition.title)}: {done}",
        facts=facts,
        sensitive=entry.compartment in SEALED_COMPARTMENTS,
    )


def take(by: User, mine: Mapping[str, Any], revision: int) -> None:
    """Let the entry say what the device said, on what it says today.

    Raises:
        NotAllowed: the account does not read the entry or does not write there.
        EditedMeanwhile: it was changed since it was looked at.
        DomainError: it cannot be so any more.
    """
    deed = Deed.read(mine)
    do_again(
        by, deed, entry_seen(by, Entry.objects.filter(pk__in=deed.entries)), revision=revision, confirmed=True
    )


def _facts(user: User, deed: Deed, entry: Entry) -> list[BothSay]:
    """State and days first, then field by field; of a step what it does not ask for stays as it is."""
    definition = register_named(entry.register)
    readable = Sight(user, entry.subject).fields(definition)
    [today] = shown(user, [entry], {entry.register: readable})
    record = {one.name: one.said for one in today.fields}
    given = values_from_wire(definition, deed.values)
    keys = {name: row.pk for name, row in given.items() if isinstance(row, Model)}
    named = named_in_words(user, [(definition, keys)])
    step = definition.moves.get(deed.move)
    if step:
        readable = [name for name in readable if name in step.asks]
    state = step.to if step else deed.state or entry.state
    rows = [
        BothSay(_("State"), today.state, in_words(definition.state_label(state))),
        BothSay(
            _("On what day") if step else _("Since"), date_in_words(entry.start), date_in_words(deed.start)
        ),
    ]
    if deed.last or today.last:
        rows.append(BothSay(_("Last day"), date_in_words(today.last), date_in_words(deed.last)))
    for name, one in definition.fields.items():
        if name in readable and (name in record or given.get(name) is not None):
            device = words_of(one, given[name], named) if given.get(name) is not None else ""
            rows.append(BothSay(in_words(one.label), record.get(name, ""), device))
    if deed.why:
        rows.append(BothSay(_("Why it is corrected"), "", deed.why))
    return rows
