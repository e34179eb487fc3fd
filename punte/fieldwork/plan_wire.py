"""Objectives and steps as they are said between a device and the server (`Objective`, `Step` of wire.ts)."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from punte.cases.models import Objective, Plan
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.kernel.errors import DomainError

Read = TypeVar("Read")


def objectives_from_wire(said: object) -> list[ObjectiveInput]:
    """Objectives as the verbs take them.

    Raises:
        DomainError: what was sent is not a list of objectives.
    """
    try:
        return [_objective(each) for each in _list(said)]
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise DomainError(
            _("The plan that the device sent cannot be read. Save it again on the device.")
        ) from wrong


def objectives_to_wire(objectives: Sequence[ObjectiveInput]) -> list[dict[str, Any]]:
    """Objectives as a device reads them."""
    return [
        {
            "id": _text(each.id),
            "person": _text(each.person_id),
            "text": each.text,
            "codes": list(each.codes),
            "compartment": each.compartment,
            "due": _text(each.due_on),
            "progress": each.progress,
            "steps": [_step_to_wire(step) for step in each.steps],
        }
        for each in objectives
    ]


def objectives_of(plan: Plan) -> list[ObjectiveInput]:
    """What a plan says, in its order; at most two queries."""
    return [_as_input(each) for each in plan.objectives.order_by("position", "id").prefetch_related("steps")]


def objectives_read(plan: Plan) -> list[ObjectiveInput]:
    """As `objectives_of`, of a plan whose objectives and steps were read already, in their order."""
    return [_as_input(each) for each in plan.objectives.all()]


def _as_input(objective: Objective) -> ObjectiveInput:
    steps = [
        StepInput(
            id=step.pk,
            text=step.text,
            service=step.service,
            interventions=list(step.interventions),
            refer_to=list(step.refer_to),
            worker_id=step.worker_id,
            due_on=step.due_on,
            done_on=step.done_on,
        )
        for step in objective.steps.all()
    ]
    return ObjectiveInput(
        id=objective.pk,
        person_id=objective.person_id,
        text=objective.text,
        codes=list(objective.codes),
        compartment=objective.compartment,
        due_on=objective.due_on,
        progress=objective.progress,
        steps=steps,
    )


def _step_to_wire(step: StepInput) -> dict[str, Any]:
    return {
        "id": _text(step.id),
        "text": step.text,
        "service": step.service,
        "interventions": list(step.interventions),
        "referTo": list(step.refer_to),
        "worker": _text(step.worker_id),
        "due": _text(step.due_on),
        "done": _text(step.done_on),
    }


def _objective(said: Mapping[str, Any]) -> ObjectiveInput:
    return ObjectiveInput(
        id=_maybe(UUID, said["id"]),
        person_id=_maybe(UUID, said["person"]),
        text=_word(said["text"]),
        codes=_words(said["codes"]),
        compartment=_word(said["compartment"]),
        due_on=_maybe(dt.date.fromisoformat, said["due"]),
        progress=_word(said["progress"]),
        steps=[_step(each) for each in _list(said["steps"])],
    )


def _step(said: Mapping[str, Any]) -> StepInput:
    return StepInput(
        id=_maybe(UUID, said["id"]),
        text=_word(said["text"]),
        service=_word(said["service"]),
        interventions=_words(said["interventions"]),
        refer_to=_words(said["referTo"]),
        worker_id=_maybe(UUID, said["worker"]),
        due_on=_maybe(dt.date.fromisoformat, said["due"]),
        done_on=_maybe(dt.date.fromisoformat, said["done"]),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _maybe(read: Callable[[str], Read], said: object) -> Read | None:
    return None if said is None else read(_word(said))


def _word(said: object) -> str:
    if not isinstance(said, str):
        raise TypeError(said)
    return said


def _words(said: object) -> list[str]:
    return [_word(each) for each in _list(said)]


def _list(said: object) -> list[Any]:
    if not isinstance(said, list):
        raise TypeError(said)
    return said
