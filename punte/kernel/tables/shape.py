"""What a table is made of: columns, rows, and what is wrong with them."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.kernel.errors import DomainError
from punte.kernel.text import fold


@dataclass(frozen=True)
class Spoiled:
    """A cell that cannot be read whatever its column asks for; `message` says why and what to do."""

    message: str


Cell = str | int | float | bool | Decimal | dt.date | dt.datetime | dt.time | dt.timedelta | Spoiled
Reader = Callable[[Cell], Any]
LISTED = 50


@dataclass(frozen=True)
class Limits:
    """How much is read of a file, so that none can keep the machine busy.

    Attributes:
        size: bytes of the file.
        unpacked: bytes of all parts of a workbook together, before anything is parsed.
        rows, columns: of the table, its header included.
        cell: characters of one cell.
        line: characters of one line of a CSV file.
        marks: opening marks `<` in one part of a workbook.
    """

    size: int = 5 * 1024 * 1024
    unpacked: int = 32 * 1024 * 1024
    rows: int = 20_000
    columns: int = 100
    cell: int = 5_000
    line: int = 200_000
    marks: int = 3_000_000


LIMITS = Limits()


class Unreadable(ValueError):
    """A cell does not say what its column asks for; the message says what to write instead."""

    def __init__(self, message: str | Promise) -> None:
        self.message = message
        super().__init__(message)


@dataclass(frozen=True)
class Column:
    """A column that a table may have.

    Attributes:
        name: its key in the values of a row.
        title: what stands at its head, compared without regard to capitals, diacritics and punctuation.
        read: makes a value of a cell that is not empty, or raises `Unreadable`.
        required: whether the column must be there and every row say something in it.
        hint: what to write in it, one sentence of the model file.
        example: a cell as it should look, for the model file.
        also: other titles under which the same is written.
    """

    name: str
    title: str | Promise
    read: Reader
    required: bool = False
    hint: str | Promise = ""
    example: object = None
    also: Sequence[str | Promise] = ()

    @property
    def titles(self) -> list[str]:
        """Every title under which it is known, folded; its own first."""
        return [fold(str(title)) for title in (self.title, *self.also)]


@dataclass(frozen=True)
class TableRow:
    """One row: the line on which it begins (the first line of the file is 1), and a value for every column.

    An empty cell, and a column that the file does not have, give None.
    """

    line: int
    values: dict[str, Any]


@dataclass(frozen=True)
class Problem:
    """Something that is wrong with a file: its line (None where it is the file), its column, and what to do."""

    line: int | None
    column: str
    message: str

    @property
    def place(self) -> str:
        """Where it is, in words."""
        if self.line is None:
            return _("The file")
        if not self.column:
            return _("Line %(line)s") % {"line": self.line}
        return _("Line %(line)s, column “%(column)s”") % {"line": self.line, "column": self.column}

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass
class Problems:
    """Problems as they are found: the first ones are kept, all are counted."""

    kept: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, line: int | None, column: str, message: str | Promise) -> None:
        """Note one more."""
        self.count += 1
        if len(self.kept) < LISTED:
            self.kept.append(Problem(line, column, str(message)))

    def refuse_any(self) -> None:
        """Stop here if there is any.

        Raises:
            DamagedTable: with those kept.
        """
        if self.count:
            raise DamagedTable(self.kept, more=self.count - len(self.kept))


class DamagedTable(DomainError):
    """A table was not read; nothing of it counts. `problems` are the first found, `more` how many there are besides."""

    def __init__(self, problems: Sequence[Problem], *, more: int = 0) -> None:
        self.problems = list(problems)
        self.more = more
        super().__init__(self._summary())

    def _summary(self) -> str:
        count = len(self.problems) + self.more
        heading = ngettext(
            "The table was not taken over: %(count)s problem. Nothing was changed.",
            "The table was not taken over: %(count)s problems. Nothing was changed.",
            count,
        )
        return heading % {"count": count}

    @property
    def rest(self) -> str:
        """How many problems are not listed, in words; empty where all are."""
        if not self.more:
            return ""
        words = ngettext("and %(count)s more problem", "and %(count)s more problems", self.more)
        return words % {"count": self.more}


def damaged(message: str | Promise, *, line: int | None = None, column: str = "") -> DamagedTable:
    """A table that one problem makes unreadable."""
    return DamagedTable([Problem(line, column, str(message))])
