"""A step that waits for a second person, in words: what the entry says, and what the step would make of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from punte.accounts.models import User
from punte.cases.models import Approval
from punte.registers.actions.writing import in_words
from punte.registers.asking import asked_step
from punte.registers.catalogue import register_named
from punte.registers.models import Entry
from punte.registers.showing import ShownField, shown, words_of
from punte.registers.sight import Sight


@dataclass(frozen=True)
class StepInWords:
    """A step before it is answered; once it is, the entry is as it stands by then."""

    entry: Entry
    line: str
    fields: Sequence[ShownField]
    from_: str
    to: str
    on: dt.date
    asked: Sequence[ShownField]


def step_in_words(user: User, asked: Approval) -> StepInWords:
    """What somebody asked a second person to agree to, as far as the account reads the entry."""
    entry, step = asked_step(asked)
    definition = register_named(entry.register)
    readable = Sight(user, entry.subject).fields(definition)
    [today] = shown(user, [entry], {entry.register: readable})
    move = definition.moves.get(step["move"])
    return StepInWords(
        entry=entry,
        line=today.line,
        fields=today.fields,
        from_=today.state,
        to=in_words(definition.state_label(move.to or entry.state)) if move else "",
        on=step["on"],
        asked=[
            ShownField(
                name, in_words(definition.fields[name].label), words_of(definition.fields[name], value)
            )
            for name, value in step["given"].items()
            if name in readable and value not in (None, "", [])
        ],
    )
