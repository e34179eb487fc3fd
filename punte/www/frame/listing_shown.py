"""What stands above and within a list on its page."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.functional import Promise

from punte.accounts.models import KeptView
from punte.www.frame.fields import is_read_when_shown

Words = str | Promise


@dataclass(frozen=True)
class Heading:
    """A column as it stands above the list."""

    title: Words
    style: str
    url: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Tab:
    """A way of looking at the list, as a link; how many rows it shows is a number, or that there are more."""

    title: Words
    url: str
    current: bool
    count: str = ""
    kept: KeptView | None = None


@dataclass(frozen=True)
class Part:
    """Rows of the page that stand under one heading."""

    title: str
    rows: list[Any]


def parts_of(rows: list[Any], title_of: Callable[[Any], str]) -> list[Part]:
    """Rows of a page in their order, those with one heading together."""
    return [Part(title, list(some)) for title, some in groupby(rows, title_of)]


@dataclass(frozen=True)
class Offered:
    """What may be done with chosen rows, as it stands under the list."""

    deed: Any
    form: Any
    is_open: bool

    @property
    def is_later(self) -> bool:
        """Whether it is folded, and its choices are dear to read."""
        return not self.is_open and is_read_when_shown(self.form)


@dataclass(frozen=True)
class Chip:
    """One thing by which the list is narrowed, and the address of the list without it."""

    words: Words
    without: str
