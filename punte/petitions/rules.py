"""Pure rules: follow codes, and which workers a complaint names."""

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar
from uuid import UUID

from punte.kernel.codes import code_for, typed
from punte.kernel.encryption import blind_index
from punte.kernel.text import fold

_GROUPS = 3
_NUMBER = re.compile(r"\s*(\d{1,9})\s*/\s*(\d{4})\s*")


class Named(Protocol):
    """Somebody with a name."""

    name: str


Somebody = TypeVar("Somebody", bound=Named)


def code_of(sending: str) -> str:
    """The code of one sending, the same each time: who presses Send twice gets one petition and one code.

    Args:
        sending: what was sent with a token that nobody can guess; the code is as hard to guess as that.
    """
    return code_for(f"petition code {sending}", groups=_GROUPS)


def code_digest(petition: UUID, code: str) -> str:
    """What is kept of a code; however it is typed, with small letters or without its hyphens."""
    return blind_index(f"petition {petition} {typed(code)}")


def register_number(typed: str) -> tuple[int, int] | None:
    """Number and year of `123/2026`; None for anything else."""
    found = _NUMBER.fullmatch(typed)
    return (int(found[1]), int(found[2])) if found else None


def named_in(words: str, people: Iterable[Somebody]) -> list[Somebody]:
    """Those whose family name, the last of their names, is among the words: rather one too many than one too few."""
    mentioned = set(fold(words).split())
    return [one for one in people if (name := fold(one.name).split()) and name[-1] in mentioned]
