"""Whether a text that is to go round without names tells who it is about, and where."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from punte.cases.models import Case
from punte.kernel.text import fold
from punte.people.models import Membership, OtherName, Person

_SHORTEST = 3
_CNP = re.compile(r"(?<!\d)[1-9]\d{12}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?40|0)(?:[ .\-/]?\d){9}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CASE_NAMES = re.compile(r"(?:ului|ul|lui|ei|ii|a)$")


@dataclass(frozen=True)
class Named:
    """A word that tells who somebody is: in which part of a text, on which line, and the word as it stands there."""

    part: str
    line: int
    word: str


def people_of(cases: Iterable[Case]) -> list[Person]:
    """Everybody who lives or lived in the households of some cases."""
    homes = [case.household_id for case in cases]
    lived = Membership.objects.filter(household__in=homes).values("person")
    return list(Person.objects.filter(pk__in=lived).order_by("pk"))


def named_in(parts: Mapping[str, str], people: Collection[Person]) -> list[Named]:
    """Each word of the texts that is a name of one of the people, a phone or a CNP, in the order of the texts."""
    names = _names(people)
    return [found for part, text in parts.items() for found in _named(part, text, names)]


def _names(people: Collection[Person]) -> set[str]:
    said = [name for one in people for name in (one.family_name, one.given_name)]
    others = OtherName.objects.filter(person__in=[one.pk for one in people])
    said += [name for row in others.values_list("family_name", "given_name") for name in row]
    words = (word for name in said for word in fold(name).split())
    return {word for word in words if len(word) >= _SHORTEST}


def _named(part: str, text: str, names: set[str]) -> Iterator[Named]:
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern in (_CNP, _PHONE):
            for found in pattern.finditer(line):
                yield Named(part, number, found[0])
        for found in _WORD.finditer(line):
            # A name is written with a capital: „maria” the word of a sentence is rare, „Floare” and „floare” is not.
            if found[0][0].isupper() and any(_is_name(word, names) for word in fold(found[0]).split()):
                yield Named(part, number, found[0])


def _is_name(word: str, names: set[str]) -> bool:
    """Whether a word is a name, or one as Romanian declines it: Mariei, Ionului."""
    if word in names:
        return True
    stem = _CASE_NAMES.sub("", word)
    return len(stem) >= _SHORTEST and stem != word and (stem in names or f"{stem}a" in names)
