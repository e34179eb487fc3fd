"""What a pack is made of. All of it is frozen: a pack is read once and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal

from punte.kernel.evidence import NOT_KNOWN_FOR_SURE
from punte.methodology.expressions import Expression

Table = Literal["household", "member"]
About = Literal["household", "person"]
FactType = Literal["text", "integer", "decimal", "date", "yesno", "choice"]
Text = Mapping[str, str]
"""One text in each language: ``{"ro": ..., "en": ...}``."""

LANGUAGES = ("ro", "en")


@dataclass(frozen=True)
class Unit:
    """How a number is read aloud with its noun: ``1 an``, ``9 ani``, ``34 de ani``; ``zero`` replaces all at 0."""

    one: str
    few: str
    many: str
    zero: str = ""


@dataclass(frozen=True)
class Fact:
    """An answer that the questionnaire collects.

    ``asked`` is the condition under which it is asked of a row (None: always). ``compartment`` says who may
    see the answer; ``choice_compartments`` says it for a single choice that is more closed than its question.
    ``since`` is the version that asks it for the first time, where older tables have no column of it.
    """

    name: str
    table: Table
    type: FactType
    choices: Mapping[str, Text]
    label: Text
    compartment: str
    asked: Expression | None = None
    choice_compartments: Mapping[str, str] = field(default_factory=dict)
    unit: Mapping[str, Unit] | None = None
    minimum: int | None = None
    since: str = ""


@dataclass(frozen=True)
class Listed:
    """The answers of one question by which lists can be narrowed.

    Of a closed question ``choices``, of yes or no ``yes`` and ``no``; of a number from how many on (``at_least``) or
    up to how many (``at_most``).
    """

    choices: tuple[str, ...] = ()
    at_least: tuple[Decimal, ...] = ()
    at_most: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class DerivedFact:
    """A fact computed from others: by an expression over one row, or over the members of the household."""

    name: str
    table: Table
    type: FactType
    over: Literal["row", "members", "any_member", "any_other_member"]
    expression: Expression | None
    label: Text
    unit: Mapping[str, Unit] | None = None


@dataclass(frozen=True)
class Band:
    """What a score says from a number on, up to the next band."""

    start: Decimal
    name: Text
    meaning: Text


@dataclass(frozen=True)
class Score:
    """A number worked out of the answers of one row, read in bands. It says how much; it decides nothing.

    It is known only where every answer that it reads was given. ``facts`` are those answers, also behind derived facts.
    ``lowered_by`` is the register by which alone its band goes down, where it does not go down by itself.
    """

    name: str
    table: Table
    label: Text
    compartment: str
    facts: tuple[str, ...]
    bands: tuple[Band, ...]
    source: str
    evidence: str
    lowered_by: str = ""

    @property
    def is_proposal(self) -> bool:
        """Whether nobody has read what it rests on, so that a county is still to confirm it."""
        return self.evidence in NOT_KNOWN_FOR_SURE

    def band_of(self, value: Decimal) -> Band:
        """The last band that begins at or below a number; the first one for a number below all."""
        return next((band for band in reversed(self.bands) if band.start <= value), self.bands[0])


@dataclass(frozen=True)
class FromBefore:
    """A score of the assessment before, at most so many months old, that a new questionnaire knows as a fact.

    ``otherwise`` stands where there was none.
    """

    score: str
    months: int
    otherwise: int


@dataclass(frozen=True)
class Question:
    """One question of the form; ``type`` is None for a hidden or computed one.

    ``path`` is its place below the root of the instance (``home/water``, ``member/person/birth_date``); ``place`` is
    the same or, where members are repeated, that below the node of the member (``person/birth_date``).
    """

    name: str
    table: Table
    type: FactType | None
    choices: Mapping[str, Text]
    label: Text
    path: str
    place: str
    asked_only_when: bool
    line: int


@dataclass(frozen=True)
class ParameterValue:
    """A value in force for visits from a day on (None: from the beginning), with its source."""

    valid_from: date | None
    value: Decimal
    source: str


@dataclass(frozen=True)
class Parameter:
    """A dated number of law or policy that the conditions may read."""

    name: str
    label: Text
    values: tuple[ParameterValue, ...]
    unit: Mapping[str, Unit] | None = None


@dataclass(frozen=True)
class Part:
    """A piece of an explanation, said only when its condition holds."""

    when: Expression
    text: Text


@dataclass(frozen=True)
class Rule:
    """A vulnerability code: when it holds, how severe it is and the sentence that says why.

    ``facts`` are the answers and derived facts its condition reads; ``derived_from`` the codes it reads.
    ``nature`` tells structural from situational risks (R40); ``descriptive`` codes only describe.
    """

    code: str
    level: Table
    severity: int
    dimension: str
    nature: str
    compartment: str
    name: Text
    condition: Expression
    explanation: Text
    parts: tuple[Part, ...]
    source: str
    facts: tuple[str, ...]
    derived_from: tuple[str, ...]


@dataclass(frozen=True)
class BasicService:
    """One of the services of the basic package (R138, R139)."""

    key: str
    name: Text


@dataclass(frozen=True)
class PackageRole:
    """A profession to which a step is offered, or the family itself; it reads `compartments` of a record."""

    key: str
    name: Text
    compartments: frozenset[str]


@dataclass(frozen=True)
class PackageStep:
    """A deed towards an objective, in a worker's words.

    ``codes`` are the findings that call for it, ``role`` who does it, ``days`` within how many it is proposed (None:
    no term). ``service`` is one of the basic package, ``interventions`` are those by which it is counted, ``refer_to``
    the services of the nomenclature to look for.
    """

    text: Text
    codes: tuple[str, ...]
    role: str
    days: int | None
    service: str
    interventions: tuple[str, ...]
    refer_to: tuple[str, ...]


@dataclass(frozen=True)
class PackageObjective:
    """What should be true where one of ``codes`` was found, which share a cause and a compartment.

    It is proposed once for the household or once for each person (``of``). ``opens`` names the objectives that it
    makes possible, all below it in the file.
    """

    key: str
    name: Text
    text: Text
    of: Literal["household", "person"]
    compartment: str
    codes: tuple[str, ...]
    opens: tuple[str, ...]
    steps: tuple[PackageStep, ...]


@dataclass(frozen=True)
class Priorities:
    """How many objectives a draft puts first: ``at_most``, and beyond ``at_least`` those of ``severity`` only."""

    at_least: int
    at_most: int
    severity: int


@dataclass(frozen=True)
class Package:
    """What a plan is drafted from: basic services, who does what, objectives in the order in which they are read.

    ``reasons`` says of each code without an objective why nothing is due.
    """

    services: Mapping[str, BasicService]
    roles: Mapping[str, PackageRole]
    priorities: Priorities
    objectives: Mapping[str, PackageObjective]
    reasons: Mapping[str, str]

    def objective_of(self, code: str) -> PackageObjective | None:
        """The objective that a finding calls for."""
        return self._by_code.get(code)

    @cached_property
    def _by_code(self) -> Mapping[str, PackageObjective]:
        return {code: each for each in self.objectives.values() for code in each.codes}


@dataclass(frozen=True, eq=False)
class Pack:
    """A methodology: form, facts, rules and service package, of one version. Read once, so equal only to itself.

    ``about`` is what one filled form is about: a household with its members, or one person of it, whose answers stand
    without a ``repeat``. ``sets_severity`` says whether its findings are how severe a household and a child are;
    ``opens_with`` which compartment one must read to fill and to see it. A form about a person is offered from
    ``offered_from_age`` on. One that ``seals`` has the case sealed from its first filled form on; ``from_before`` says
    which facts are known from the assessment before.
    """

    name: str
    version: str
    valid_from: date
    title: Text
    path: Path
    digest: str
    sources: Mapping[str, str]
    compartments: Mapping[str, Text]
    sealed: frozenset[str]
    carried_over: frozenset[str]
    listed: Mapping[str, Listed]
    dimensions: Mapping[str, Text]
    facts: Mapping[str, Fact]
    derived: Mapping[str, DerivedFact]
    parameters: Mapping[str, Parameter]
    rules: Mapping[str, Rule]
    package: Package
    questions: Mapping[str, Question]
    repeat: str
    about: About = "household"
    sets_severity: bool = True
    opens_with: str = "general"
    offered_from_age: int = 0
    seals: bool = False
    from_before: Mapping[str, FromBefore] = field(default_factory=dict)
    scores: Mapping[str, Score] = field(default_factory=dict)

    def facts_of(self, table: Table) -> tuple[Fact, ...]:
        """The answers of one table, in the order of the pack."""
        return tuple(fact for fact in self.facts.values() if fact.table == table)
