"""Whom a question and a service are for: what is for a child does not answer what is asked for a mother."""

from collections.abc import Collection

from punte.directory.help.need import Reading, ages_of, of_other_ages, people, said_to_be_for

_LONGEST_LIFE = 150


def meant_people(reading: Reading, chosen: Collection[str] = ()) -> frozenset[str]:
    """Keys of those whom a question means: of ages those chosen or named, else all that a need is for."""
    named = {*chosen, *(person.key for person in reading.people)}
    answered = {*reading.who, *(who for need in reading.served for who in need.who)}
    return frozenset(named | (_kinds(answered) if ages_of(named) else answered))


def is_for_others(name: str, youngest: int | None, oldest: int | None, *, meant: Collection[str]) -> bool:
    """Whether a service is for other people than those meant.

    Args:
        name: its name, which may say for whom it is.
        youngest, oldest: the ages in years that it takes; None where it does not say.
    """
    said = said_to_be_for(name)
    known = youngest is not None or oldest is not None
    ages = [(youngest or 0, oldest or _LONGEST_LIFE)] if known else ages_of(said)
    if of_other_ages(ages, ages_of(meant)):
        return True
    return bool(_kinds(said) and _kinds(meant)) and said.isdisjoint(meant)


def _kinds(keys: Collection[str]) -> set[str]:
    """Those whom not their age makes."""
    return {key for key in keys if key in people() and not people()[key].ages}
