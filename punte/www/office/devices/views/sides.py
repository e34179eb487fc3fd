"""The two sides of a conflict in plain words, within what the reader may read."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment
from punte.accounts.models import User
from punte.assessments.answers import Answer, answers_in
from punte.assessments.models import Assessment
from punte.cases.enums import PlanStatus, Progress
from punte.cases.models import Case
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.fieldwork.conflicts import AssessmentConflict, HouseholdConflict, PlanConflict
from punte.fieldwork.wire.households import WireValue, household_to_wire
from punte.fieldwork.wire.plans import objectives_of
from punte.people.compartments import compartments_of
from punte.people.models import Household, Person
from punte.territory.models import Uat

_LABELS: Mapping[str, str | Promise] = {
    "name": gettext_lazy("Name of the household"),
    "siruta": gettext_lazy("Commune, town or city"),
    "locality": gettext_lazy("Village or district"),
    "address": gettext_lazy("Address"),
    "phone": gettext_lazy("Phone"),
    "safeContact": gettext_lazy("How to contact them safely"),
}


@dataclass(frozen=True)
class FieldSides:
    """A field of a household: what both had before, what the record says today, what the device says."""

    name: str
    label: str
    before: str
    record: str
    device: str

    @property
    def same(self) -> bool:
        """Whether the record says by now what the device said."""
        return self.record == self.device


def household_sides(said: HouseholdConflict, household: Household) -> list[FieldSides]:
    """Field by field, in the order of the form; at most one query."""
    now = household_to_wire(household)
    places = {
        value for name in ("siruta",) if name in said.fields for value in (*said.fields[name], now[name])
    }
    known = {place.pk: str(place) for place in Uat.objects.filter(pk__in=places)} if places else {}

    def words(name: str, value: WireValue) -> str:
        return known.get(int(value), str(value)) if name == "siruta" else str(value)

    return [
        FieldSides(
            name=name,
            label=str(label),
            before=words(name, said.fields[name][0]),
            record=words(name, now[name]),
            device=words(name, said.fields[name][2]),
        )
        for name, label in _LABELS.items()
        if name in said.fields
    ]


@dataclass(frozen=True)
class StepWords:
    """A step as it is read."""

    text: str
    worker: str
    due: dt.date | None
    done: dt.date | None


@dataclass(frozen=True)
class ObjectiveWords:
    """An objective as it is read."""

    text: str
    whose: str
    due: dt.date | None
    progress: str
    steps: Sequence[StepWords]


@dataclass
class PlanSides:
    """Two drafts of a plan: what only one of them says, and what both say.

    Attributes:
        case: None where the reader does not see it; then nothing of the plan is shown.
        revision: of the draft in the record; 0 where there is none.
        closed: whether there are parts that the reader does not read.
        sensitive: whether what is shown is about violence or abuse.
    """

    case: Case | None
    revision: int = 0
    record: Sequence[ObjectiveWords] = ()
    device: Sequence[ObjectiveWords] = ()
    both: Sequence[ObjectiveWords] = ()
    reason: str = ""
    closed: bool = False
    sensitive: bool = False


def plan_sides(said: PlanConflict, user: User) -> PlanSides:
    """The draft of the record, or what it was when there is none any more, against that of the device."""
    case = Case.objects.visible_to(user).select_related("household").filter(pk=said.case).first()
    if case is None:
        return PlanSides(case=None)
    readable = compartments_of(user, case.household)
    draft = case.plans.filter(status=PlanStatus.DRAFT).first()
    theirs = _read(objectives_of(draft) if draft else said.theirs, readable)
    mine = _read(said.mine, readable)
    same = [each for each in mine if _bare(each) in map(_bare, theirs)]
    words = _Words([*theirs, *mine])
    return PlanSides(
        case=case,
        revision=draft.revision if draft else 0,
        record=[words.objective(each) for each in theirs if _bare(each) not in map(_bare, same)],
        device=[words.objective(each) for each in mine if each not in same],
        both=[words.objective(each) for each in same],
        reason=said.reason,
        closed=len(mine) != len(said.mine),
        sensitive=any(each.compartment in SEALED_COMPARTMENTS for each in (*theirs, *mine)),
    )


def _read(objectives: Iterable[ObjectiveInput], readable: Collection[Compartment]) -> list[ObjectiveInput]:
    return [each for each in objectives if each.compartment in readable]


def _bare(objective: ObjectiveInput) -> ObjectiveInput:
    """What an objective says, whatever row it stands in."""
    return replace(objective, id=None, steps=[replace(step, id=None) for step in objective.steps])


class _Words:
    """The names behind the identifiers of some objectives; two queries for all."""

    def __init__(self, objectives: Sequence[ObjectiveInput]) -> None:
        people = {each.person_id for each in objectives if each.person_id}
        workers = {step.worker_id for each in objectives for step in each.steps if step.worker_id}
        shown = Person.objects.filter(pk__in=people).defer("cnp", "ethnicity")
        self.people = {person.pk: str(person) for person in shown} if people else {}
        found = User.objects.filter(pk__in=workers)
        self.workers: dict[UUID, str] = {user.pk: str(user) for user in found} if workers else {}

    def objective(self, said: ObjectiveInput) -> ObjectiveWords:
        whose = self.people.get(said.person_id, "") if said.person_id else _("The whole household")
        progress = Progress(said.progress).label if said.progress in Progress.values else ""
        return ObjectiveWords(
            said.text, whose, said.due_on, str(progress), [self._step(step) for step in said.steps]
        )

    def _step(self, said: StepInput) -> StepWords:
        worker = self.workers.get(said.worker_id, "") if said.worker_id else ""
        return StepWords(said.text, worker, said.due_on, said.done_on)


@dataclass(frozen=True)
class AnswerSides:
    """A question that two assessments answer differently; an empty side did not answer it."""

    question: str
    record: str
    device: str


@dataclass
class AssessmentSides:
    """Two assessments: who made each and when, and for each of those assessed the answers that differ.

    Attributes:
        only_record, only_device: people of whom only one of the two speaks.
    """

    record: Assessment
    device: Assessment
    differing: list[tuple[Person | None, list[AnswerSides]]] = field(default_factory=list)
    only_record: list[Person] = field(default_factory=list)
    only_device: list[Person] = field(default_factory=list)
    sensitive: bool = False


def assessment_sides(said: AssessmentConflict, user: User, household: Household) -> AssessmentSides | None:
    """The answers that differ; None where one of the two is not in the reader's sight."""
    seen = Assessment.objects.visible_to(user).filter(pk__in=(said.theirs, said.mine))
    found = {made.pk: made for made in seen.select_related("by", "pack").defer("instance")}
    if {said.theirs, said.mine} - set(found):
        return None
    sides = AssessmentSides(found[said.theirs], found[said.mine])
    readable = compartments_of(user, household)
    theirs, mine = (_of_everybody(made, readable) for made in (sides.record, sides.device))
    for key, (answers, person) in theirs.items():
        if key in mine and (rows := _differing(answers, mine[key][0])):
            sides.differing.append((person, rows))
    sides.only_record = [person for key, (_, person) in theirs.items() if key not in mine and person]
    sides.only_device = [person for key, (_, person) in mine.items() if key not in theirs and person]
    read = SEALED_COMPARTMENTS & readable
    sides.sensitive = any(
        made.finding_sets.filter(findings__compartment__in=read).exists() for made in found.values()
    )
    return sides


_Answers = tuple[Mapping[str, Answer], Person | None]


def _of_everybody(made: Assessment, readable: Collection[Compartment]) -> dict[UUID | None, _Answers]:
    """The answers about the household (None) and about each member."""
    members: Any = made.members.select_related("person").order_by("id")
    return {
        None: (answers_in(made, made.facts, "household", readable=readable), None),
        **{
            one.person_id: (answers_in(made, one.facts, "member", readable=readable), one.person)
            for one in members
        },
    }


def _differing(theirs: Mapping[str, Answer], mine: Mapping[str, Answer]) -> list[AnswerSides]:
    rows = []
    for name in dict.fromkeys((*theirs, *mine)):
        here, there = theirs.get(name), mine.get(name)
        asked = here or there
        if asked is not None and (here is None or there is None or here.answer != there.answer):
            rows.append(
                AnswerSides(asked.question, here.answer if here else "", there.answer if there else "")
            )
    return rows
