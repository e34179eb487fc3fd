"""A saved plan as a form types it, and back."""

import json
from uuid import UUID

from punte.cases.models import Objective, PlannedService

BY_ROLE = "role:"
"""Begins a choice of who does a step that names a profession, and nobody of it yet."""


def objective_values(objective: Objective) -> dict[str, str]:
    """The fields of an objective as typed."""
    return {
        "id": str(objective.pk),
        "person": str(objective.person_id or ""),
        "text": objective.text,
        "codes": _joined(objective.codes),
        "compartment": objective.compartment,
        "due_on": objective.due_on.isoformat() if objective.due_on else "",
        "progress": objective.progress,
        "later": "on" if objective.later else "",
    }


def step_values(step: PlannedService) -> dict[str, str]:
    """The fields of a step as typed; who does it is a person, else a profession."""
    return {
        "id": str(step.pk),
        "text": step.text,
        "service": step.service,
        "interventions": _joined(step.interventions),
        "refer_to": _joined(step.refer_to),
        "findings": json.dumps(step.findings) if step.findings else "",
        "role": step.role,
        "worker": str(step.worker_id or (step.role and f"{BY_ROLE}{step.role}")),
        "due_on": step.due_on.isoformat() if step.due_on else "",
        "done_on": step.done_on.isoformat() if step.done_on else "",
    }


def _joined(codes: list[str]) -> str:
    """Codes of the nomenclature have a space within („8891 CZ-C-II”), none has a comma."""
    return ",".join(codes)


def apart(text: str) -> list[str]:
    """The codes of a field."""
    return [code for code in text.split(",") if code]


def called(text: str) -> list[list[str | None]]:
    """The findings that came with a step; what does not read as such says nothing."""
    try:
        found = [[person and str(UUID(person)), str(code)] for person, code in json.loads(text or "[]")]
    except (TypeError, ValueError, AttributeError):
        return []
    return [[person or None, code] for person, code in found]
