"""The columns that a table of entries may have: those of its file, read as their fields ask for."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from punte.directory.models import Service
from punte.kernel.tables import Cell, Column, Reader, Unreadable, choice, date, integer, money, text, yes_no
from punte.kernel.tables.numbers import number
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.people.actions.checks import LONGEST_NOTE
from punte.people.registers.readers import cnp
from punte.registers.actions.writing import in_words
from punte.registers.definition import WITHDRAWN, Definition, Field
from punte.registers.tables import (
    BETWEEN,
    ENTRY,
    STATE,
    SUBJECTS,
    says_last,
    start_title,
    titles_of_fields,
)

OF_FIELDS = "f_"
_MOST_WHOLE = 10**12
_LONGEST_NAME = 250
_LONGEST_REFERENCE = 60
_OF_SUBJECTS = {"birth_date": date, "cnp": cnp}


def columns_of(definition: Definition, readable: Iterable[str]) -> tuple[Column, ...]:
    """The columns of a register, in the order of its file.

    Args:
        readable: the fields that the account reads.
    """
    titles = titles_of_fields(definition, readable)
    subject = (
        Column(one.name, one.title, _OF_SUBJECTS.get(one.name, text(most=_LONGEST_NAME)))
        for one in SUBJECTS[definition.about]
    )
    fields = (_of_field(definition.fields[name], title) for name, title in titles.items())
    last = (Column("last", _("Last day"), date),) if says_last(definition) else ()
    states = _states(definition)
    state = Column("state", STATE, choice(states), hint=_offered(states[:-1]))
    start = Column("start", start_title(definition), date, required=True, example="17.05.2026")
    hint = _("As the file of the list gives it: the line corrects that entry. Empty for a new one.")
    entry = Column("entry", ENTRY, text(most=_LONGEST_REFERENCE), hint=hint)
    return (*subject, *fields, start, *last, state, entry)


def _states(definition: Definition) -> list[tuple[str, str]]:
    """A mistake that was exported, which stands last, is known again; none is taken in."""
    return [(key, in_words(definition.state_label(key))) for key in (*definition.states, WITHDRAWN)]


def _of_field(one: Field, title: str) -> Column:
    labels = [label for label in one.label.values() if fold(label) != fold(title)]
    offered = [(choice.key, in_words(choice.label)) for choice in one.choices]
    return Column(
        f"{OF_FIELDS}{one.name}",
        title,
        _reader_of(one, offered),
        required=one.required,
        hint=in_words(one.hint) if one.hint else _offered(offered),
        also=labels,
    )


def _offered(pairs: Iterable[tuple[str, str]]) -> str:
    return BETWEEN.join(words for _key, words in pairs)


def _reader_of(one: Field, offered: list[tuple[str, str]]) -> Reader:
    service = _named(
        lambda: Service.objects.active().order_by("pk"),
        _("There is no service of this name, or several. Write its whole name."),
    )
    readers: dict[str, Reader] = {
        "choice": choice(offered),
        "choices": _several(choice(offered)),
        "yesno": yes_no,
        "integer": integer(least=-_MOST_WHOLE, most=_MOST_WHOLE),
        "decimal": number,
        "money": money(),
        "date": date,
        "organization": _named(
            lambda: Organization.objects.order_by("pk"),
            _("There is no institution of this name, or several. Write its whole name."),
        ),
        "place": service,
        "service": service,
    }
    return readers.get(one.type) or text(most=LONGEST_NOTE, lines=True)


def _several(read: Reader) -> Reader:
    def read_all(cell: Cell) -> list[Any]:
        parts = str(cell).split(BETWEEN.strip())
        return [read(part.strip()) for part in parts if part.strip()]

    return read_all


def _named(rows: Callable[[], Iterable[Any]], message: str) -> Reader:
    """One of some rows, by its whole name; they are read once a table."""

    @cache
    def named() -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for one in rows():
            found.setdefault(fold(one.name), []).append(one)
        return found

    def read(cell: Cell) -> Any:
        same = named().get(fold(str(cell)), [])
        if len(same) != 1:
            raise Unreadable(message)
        return same[0]

    return read
