"""Names of a fast list that may mean the same person, whatever the alphabet: Олена, Olena and Elena's own spelling."""

from collections.abc import Iterable
from dataclasses import dataclass

from punte.emergencies.models import Listed
from punte.people.search.names import slips_of, words_of_name

_MOST = 5
_YEARS = 3
_FEW = 2


@dataclass(frozen=True)
class Alike:
    """Somebody whose name shares so many words with another."""

    listed: Listed
    words: int


def alike(name: str, rows: Iterable[Listed], *, age: int | None = None, most: int = _MOST) -> list[Listed]:
    """Of some rows those whose name may be this one, the surest first.

    Every word of the shorter name must be met in the other, but for one slip of the finger in each.

    Args:
        age: about; who is known to be of quite another age is left out.
    """
    wanted = _readings(name)
    if not wanted:
        return []
    found = []
    for row in rows:
        if age is not None and row.age is not None and abs(age - row.age) > max(_YEARS, age // 10):
            continue
        if shared := _shared(wanted, _readings(row.name)):
            found.append(Alike(row, shared))
    found.sort(key=lambda one: (-one.words, -one.listed.number))
    return [one.listed for one in found[:most]]


def _readings(name: str) -> list[set[str]]:
    """For each word of a name all that it may be written as, slips of the finger included."""
    return [
        {form for word in words_of_name(part) for form in (word, *slips_of(word))}
        for part in name.split()
        if len(part) > 1
    ]


def _shared(one: list[set[str]], other: list[set[str]]) -> int:
    """How many words they share; none where a word of the shorter name is not met."""
    if not one or not other:
        return 0
    short, long = sorted((one, other), key=len)
    met = sum(any(word & another for another in long) for word in short)
    # A single word is a name as well, but only of who has no more of it, or of whom no more is said.
    return met if met == len(short) else 0
