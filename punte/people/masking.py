"""Other people in what was written about somebody: who asks for their own file is not told of third persons."""

import re
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import pgettext

from punte.kernel.text import fold
from punte.people.models import Kinship, Membership, Person

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBER = re.compile(r"(?<!\d)(?:\+?4?0?7\d{2}[ .\-]?\d{3}[ .\-]?\d{3}|\d{13})(?!\d)")
_SHORTEST_NAME = 3


class Mask:
    """Hides of a text whoever else is known near a person: their names, and any CNP or mobile phone but the own.

    A name that the person bears too stays: it tells of nobody else. What somebody wrote of a stranger whom no record
    names is not known to be a name, and is read by the officer before it is given out.
    """

    def __init__(self, person: Person) -> None:
        own = set(_words(person.names))
        self._others = {
            word for word in _words(_names_near(person)) if len(word) >= _SHORTEST_NAME and word not in own
        }
        self._own_numbers = {_digits(person.cnp), _digits(person.phone)}

    def text(self, text: str) -> str:
        """The text with others masked."""
        masked = pgettext("own file", "[another person]")
        shown = _NUMBER.sub(lambda found: self._number(found[0], masked), text)
        shown = _WORD.sub(lambda found: masked if self._names_another(found[0]) else found[0], shown)
        return shown.replace(f"{masked} {masked}", masked)

    def _names_another(self, word: str) -> bool:
        """Only what is written as a name is one: „Rodica”, not „rodica”."""
        return word[:1].isupper() and any(part in self._others for part in (fold(word), *_parts(word)))

    def _number(self, number: str, masked: str) -> str:
        return number if _digits(number) in self._own_numbers else masked


def _parts(word: str) -> Iterable[str]:
    return (fold(part) for part in word.split("-"))


def _words(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        for word in _WORD.findall(name):
            yield fold(word)
            yield from _parts(word)


def _digits(number: str) -> str:
    """The last nine digits of a phone, all of a CNP: however it is written, the same number."""
    digits = re.sub(r"\D", "", number)
    return digits if len(digits) == 13 else digits[-9:]


def _names_near(person: Person) -> list[str]:
    """Everybody who ever lived where the person lived, and their relatives; sealed or not."""
    homes = Membership.objects.filter(person=person).values("household")
    lived = Q(memberships__household__in=homes)
    kin = Kinship.objects.filter(Q(person=person) | Q(relative=person)).values_list("person", "relative")
    keys = {key for pair in kin for key in pair}
    near = Person.everyone.filter(lived | Q(pk__in=keys)).exclude(pk=person.pk).distinct().order_by("pk")
    return [name for one in near.defer("cnp", "ethnicity") for name in one.names]
