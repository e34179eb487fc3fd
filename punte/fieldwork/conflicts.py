"""The two sides of a conflict, as they are kept beside the record until a person settles it.

A conflict is kept as two JSON texts: what the record said when the entry came (`theirs`), and what the device says
and is not in the record (`mine`). Which of the four it is, the kind of its entry tells.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts import guests
from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.cases.plan_input import ObjectiveInput
from punte.fieldwork.enums import EntryKind
from punte.fieldwork.kinds import guest_of
from punte.fieldwork.models import FieldConflict, FieldEntry, ReceivedForm
from punte.fieldwork.wire.households import WireValue
from punte.fieldwork.wire.plans import objectives_from_wire, objectives_to_wire


@dataclass(frozen=True)
class Sides:
    """What is kept of a conflict."""

    theirs: str
    mine: str


@dataclass(frozen=True)
class HouseholdConflict:
    """Fields of a household (names of `Home` in wire.ts) that were changed on both sides.

    Attributes:
        fields: what each said before, what the record says, and what the device says.
    """

    fields: Mapping[str, tuple[WireValue, WireValue, WireValue]]

    def sides(self) -> Sides:
        """What is kept."""
        theirs = {name: [before, theirs] for name, (before, theirs, _mine) in self.fields.items()}
        mine = {name: mine for name, (_before, _theirs, mine) in self.fields.items()}
        return Sides(_json(theirs), _json(mine))

    @classmethod
    def read(cls, sides: Sides) -> Self:
        """What was kept."""
        theirs, mine = json.loads(sides.theirs), json.loads(sides.mine)
        return cls({name: (before, now, mine[name]) for name, (before, now) in theirs.items()})


@dataclass(frozen=True)
class PlanConflict:
    """A draft of a plan that was written on both sides; the record's stays until a person says otherwise.

    Attributes:
        case: the case of the plan.
        theirs: the draft of the record when the entry came.
        mine: the draft of the device.
        reason: why the device drafted it.
    """

    case: UUID
    theirs: Sequence[ObjectiveInput]
    mine: Sequence[ObjectiveInput]
    reason: str = ""

    def sides(self) -> Sides:
        """What is kept."""
        mine = {"case": str(self.case), "reason": self.reason, "objectives": objectives_to_wire(self.mine)}
        return Sides(_json({"objectives": objectives_to_wire(self.theirs)}), _json(mine))

    @classmethod
    def read(cls, sides: Sides) -> Self:
        """What was kept."""
        theirs, mine = json.loads(sides.theirs), json.loads(sides.mine)
        return cls(
            case=UUID(mine["case"]),
            theirs=objectives_from_wire(theirs["objectives"]),
            mine=objectives_from_wire(mine["objectives"]),
            reason=mine["reason"],
        )


@dataclass(frozen=True)
class AssessmentConflict:
    """Two assessments of one household that were made without knowing of each other; both stand.

    Attributes:
        theirs: the newest one that the device did not know.
        mine: the one that the device brought.
    """

    theirs: UUID
    mine: UUID

    def sides(self) -> Sides:
        """What is kept."""
        return Sides(_json({"assessment": str(self.theirs)}), _json({"assessment": str(self.mine)}))

    @classmethod
    def read(cls, sides: Sides) -> Self:
        """What was kept."""
        return cls(
            theirs=UUID(json.loads(sides.theirs)["assessment"]),
            mine=UUID(json.loads(sides.mine)["assessment"]),
        )


@dataclass(frozen=True)
class GuestConflict:
    """A row of another room that was changed on both sides; the record's stays until a person says otherwise.

    Attributes:
        kind: of the entry, by which the room is found.
        theirs: what the record said when the entry came.
        mine: what the device says, as it came.
    """

    kind: str
    theirs: Mapping[str, Any]
    mine: Mapping[str, Any]

    def sides(self) -> Sides:
        """What is kept."""
        return Sides(_json(self.theirs), _json(self.mine))

    def told_to(self, user: User) -> guests.Sides | None:
        """Both sides as an account reads them; None where it does not, or the room is there no more."""
        guest = guest_of(self.kind)
        return guest.sides(user, self.theirs, self.mine) if guest else None


Conflict = HouseholdConflict | PlanConflict | AssessmentConflict | GuestConflict

_OF_KIND: Mapping[str, type[HouseholdConflict | PlanConflict | AssessmentConflict]] = {
    EntryKind.HOUSEHOLD_CHANGE: HouseholdConflict,
    EntryKind.PLAN: PlanConflict,
    EntryKind.ASSESSMENT: AssessmentConflict,
}


def keep_conflict(entry: FieldEntry, conflict: Conflict, *, record: UUID | None) -> FieldConflict:
    """Keep the two sides of what an entry says, for a person to settle.

    Args:
        record: the plan or assessment that it stands beside; None for the household's own fields.
    """
    sides = conflict.sides()
    return FieldConflict.objects.create(
        entry=entry, household_id=entry.household, record=record, theirs=sides.theirs, mine=sides.mine
    )


def conflict_of(kept: FieldConflict) -> Conflict:
    """The two sides of a conflict that is kept."""
    kind = kept.entry.kind
    if kind in _OF_KIND:
        return _OF_KIND[kind].read(Sides(kept.theirs, kept.mine))
    return GuestConflict(kind, theirs=json.loads(kept.theirs), mine=json.loads(kept.mine))


def newer_assessment(form: ReceivedForm) -> AssessmentConflict | None:
    """The newest assessment of others that the device of a form did not know, if it answers anything else."""
    mine = form.assessment
    if mine is None:
        return None
    there = Assessment.objects.of_subject(mine.pack.name, mine.household_id, mine.person_id)
    others = there.exclude(pk=mine.pk).exclude(received__device=form.device)
    known = there.filter(pk=form.base).values_list("created_at", flat=True).first() if form.base else None
    if known is not None:
        others = others.filter(created_at__gt=known)
    newest = others.defer("instance").order_by("-visited_on", "-submitted_at").first()
    if newest is None or _answers(newest) == _answers(mine):
        return None
    return AssessmentConflict(theirs=newest.pk, mine=mine.pk)


def both_assessments_stand() -> str:
    """What is answered where two assessments were made without knowing of each other."""
    return _("Somebody else assessed this household meanwhile. Both stand; compare them in the office.")


def _answers(assessment: Assessment) -> dict[UUID | None, object]:
    answers: dict[UUID | None, object] = {one.person_id: one.facts for one in assessment.members.all()}
    return {None: assessment.facts, **answers}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
