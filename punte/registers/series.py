"""The entries that a step writes down one after the other, as the register's file says them."""

from collections.abc import Mapping
from typing import Literal

from punte.methodology.definition_files import one_of, only
from punte.methodology.errors import gettext_noop
from punte.methodology.source_files import Section
from punte.registers.definition import Definition, Field, Writes

_WORDS = {"register", "by", "start", "times", "every", "sets"}
_OWN = {"start": "date", "times": "integer"}


def read_writes(section: Section, fields: Mapping[str, Field]) -> Writes | None:
    """What a step writes.

    Raises:
        PackError: a word that is not known, a field that is not there or of another type.
    """
    given = section.section("writes")
    if not given:
        return None
    only(given, _WORDS)
    for key, type_ in _OWN.items():
        one = fields.get(given.text(key))
        if one is None or one.type != type_ or one.compartment:
            raise given.error(
                gettext_noop("%(key)s names a field of type %(type)s"), key, key=key, type=type_
            )
    every: Literal["month", "week"] = one_of(given, "every", ("month", "week"), "month")
    sets = given.section("sets")
    for key in sets:
        if sets.text(key) not in fields:
            raise sets.error(gettext_noop("unknown %(key)s: %(value)s"), key, key=key, value=sets.text(key))
    return Writes(
        register=given.text("register"),
        by=given.text("by"),
        start=given.text("start"),
        times=given.text("times"),
        every=every,
        sets={key: sets.text(key) for key in sets},
    )


def refuse_what_cannot_be_written(
    one: Definition, writes: Writes, known: Mapping[str, Definition], move: Section
) -> None:
    """Refuse a step that writes in a register that is not there, is about others, or has other fields.

    Raises:
        PackError: it does.
    """
    given = move.section("writes")
    other = known.get(writes.register)
    if other is None or other.about != one.about:
        raise given.error(
            gettext_noop("unknown %(key)s: %(value)s"), "register", key="register", value=writes.register
        )
    named = other.fields.get(writes.by)
    if named is None or named.of != one.key:
        raise given.error(gettext_noop("unknown %(key)s: %(value)s"), "by", key="by", value=writes.by)
    for theirs, ours in writes.sets.items():
        field = other.fields.get(theirs)
        if field is None or field.type != one.fields[ours].type:
            raise given.section("sets").error(
                gettext_noop("unknown %(key)s: %(value)s"), theirs, key=theirs, value=ours
            )
