"""Published numbers as one system: cells, and the lines by which some are the sum of others.

Several tables that count the same, and several years, are one system: a cell that two of them show is one cell, and
what an earlier publication told or hid stays so.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

TOP = ""
"""The code that stands for all of a dimension."""

Key = tuple[tuple[str, str], ...]
"""What a cell is about: the dimensions that narrow it, each with its code. The whole is `()`."""
Line = tuple[tuple[int, int], ...]
"""Cells with their signs; the signed sum is nought."""


class CannotBeSafe(Exception):
    """What earlier publications told leaves no way to hide what must be hidden."""


@dataclass(frozen=True)
class Rule:
    """When a number is hidden and how well.

    Attributes:
        least: a number above nought and below it is hidden.
        width: no hidden number can be placed in a range narrower than this.
    """

    least: int = 5
    width: int = 5


@dataclass(frozen=True)
class Hierarchy:
    """A dimension: of each code the one that it belongs to; `TOP` is above those that belong to no other.

    Attributes:
        summed: whether there is a number for all of it; of years that do not add up there is none.
    """

    name: str
    parents: Mapping[str, str]
    summed: bool = True

    @cached_property
    def children(self) -> Mapping[str, Sequence[str]]:
        """The codes right below each that has some."""
        found: dict[str, list[str]] = defaultdict(list)
        for code, parent in self.parents.items():
            found[parent].append(code)
        return found

    @cached_property
    def codes(self) -> Sequence[str]:
        """All of them, the top first."""
        return [TOP, *self.parents] if self.summed else list(self.parents)

    def above(self, code: str) -> list[str]:
        """A code and all that it belongs to, up to the top."""
        found = [code]
        while found[-1] != TOP:
            found.append(self.parents[found[-1]])
        return found if self.summed else found[:-1]


def cells_of(dimensions: Sequence[Hierarchy], leaves: Mapping[tuple[str, ...], int]) -> dict[Key, int]:
    """All cells of a table with their numbers, from those of the lowest codes."""
    cells = {key_of(dimensions, codes): 0 for codes in product(*(one.codes for one in dimensions))}
    for codes, number in leaves.items():
        for above in product(*(one.above(code) for one, code in zip(dimensions, codes, strict=True))):
            cells[key_of(dimensions, above)] += number
    return cells


def key_of(dimensions: Sequence[Hierarchy], codes: Sequence[str]) -> Key:
    """What the cell of these codes is about."""
    return tuple(sorted((one.name, code) for one, code in zip(dimensions, codes, strict=True) if code != TOP))


def lines_of(dimensions: Sequence[Hierarchy]) -> list[tuple[Key, list[Key]]]:
    """Which cells of a table are the sum of which others."""
    found = []
    for codes in product(*(one.codes for one in dimensions)):
        for place, one in enumerate(dimensions):
            below = one.children.get(codes[place])
            if below:
                parts = [key_of(dimensions, (*codes[:place], code, *codes[place + 1 :])) for code in below]
                found.append((key_of(dimensions, codes), parts))
    return found


@dataclass
class System:
    """Cells by number, their values, the lines between them, and what earlier publications decided.

    Attributes:
        told: cells that are known already and cannot be hidden.
        kept: cells that stay hidden.
    """

    values: list[int] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    names: dict[tuple[str, Key], int] = field(default_factory=dict)

    def add(self, name: tuple[str, Key], value: int) -> int:
        """The number of a cell, which is new unless another table has shown it.

        Raises:
            ValueError: two tables show different numbers for it.
        """
        if name not in self.names:
            self.names[name] = len(self.values)
            self.values.append(value)
        elif self.values[self.names[name]] != value:
            raise ValueError(name)
        return self.names[name]

    def add_table(self, of: str, dimensions: Sequence[Hierarchy], cells: Mapping[Key, int]) -> dict[Key, int]:
        """Add a table that counts `of`; of its cells the numbers."""
        numbers = {key: self.add((of, key), value) for key, value in cells.items()}
        self.lines += [
            ((numbers[total], -1), *((numbers[part], 1) for part in parts))
            for total, parts in lines_of(dimensions)
        ]
        return numbers

    @property
    def keys(self) -> list[Key]:
        """Of each cell what it is about."""
        return [key for _of, key in self.names]

    @cached_property
    def lines_at(self) -> list[list[int]]:
        """Of each cell the lines that it is in; asked once the system is whole."""
        found: list[list[int]] = [[] for _ in self.values]
        for number, line in enumerate(self.lines):
            for cell, _sign in line:
                found[cell].append(number)
        return found

    def first_hidden(self, rule: Rule) -> set[int]:
        """What is hidden for its own sake.

        Raises:
            CannotBeSafe: something of it was told before.
        """
        small = {cell for cell, value in enumerate(self.values) if 0 < value < rule.least}
        if small & self.told:
            raise CannotBeSafe
        return small | self.kept
