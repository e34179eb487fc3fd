"""Read which answers of a pack lists can be narrowed by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation

from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.model import Fact, Listed
from punte.methodology.source_files import Section

_YES_NO = ("yes", "no")
_BOUNDS = ("at_least", "at_most")


def read_listed(section: Section, facts: Mapping[str, Fact], sealed: Collection[str]) -> dict[str, Listed]:
    """By the name of its fact, what is listed of each question.

    Raises:
        PackError: an unknown fact or answer, one of a closed compartment, or one that is neither chosen nor a number.
    """
    return {name: _listed(section, name, facts, sealed) for name in section}


def _listed(section: Section, name: str, facts: Mapping[str, Fact], sealed: Collection[str]) -> Listed:
    fact = facts.get(name)
    if fact is None:
        raise section.error(gettext_noop("unknown fact: %(name)s"), name, name=name)
    if fact.compartment in sealed or fact.choice_compartments:
        raise section.error(
            gettext_noop("%(name)s is of a closed compartment: no list tells it"), name, name=name
        )
    if fact.type in ("integer", "decimal"):
        return _bounds(section.section(name))
    known = _YES_NO if fact.type == "yesno" else tuple(fact.choices)
    choices = section.texts(name)
    unknown = next((choice for choice in choices if choice not in known), None)
    if unknown is not None or not choices:
        raise section.error(
            gettext_noop("unknown answer of %(name)s: %(text)s"), name, name=name, text=unknown
        )
    return Listed(choices=tuple(choices))


def _bounds(section: Section) -> Listed:
    unknown = next((key for key in section if key not in _BOUNDS), None)
    if unknown is not None or not section:
        raise section.error(gettext_noop("a number is listed by at_least or at_most"), unknown or "")
    return Listed(at_least=_numbers(section, "at_least"), at_most=_numbers(section, "at_most"))


def _numbers(section: Section, key: str) -> tuple[Decimal, ...]:
    try:
        return tuple(Decimal(text) for text in section.texts(key))
    except InvalidOperation as error:
        raise _not_a_number(section, key) from error


def _not_a_number(section: Section, key: str) -> PackError:
    texts = ", ".join(section.texts(key))
    return section.error(gettext_noop("not a number: %(text)s"), key, text=texts)
