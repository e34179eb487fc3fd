"""What stands above and within a list on its page."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from punte.accounts.models import KeptView

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


@dataclass(frozen=True)
class Chip:
    """One thing by which the list is narrowed, and the address of the list without it."""

    words: Words
    without: str
