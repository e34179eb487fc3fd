"""Official tables, quarterly sheets and their rules, as files of content define them. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from punte.kernel.evidence import NOT_KNOWN_FOR_SURE
from punte.methodology.expressions import Expression
from punte.methodology.model import Text
from punte.returns.periods import Step

Key = tuple[str, str, str]
"""Of a cell: its line, its column and its period; that of the axis on which periods stand is empty."""
Of = Literal["listed", "periods", "nomenclature", "numbered"]
"""What stands on an axis: what the file lists, periods, codes of the Nomenclature that are found, or numbers."""


@dataclass(frozen=True)
class Item:
    """A line or a column.

    Attributes:
        group: what stands above, or before, it and its neighbours.
        sums: the keys whose sum it is.
        words: whether it holds words, and not numbers.
        follows: told only where the line of this key is told: what is reckoned from few people tells of them.
    """

    key: str
    label: Text
    group: Text | None = None
    sums: tuple[str, ...] = ()
    words: bool = False
    follows: str = ""


@dataclass(frozen=True)
class Axis:
    """The lines, or the columns, of a table."""

    of: Of
    head: Text | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Published:
    """A cell as its source prints it, and on which line; an empty value is a dash there."""

    value: str
    source_line: str


@dataclass(frozen=True)
class Ratio:
    """What follows from a table: some of its numbers over others, or over a number of another table."""

    key: str
    label: Text
    of: tuple[str, ...]
    over: tuple[str, ...] = ()
    context: tuple[str, str, str] | None = None
    times: int = 100
    target: str = ""
    source: str = ""


@dataclass(frozen=True)
class Assumption:
    """A number that nobody counted, with where it comes from; a query reads it by its key."""

    key: str
    label: Text
    value: str
    source: str
    evidence: str


@dataclass(frozen=True)
class OfficialTable:
    """A table in its own shape: what was published, and the query that continues it.

    Attributes:
        place: where it stands in the strategy; empty for a table that is not from it.
        counts: what is counted; of people small numbers are held back.
        as_day: how a period is written, as `31.12.{year}`.
    """

    key: str
    title: Text
    lines: Axis
    columns: Axis
    source: str
    evidence: str
    place: str = ""
    subject: str = ""
    counts: Literal["people", "things"] = "people"
    step: Step = "year"
    as_day: str = "{name}"
    unit: Text | None = None
    note: Text | None = None
    published: Mapping[Key, Published] = field(default_factory=dict)
    sql: str = ""
    ratios: tuple[Ratio, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    misprints: Mapping[Key, Text] = field(default_factory=dict)

    @property
    def in_time(self) -> bool:
        """Whether periods stand on one of its axes."""
        return "periods" in (self.lines.of, self.columns.of)

    @property
    def is_proposal(self) -> bool:
        """Whether nobody is sure of its shape."""
        return self.evidence in NOT_KNOWN_FOR_SURE

    @property
    def periods(self) -> list[str]:
        """Those of which something is published, the oldest first."""
        return sorted({period for _line, _column, period in self.published})


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet: counted by its query, or, without one, asked of who fills it in."""

    key: str
    label: Text
    sql: str = ""
    query: str = ""


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: `sums` others, or is counted or asked."""

    key: str
    label: Text
    sums: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetPart:
    """One table of a sheet."""

    key: str
    title: Text
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class SheetForm:
    """A quarterly sheet.

    Attributes:
        by: the kind of institution that sends it.
        to: who receives it: the directorate of the county, or somebody outside.
        term: the rule of terms by which it falls due; where that is off, the sheet is not asked for.
    """

    key: str
    title: Text
    by: str
    to: Literal["county_directorate", "ministry"]
    to_name: Text
    term: str
    parts: tuple[SheetPart, ...]
    source: str
    evidence: str
    note: Text | None = None

    @property
    def is_proposal(self) -> bool:
        """Whether nobody is sure of its rows."""
        return self.evidence in NOT_KNOWN_FOR_SURE

    def cells(self) -> list[tuple[SheetPart, SheetRow, SheetColumn]]:
        """Each cell that is filled in, in the order of the sheet."""
        return [
            (part, row, col)
            for part in self.parts
            for row in part.rows
            for col in part.columns
            if not col.sums
        ]

    def row(self, key: str) -> SheetRow | None:
        """A row by its key."""
        return next((row for part in self.parts for row in part.rows if row.key == key), None)


@dataclass(frozen=True)
class Rule:
    """What cannot be: in an entry of a register (`of_register`), or among the cells of a sheet (`of_sheet`).

    Attributes:
        when: a condition in the packs' subset; true where something is wrong.
    """

    key: str
    say: Text
    when: Expression
    sheets: tuple[str, ...]
    of_register: str = ""
    source: str = ""
    evidence: str = ""


def sum_of(values: Sequence[Decimal | None]) -> Decimal | None:
    """Their sum; None where nothing is known."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None
