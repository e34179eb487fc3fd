"""What a check says: what is wrong, where in the plan, and why."""

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

from punte.annual_plans.content import Line, PlanContent


class Weight(models.TextChoices):
    """An error cannot be right as it stands; a question may have a good answer that the plan does not give."""

    ERROR = "error", pgettext_lazy("remark of a plan", "Error")
    QUESTION = "question", pgettext_lazy("remark of a plan", "Question")


@dataclass(frozen=True)
class Remark:
    """One thing that does not add up.

    Attributes:
        kind: the rule that found it, as a stable name (`code_unknown`).
        title: the rule in words.
        weight: a `Weight`.
        section, row: where: a Section, and the key of the row; empty where it is about the whole section.
        place: where, in words: „I.A, poz. 35: …”.
        message: what is wrong and what to compare it with.
        source_line: of the printed plan, where it has one.
        advice: what to do about it.
        folded: what follows from it, each with its own place: one cause is one remark.
        subject: what it is about, where a section has several remarks of one kind.
    """

    kind: str
    title: str
    weight: str
    section: str
    row: str
    place: str
    message: str
    source_line: str = ""
    advice: str = ""
    folded: tuple["Remark", ...] = ()
    subject: str = ""

    @property
    def key(self) -> str:
        """What an answer to it is kept under: the same from one check to the next, in every language."""
        return "/".join((self.kind, self.section, self.row, self.subject))

    def as_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)


@dataclass(frozen=True)
class Mismatch:
    """What a rule found, before it is known which rule it was: about a row, or about a whole section.

    `follows` is what comes of the same cause in other rows, which is no remark of its own.
    """

    about: Line | str
    message: str
    follows: tuple["Mismatch", ...] = ()
    subject: str = ""


@dataclass(frozen=True)
class OtherCapacity:
    """What another source says of the capacity of a service."""

    value: int
    unit: str
    year: int
    source: str


@dataclass(frozen=True)
class Comparison:
    """What a plan is compared with.

    Attributes:
        codes, modes: the nomenclature: name, and way of giving, by code.
        before: last year's plan; None where there is none.
        capacities: of services, by the key of the service, from sources other than the plan.
        offered: open services that the directory knows where the plan holds: name and provider by key.
        closed: services that the directory says are closed, by key, with their reason.
        providers: names of the providers in the directory, by their key.
        standards: by code what a year of a beneficiary costs at least, in lei, with its source.
    """

    codes: dict[str, str] = field(default_factory=dict)
    modes: dict[str, str] = field(default_factory=dict)
    before: PlanContent | None = None
    capacities: dict[str, list[OtherCapacity]] = field(default_factory=dict)
    offered: dict[str, tuple[str, str]] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    providers: dict[str, str] = field(default_factory=dict)
    standards: dict[str, tuple[Decimal, str]] = field(default_factory=dict)
