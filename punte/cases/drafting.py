"""From findings to a proposed plan, by the package of the methodology (R14, R15, R138)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from punte.assessments.models import Finding
from punte.cases.content import proposed_term
from punte.cases.models import Objective, PlannedService
from punte.methodology.model import Pack

# A plan is a paper for the family: it is written in the language of the country, whoever drafts it.
_LANGUAGE = "ro"
_LONGEST = 300
_REFERRAL = "referral"


@dataclass
class Proposal:
    """One objective to propose, with what each step towards it is made of."""

    person: UUID | None
    text: str
    compartment: str
    severity: int = 0
    codes: list[str] = field(default_factory=list)
    services: dict[str, list[str]] = field(default_factory=dict)
    refer_to: list[str] = field(default_factory=list)


def proposals(
    findings: Iterable[Finding], pack: Pack, *, covered: set[tuple[UUID | None, str]]
) -> list[Proposal]:
    """One proposal per person, objective sentence and compartment, the most severe first.

    Args:
        covered: persons with the codes for which an objective is already there.
    """
    found: dict[tuple[UUID | None, str, str], Proposal] = {}
    for finding in findings:
        entry = pack.package.get(finding.code)
        if finding.severity < 1 or entry is None or not entry.services:
            continue
        if (finding.person_id, finding.code) in covered:
            continue
        text = entry.objective[_LANGUAGE][:_LONGEST]
        key = (finding.person_id, text, finding.compartment)
        proposal = found.setdefault(key, Proposal(finding.person_id, text, finding.compartment))
        proposal.severity = max(proposal.severity, finding.severity)
        proposal.codes.append(finding.code)
        for service, interventions in entry.services:
            _extend(proposal.services.setdefault(service, []), interventions)
        _extend(proposal.refer_to, entry.refer_to)
    # Sorting is stable: within one severity the order of the findings stays.
    return sorted(found.values(), key=lambda proposal: -proposal.severity)


def _extend(known: list[str], more: Iterable[str]) -> None:
    known.extend(item for item in more if item not in known)


def rows_of(
    proposed: Sequence[Proposal], pack: Pack, *, today: dt.date, first: int
) -> tuple[list[Objective], list[PlannedService]]:
    """The objectives and steps of proposals, not saved and not yet of a plan.

    Args:
        today: the day from which the proposed terms are counted.
        first: the position of the first objective.
    """
    objectives, steps = [], []
    for position, proposal in enumerate(proposed, start=first):
        objective = Objective(
            person_id=proposal.person,
            position=position,
            text=proposal.text,
            codes=proposal.codes,
            compartment=proposal.compartment,
            due_on=proposed_term(proposal.severity, today),
        )
        objectives.append(objective)
        steps += _steps(objective, proposal, pack)
    return objectives, steps


def _steps(objective: Objective, proposal: Proposal, pack: Pack) -> list[PlannedService]:
    services = {**proposal.services}
    if proposal.refer_to and _REFERRAL in pack.basic_services:
        services.setdefault(_REFERRAL, [])
    order = list(pack.basic_services)
    return [
        PlannedService(
            objective=objective,
            position=position,
            text=pack.basic_services[service].name[_LANGUAGE][:_LONGEST],
            service=service,
            interventions=services[service],
            refer_to=proposal.refer_to if service == _REFERRAL else [],
        )
        for position, service in enumerate(sorted(services, key=order.index))
    ]


def copies(objectives: Iterable[Objective]) -> tuple[list[Objective], list[PlannedService]]:
    """Objectives of a former version with their steps (prefetched), to go on in the next; not saved."""
    copied, steps = [], []
    for position, former in enumerate(objectives):
        objective = Objective(
            person_id=former.person_id,
            position=position,
            text=former.text,
            codes=former.codes,
            compartment=former.compartment,
            due_on=former.due_on,
            progress=former.progress,
        )
        copied.append(objective)
        steps += [_copy(step, objective) for step in former.steps.all()]
    return copied, steps


def _copy(step: PlannedService, objective: Objective) -> PlannedService:
    return PlannedService(
        objective=objective,
        position=step.position,
        text=step.text,
        service=step.service,
        interventions=step.interventions,
        refer_to=step.refer_to,
        worker_id=step.worker_id,
        due_on=step.due_on,
        done_on=step.done_on,
    )
