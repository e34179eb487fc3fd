"""What somebody typed into the search box, understood."""

import re
from dataclasses import dataclass

from punte.kernel.text import alphabet_of, readings
from punte.people.identity import checked_cnp, looks_like_cnp
from punte.people.search.names import words_of

_MOST_CHARACTERS = 200
_MOST_WORDS = 6
_SHORTEST_PART = 2
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True)
class Question:
    """The words of a name, perhaps with the year of birth; or a CNP."""

    words: tuple[str, ...]
    born_in: int | None = None
    cnp: str = ""
    typing: bool = True

    read_otherwise: tuple[tuple[str, ...], ...] = ()
    alphabet: str = "LATIN"

    def respelled(self) -> list["Question"]:
        """The same question in other ways of writing it: in another reading of its alphabet („Grigorii”, „Hryhorii”),
        or with two neighbouring words as one, or one as two („Ana Maria”, „Anamaria”).
        """
        words = self.words
        joined = [(*words[:at], words[at] + words[at + 1], *words[at + 2 :]) for at in range(len(words) - 1)]
        split = [
            (*words[:at], word[:cut], word[cut:], *words[at + 1 :])
            for at, word in enumerate(words)
            for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        ]
        ways = [*self.read_otherwise, *joined, *split]
        return [Question(respelled, self.born_in, typing=False) for respelled in ways]


def understand(text: str) -> Question:
    """Read a typed text: words in any order, a year of birth among them, or a whole CNP."""
    text = text[:_MOST_CHARACTERS]
    if looks_like_cnp(text):
        return Question((), cnp=checked_cnp(text))
    first, *others = [_words_and_year(read) for read in readings(text)]
    words, year = first
    return Question(
        words,
        int(year) if year else None,
        # A space after the last word says that it is finished.
        typing=not text[-1:].isspace() and bool(words or year),
        read_otherwise=tuple(other for other, _year in others),
        alphabet=alphabet_of(text),
    )


def _words_and_year(text: str) -> tuple[tuple[str, ...], str | None]:
    words = words_of(text)
    year = next((word for word in words if _YEAR.fullmatch(word)), None)
    return tuple(word for word in words if word != year and not word.isdigit())[:_MOST_WORDS], year
