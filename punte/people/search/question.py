"""What somebody typed into the search box, understood."""

import re
from dataclasses import dataclass

from punte.kernel.text import fold
from punte.people.identity import checked_cnp, looks_like_cnp
from punte.people.search.names import words_of

_MOST_CHARACTERS = 200
_MOST_WORDS = 6
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True)
class Question:
    """The words of a name, perhaps with the year of birth; or a CNP."""

    words: tuple[str, ...]
    born_in: int | None = None
    cnp: str = ""
    typing: bool = True

    @property
    def joined(self) -> tuple["Question", ...]:
        """The same question with two neighbouring words written as one: „Ana Maria” for „Anamaria”."""
        pairs = range(len(self.words) - 1)
        return tuple(
            Question(
                (*self.words[:at], self.words[at] + self.words[at + 1], *self.words[at + 2 :]), self.born_in
            )
            for at in pairs
        )


def understand(text: str) -> Question:
    """Read a typed text: words in any order, a year of birth among them, or a whole CNP."""
    text = text[:_MOST_CHARACTERS]
    if looks_like_cnp(text):
        return Question((), cnp=checked_cnp(text))
    words = words_of(text)
    year = next((word for word in words if _YEAR.fullmatch(word)), None)
    names = tuple(word for word in words if word != year and not word.isdigit())[:_MOST_WORDS]
    # A space after the last word says that it is finished.
    return Question(names, int(year) if year else None, typing=not text[-1:].isspace() and fold(text) != "")
