"""What a screen sends when a plan is edited."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from punte.accounts.enums import Compartment
from punte.cases.enums import Progress
from punte.cases.models import Plan
from punte.kernel.errors import EditedMeanwhile

Called = list[str | None]
"""A finding that calls for a step: the person, or None for the household, and the code."""


@dataclass(frozen=True)
class StepInput:
    """A step towards an objective; `id` is None for a new one."""

    id: UUID | None = None
    text: str = ""
    service: str = ""
    interventions: list[str] = field(default_factory=list)
    refer_to: list[str] = field(default_factory=list)
    worker_id: UUID | None = None
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    findings: list[Called] = field(default_factory=list)
    role: str = ""


@dataclass(frozen=True)
class ObjectiveInput:
    """An objective with its steps, in their order; `id` is None for a new one, `person_id` for the whole household."""

    id: UUID | None = None
    person_id: UUID | None = None
    text: str = ""
    codes: list[str] = field(default_factory=list)
    compartment: str = Compartment.GENERAL
    due_on: dt.date | None = None
    progress: str = Progress.NOT_STARTED
    later: bool = False
    steps: list[StepInput] = field(default_factory=list)


class PlanEditedMeanwhile(EditedMeanwhile):
    """Somebody else saved the plan since it was read.

    Attributes:
        theirs: the plan as it is now.
        yours: what was sent and not saved.
    """

    def __init__(self, message: str, *, theirs: Plan, yours: Sequence[ObjectiveInput]) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.yours = list(yours)
