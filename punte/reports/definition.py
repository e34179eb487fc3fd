"""What a report is, as its file says: parts, sentences, what somebody writes, figures, tables. No database."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from punte.kernel.evidence import NOT_KNOWN_FOR_SURE
from punte.methodology.model import Text

About = Literal["house", "organization", "programme", "service"]
ABOUT: tuple[About, ...] = get_args(About)
Span = Literal["whole", "year", "quarter"]
SPANS: tuple[Span, ...] = get_args(Span)
Fill = Literal[
    "figures",
    "indicators",
    "claims",
    "actions",
    "uats",
    "people",
    "groups",
    "sessions",
    "minutes",
    "register",
    "realised",
    "foreseen",
]
FILLS: tuple[Fill, ...] = get_args(Fill)
OF_PROGRAMMES: tuple[Fill, ...] = ("indicators", "claims", "actions", "uats", "people")


@dataclass(frozen=True)
class Figure:
    """A number that sentences and tables name.

    Attributes:
        sql: a SELECT over the tables of an extract; empty where it is a total.
        total: the register and the total of it that all entries of the institution come to.
        people: whether small numbers, and none at all, are held back.
    """

    name: str
    label: Text
    sql: str = ""
    total: tuple[str, str] = ("", "")
    people: bool = False


@dataclass(frozen=True)
class Table:
    """A table of a part.

    Attributes:
        fill: what is told in its lines.
        figures: of `figures`, their names; `by_quarter`, told for the four quarters until the end of the report.
        register, columns, states: of `register`, whose entries, which of their fields, and in which states.
    """

    title: Text
    fill: Fill
    figures: tuple[str, ...] = ()
    by_quarter: bool = False
    register: str = ""
    columns: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A chapter: fixed sentences with figures put in, what somebody writes, tables.

    Attributes:
        write: whether somebody writes here; `hint` says what.
        each: whether it is told for each component and action of the programme, with its indicators.
        landscape: whether its pages lie.
    """

    key: str
    title: Text
    text: tuple[str, ...] = ()
    write: bool = False
    hint: Text = field(default_factory=dict)
    each: bool = False
    landscape: bool = False
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class ReportKind:
    """A report, whole.

    Attributes:
        about: of the whole house, of an institution, of a programme of some `kinds`, of a service.
        span: which days it is of.
    """

    key: str
    version: str
    title: Text
    about: About
    kinds: tuple[str, ...]
    span: Span
    basis: tuple[str, ...]
    figures: dict[str, Figure]
    parts: tuple[Part, ...]
    signatures: tuple[str, ...]
    source: str
    evidence: str

    @property
    def is_proposal(self) -> bool:
        """Whether nobody has confirmed it yet."""
        return self.evidence in NOT_KNOWN_FOR_SURE

    def part(self, key: str) -> Part | None:
        """A part by its key, or by that of what is written in it for one action."""
        return next((one for one in self.parts if one.key == key.partition(":")[0]), None)
