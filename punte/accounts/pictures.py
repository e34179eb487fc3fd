"""Pictures that an account looks at weekly, as numbers: a room hands them over, its host draws them."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

from punte.accounts.models import User
from punte.accounts.standing import Standing

Look = Literal["done", "late", "open", "severe", "moderate", "watch", "second", "third"]
"""`late` and `severe` are red, `open` is hatched, since nothing is known of it yet; the others tell parts apart."""


@dataclass(frozen=True)
class Place:
    """One column or bar: what it stands for, and the list that has exactly its rows, where there is one.

    `short` is what fits under a column.
    """

    label: str
    url: str = ""
    short: str = ""


@dataclass(frozen=True)
class Series:
    """What is counted, and how much of it in each place."""

    label: str
    look: Look
    values: Sequence[int]

    @property
    def total(self) -> int:
        """In all places together."""
        return sum(self.values)


@dataclass(frozen=True)
class Drawn:
    """What a picture tells one account.

    Attributes:
        url, leads: a list to go on with, and what it is called.
        norm: up to what a bar should go; 0 where nothing is said.
        norm_label: what that is.
        unit: of what is not counted but measured.
        note: what one must know to read it rightly.
        apart: whether each bar counts another thing, so that its own label says what.
        of_whole: whether the first of what is counted is a part of a whole, and is the number that is said.
    """

    places: Sequence[Place]
    series: Sequence[Series]
    url: str = ""
    leads: str = ""
    norm: int = 0
    norm_label: str = ""
    unit: str = ""
    note: str = ""
    apart: bool = False
    of_whole: bool = False

    @property
    def totals(self) -> list[int]:
        """By place, of all that is counted."""
        return [sum(one.values[at] for one in self.series) for at in range(len(self.places))]

    @property
    def heads(self) -> list[int]:
        """By place the one number that is said of it."""
        return list(self.series[0].values) if self.of_whole else self.totals

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(self.totals)


@dataclass(frozen=True)
class Picture:
    """One picture, as it comes to a first page.

    Attributes:
        name: by which `content/office.yaml` gives it to roles.
        open_to: whether an account may look at it, by what it may do.
        draws: what it tells an account on a day, counted of what that account reads; None where there is nothing.
        shape: columns, one for each week, or bars, one for each thing.
    """

    name: str
    title: str | Promise
    open_to: Callable[[Standing], bool]
    draws: Callable[[User, dt.date], Drawn | None]
    shape: Literal["weeks", "bars"] = "bars"
