"""Read who must agree to a step of a register before it takes effect."""

from punte.accounts.enums import Role
from punte.methodology.definition_files import only, some_of
from punte.methodology.errors import gettext_noop
from punte.methodology.source_files import Section
from punte.registers.definition import SecondPerson

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
    only(given, _KEYS)
    for key in sorted(_KEYS):
        if not some_of(given, key, Role.values):
            raise given.error(gettext_noop("%(key)s is missing"), key, key=key)
    asked_of, given_by = (map(Role, given.texts(key)) for key in ("asked_of", "given_by"))
    return SecondPerson(frozenset(asked_of), frozenset(given_by))
