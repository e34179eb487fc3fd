"""What a register is: its fields, states, moves and checks, as its file says. All of it is frozen; no database."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from punte.accounts.enums import Role
from punte.kernel.evidence import NOT_KNOWN_FOR_SURE
from punte.methodology.expressions import Expression
from punte.methodology.model import Text
from punte.registers.totals.definition import Total

Subject = Literal["person", "household", "case", "dwelling", "organization"]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)

FieldType = Literal[
    "choice",
    "choices",
    "yesno",
    "integer",
    "decimal",
    "money",
    "date",
    "text",
    "organization",
    "household",
    "place",
    "service",
    "entry",
    "member",
]
TYPES: tuple[FieldType, ...] = get_args(FieldType)
OF_ROWS: tuple[FieldType, ...] = ("organization", "household", "place", "service", "entry", "member")
"""The types whose values are rows of other rooms, kept by identifier."""

Meaning = Literal["", "end", "expires"]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
Seals = Literal["", "person", "case"]
SEALS: tuple[Seals, ...] = get_args(Seals)
Find = Literal["", "exact"]
FINDS: tuple[Find, ...] = get_args(Find)

RECORDED = "recorded"
"""The one state of a register that names none."""
WITHDRAWN = "withdrawn"
"""The state of an entry that was made by mistake; every register has it, and it takes part in nothing."""


@dataclass(frozen=True)
class Choice:
    """One answer that a field offers; a retired one is read in old entries and chosen in none."""

    key: str
    label: Text
    retired: bool = False


@dataclass(frozen=True)
class Field:
    """One fact of an entry.

    Attributes:
        is_: "end" where it says the last day of the entry's period, "expires" where the day after which the paper is
            worth nothing while the fact goes on; else empty.
        compartment: who reads it, where it is not everybody who reads the register.
        was: the name it had in older versions.
        listed: whether lists filter and sort by it.
        find: "exact" where an entry is found by it, though it is encrypted.
        long: whether what is written in it may take several lines.
        codes: of a place or service, how the codes of the nomenclature begin that it may have; any where empty.
        of: of an entry, the register whose entry about the same subject it names; of an institution, about any.
        checklist: of choices, whether what is not chosen is told as still missing.
    """

    name: str
    type: FieldType
    label: Text
    hint: Text = field(default_factory=dict)
    required: bool = False
    choices: tuple[Choice, ...] = ()
    is_: Meaning = ""
    compartment: str = ""
    was: str = ""
    listed: bool = False
    find: Find = ""
    long: bool = False
    codes: tuple[str, ...] = ()
    of: str = ""
    checklist: bool = False

    @property
    def secret(self) -> bool:
        """Whether what it holds is written in words, which the database sees only encrypted."""
        return self.type == "text"

    def label_of(self, key: str) -> Text:
        """The words of one of its answers; the key where no version knows it any more."""
        return next((one.label for one in self.choices if one.key == key), {"ro": key, "en": key})


@dataclass(frozen=True)
class SecondPerson:
    """Who must ask before a step takes effect, and who answers; who has one of the latter roles asks nobody.

    Attributes:
        at_once: whether it is asked as soon as an entry stands before the step, and of everybody: nobody takes it
            alone.
    """

    asked_of: frozenset[Role]
    given_by: frozenset[Role]
    at_once: bool = False


@dataclass(frozen=True)
class Readers:
    """How many different people must have written an entry of another register that names this one by a field."""

    register: str
    by: str
    people: int


@dataclass(frozen=True)
class Writes:
    """Entries of another register that a step writes down about the same subject, one after the other.

    Attributes:
        by: the field of theirs that names the entry whose step it was.
        start: the field of this register that says the day of the first; `times`, how many there are.
        sets: by the name of a field of theirs the field of this register whose value it takes.
    """

    register: str
    by: str
    start: str
    times: str
    every: Literal["month", "week"]
    sets: Mapping[str, str]


@dataclass(frozen=True)
class Move:
    """A change of state: from which, to which, what is asked for, and whether the entry ends by it.

    Attributes:
        to: empty where the state stays as it is.
        event: what the rules of terms may wait for.
        ends: whether the day on which it happened is the last of the entry's period.
        second_person: who must agree before it takes effect; None where nobody must.
        readers: who must have read it before; None where nobody must.
        writes: the entries of another register that follow.
    """

    name: str
    label: Text
    from_: tuple[str, ...]
    to: str
    asks: tuple[str, ...] = ()
    event: str = ""
    ends: bool = False
    second_person: SecondPerson | None = None
    readers: Readers | None = None
    writes: Writes | None = None


@dataclass(frozen=True)
class Check:
    """What must not be, or should be looked at: a condition over the fields, and what is said where it is true."""

    when: Expression
    say: Text
    as_: Literal["error", "warning"]
    field: str = ""


@dataclass(frozen=True)
class OnPaper:
    """When an entry may leave as a paper: a condition over the fields, and what is said where it does not hold."""

    when: Expression
    say: Text


@dataclass(frozen=True)
class Definition:
    """A register.

    Attributes:
        period: "interval" `[start, end)`, or "day".
        overlap: whether one subject may have two entries of a time; `alone_by` are the fields by which they may.
        begins: the states in which an entry may be written down.
        holds: the states in which an entry counts as true: only these cannot overlap.
        line: what a list says of an entry, with `{field}`, `{start}`, `{end}`, `{state}` put in by name alone.
        seals: whom an entry seals that counts as true: the person or the case that it is about.
        outlives: whether an open entry goes on when whom it is about has died; else it ends on that day.
        life_event: whether its entries are what happened in a life: of one day, told apart by the choice `kind`.
        totals: what the entries about one subject come to, by name.
        papers: the templates that an entry prints.
        beside: totals of registers, as `register.total`, that are laid beside each entry to look back at it.
        pinned: whether what holds today stands on the page of the case, for who reads it.
        on_paper: the door of its papers: until it opens they stay in the record; none where they always may leave it.
        own: whether it lies in the operator's own folder.
        text: the file.
    """

    key: str
    version: str
    title: Text
    about: Subject
    period: Literal["interval", "day"]
    overlap: Literal["allowed", "refused"]
    alone_by: tuple[str, ...]
    compartment: str
    fields: Mapping[str, Field]
    states: Mapping[str, Text]
    begins: tuple[str, ...]
    holds: frozenset[str]
    moves: Mapping[str, Move]
    checks: tuple[Check, ...]
    line: Text
    source: str
    evidence: str
    none_yet: Text = field(default_factory=dict)
    seals: Seals = ""
    outlives: bool = False
    life_event: bool = False
    totals: Mapping[str, Total] = field(default_factory=dict)
    papers: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    pinned: bool = False
    on_paper: OnPaper | None = None
    own: bool = False
    text: str = ""

    @property
    def is_proposal(self) -> bool:
        """Whether nobody has confirmed it yet."""
        return self.evidence in NOT_KNOWN_FOR_SURE

    @cached_property
    def digest(self) -> str:
        """By what a version is told from another."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def named_today(self) -> Mapping[str, str]:
        """By each name that a field has, or had, its name today."""
        had = {one.was or name: name for name, one in self.fields.items()}
        return had | {name: name for name in self.fields}

    @property
    def end_field(self) -> str:
        """The field that says the last day; empty where none does."""
        return next((name for name, one in self.fields.items() if one.is_ == "end"), "")

    @property
    def household(self) -> str:
        """The field that names the household which an entry about a dwelling concerns; empty where there is none."""
        return self._only("household")

    @property
    def place(self) -> str:
        """The field that names the service in which an entry takes a place; empty where there is none."""
        return self._only("place")

    @property
    def service(self) -> str:
        """The field that names the service by whose code dated parameters are known; empty where there is none."""
        return self._only("service")

    def _only(self, type_: FieldType) -> str:
        return next((name for name, one in self.fields.items() if one.type == type_), "")

    def moves_from(self, state: str) -> list[Move]:
        """What may follow on a state."""
        return [move for move in self.moves.values() if state in move.from_]

    def state_label(self, state: str) -> Text:
        """The words of a state; of one that no version knows any more, its key."""
        return self.states.get(state) or _WITHDRAWN_WORDS.get(state) or {"ro": state, "en": state}

    def compartments_of(self, one: Field) -> frozenset[str]:
        """All compartments that must be read to read a field."""
        return frozenset({self.compartment, one.compartment} - {""})


_WITHDRAWN_WORDS: dict[str, Text] = {
    WITHDRAWN: {"ro": "retras, scris din greșeală", "en": "withdrawn, written by mistake"}
}
