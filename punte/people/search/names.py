"""The words of a name as the index keeps them, and the slips of the finger by which they are still met."""

from collections.abc import Iterator

from punte.kernel.text import fold, readings

SHORTEST_FORGIVEN = 4
_LONGEST = 80


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order, each once."""
    return list(dict.fromkeys(word[:_LONGEST] for word in fold(text).split()))


def words_of_name(*names: str) -> list[str]:
    """The words under which a person is found: each part of each name, in each way of reading it."""
    return list(dict.fromkeys(word for name in names for read in readings(name) for word in words_of(read)))


def slips_of(word: str) -> Iterator[str]:
    """The word with one letter left out, for words long enough that a slip does not make another word of them.

    Two words are one slip apart (a letter left out, added, changed, or two swapped) only if one of them, or one of
    its slips, is the other or one of the other's slips: so both sides need to be looked up with one letter less only.
    """
    if len(word) >= SHORTEST_FORGIVEN:
        yield from dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word)))
