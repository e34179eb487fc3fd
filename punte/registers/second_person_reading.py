"""Read who must agree to a step of a register, or have read the entry, before it takes effect."""

from collections.abc import Mapping

from punte.accounts.enums import Role
from punte.methodology.definition_files import only, read_flag, some_of
from punte.methodology.errors import gettext_noop
from punte.methodology.source_files import Section
from punte.registers.definition import Definition, Readers, SecondPerson

_FEWEST = 2
_KEYS = {"asked_of", "given_by"}


def read_second_person(step: Section, *, about: str) -> SecondPerson | None:
    """Who must agree to a step; None where nobody must.

    Args:
        about: what the register is about; nobody is asked about what is of an institution, which is of no case.

    Raises:
        PackError: it is about an institution, or names no roles.
    """
    given = step.section("second_person")
    if not given:
        return None
    if about == "organization":
        raise step.error(
            gettext_noop("a second person answers about a case, not about an institution"), "second_person"
        )
    only(given, {*_KEYS, "at_once"})
    for key in sorted(_KEYS):
        if not some_of(given, key, Role.values):
            raise given.error(gettext_noop("%(key)s is missing"), key, key=key)
    at_once = read_flag(given, "at_once")
    if at_once and step.texts("asks"):
        raise given.error(gettext_noop("what is asked at once asks for no field"), "at_once")
    asked_of, given_by = (map(Role, given.texts(key)) for key in ("asked_of", "given_by"))
    return SecondPerson(frozenset(asked_of), frozenset(given_by), at_once)


def read_readers(step: Section) -> Readers | None:
    """Who must have read an entry before a step; None where nobody must.

    Raises:
        PackError: a word that is not known, or less than two people.
    """
    given = step.section("readers")
    if not given:
        return None
    only(given, {"register", "by", "people"})
    people = given.text("people", "2")
    if not people.isdigit() or int(people) < _FEWEST:
        raise given.error(gettext_noop("%(key)s is a whole number from 2 on"), "people", key="people")
    return Readers(given.text("register"), given.text("by"), int(people))


def refuse_readers_not_there(
    one: Definition, readers: Readers, known: Mapping[str, Definition], move: Section
) -> None:
    """Refuse readers of a register that is not there, is about others, or does not name what was read.

    Raises:
        PackError: it does.
    """
    given = move.section("readers")
    other = known.get(readers.register)
    if other is None or other.about != one.about:
        raise given.error(
            gettext_noop("unknown %(key)s: %(value)s"), "register", key="register", value=readers.register
        )
    named = other.fields.get(readers.by)
    if named is None or named.of != one.key:
        raise given.error(gettext_noop("unknown %(key)s: %(value)s"), "by", key="by", value=readers.by)
