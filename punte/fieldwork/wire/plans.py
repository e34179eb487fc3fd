"""Objectives and steps of a plan on the wire (`Objective`, `Step` of wire.ts)."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from punte.cases.models import Objective, Plan
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.kernel.errors import DomainError

Read = TypeVar("Read")


def objectives_from_wire(values: object) -> list[ObjectiveInput]:
    """Objectives as the verbs take them; a device with an older application says less of them.

    Raises:
        DomainError: what was sent is not a list of objectives.
    """
    try:
        return [_objective(each) for each in _list(values)]
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
            "later": each.later,
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


def as_rows_of(draft: Plan, objectives: Sequence[ObjectiveInput]) -> list[ObjectiveInput]:
    """Objectives with the identifiers that a draft has; those of another version are new rows of it."""
    known = {each.id: {step.id for step in each.steps} for each in objectives_of(draft)}
    return [_as_row(each, known) for each in objectives]


def _as_row(sent: ObjectiveInput, known: Mapping[UUID | None, set[UUID | None]]) -> ObjectiveInput:
    own = sent.id if sent.id in known else None
    steps_known = known[own] if own else set()
    steps = [step if step.id in steps_known else replace(step, id=None) for step in sent.steps]
    return replace(sent, id=own, steps=steps)


def _as_input(objective: Objective) -> ObjectiveInput:
    steps = [
        StepInput(
            id=step.pk,
            text=step.text,
            service=step.service,
            interventions=list(step.interventions),
            refer_to=list(step.refer_to),
            findings=[list(each) for each in step.findings],
            role=step.role,
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
        later=objective.later,
        steps=steps,
    )


def _step_to_wire(step: StepInput) -> dict[str, Any]:
    return {
        "id": _text(step.id),
        "text": step.text,
        "service": step.service,
        "interventions": list(step.interventions),
        "referTo": list(step.refer_to),
        "findings": [list(each) for each in step.findings],
        "role": step.role,
        "worker": _text(step.worker_id),
        "due": _text(step.due_on),
        "done": _text(step.done_on),
    }


def _objective(value: Mapping[str, Any]) -> ObjectiveInput:
    return ObjectiveInput(
        id=_maybe(UUID, value["id"]),
        person_id=_maybe(UUID, value["person"]),
        text=_word(value["text"]),
        codes=_words(value["codes"]),
        compartment=_word(value["compartment"]),
        due_on=_maybe(dt.date.fromisoformat, value["due"]),
        progress=_word(value["progress"]),
        later=value.get("later", False) is True,
        steps=[_step(each) for each in _list(value["steps"])],
    )


def _step(value: Mapping[str, Any]) -> StepInput:
    return StepInput(
        id=_maybe(UUID, value["id"]),
        text=_word(value["text"]),
        service=_word(value["service"]),
        interventions=_words(value["interventions"]),
        refer_to=_words(value["referTo"]),
        findings=[_called(each) for each in _list(value.get("findings", []))],
        role=_word(value.get("role", "")),
        worker_id=_maybe(UUID, value["worker"]),
        due_on=_maybe(dt.date.fromisoformat, value["due"]),
        done_on=_maybe(dt.date.fromisoformat, value["done"]),
    )


def _called(value: object) -> list[str | None]:
    person, code = _list(value)
    return [None if person is None else str(UUID(_word(person))), _word(code)]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _maybe(read: Callable[[str], Read], value: object) -> Read | None:
    return None if value is None else read(_word(value))


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _words(value: object) -> list[str]:
    return [_word(each) for each in _list(value)]


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value
