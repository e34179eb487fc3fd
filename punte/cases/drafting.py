"""From findings to a proposed plan, by the package of the methodology (R14, R15, R138)."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from punte.assessments.models import Finding
from punte.cases.content import proposed_term
from punte.cases.models import Objective, PlannedService
from punte.methodology.model import Package, PackageObjective, PackageStep

# A plan is a paper for the family: it is written in the language of the country, whoever drafts it.
_LANGUAGE = "ro"

_STEPS_BEFORE = 100
"""New steps of an objective that goes on come after as many as it may have."""

Covered = Collection[tuple[UUID | None, str]]


@dataclass
class Proposal:
    """One objective to propose, with the findings that call for it.

    `weight` is the severity of its worst finding, or that of what it opens the way to, where that is worse.
    """

    person: UUID | None
    objective: PackageObjective
    findings: list[Finding] = field(default_factory=list)
    weight: int = 0
    later: bool = False

    @property
    def severity(self) -> int:
        """Of its worst finding."""
        return max(finding.severity for finding in self.findings)

    @property
    def codes(self) -> list[str]:
        """The codes that were found, each once."""
        return list(dict.fromkeys(finding.code for finding in self.findings))


def covered_by(
    objectives: Iterable[Objective], steps: Iterable[PlannedService]
) -> set[tuple[UUID | None, str]]:
    """The findings for which there are steps already, by person and code.

    Objectives of plans made before steps named their findings stand for their codes.
    """
    found = set()
    named = set()
    for step in steps:
        for person, code in step.findings:
            found.add((UUID(person) if person else None, str(code)))
            named.add(id(step.objective))
    for objective in objectives:
        if id(objective) not in named:
            found.update((objective.person_id, code) for code in objective.codes)
    return found


def proposals(
    findings: Iterable[Finding], package: Package, *, covered: Covered, kept: int = 0, apart: bool = False
) -> list[Proposal]:
    """One proposal for each cause, what is worst and what opens the way to it first; the rest for later.

    Args:
        covered: what there are steps for already.
        kept: how many objectives go on from the former plan, before these.
        apart: each person has objectives of their own, as in the case of one person.
    """
    found: dict[tuple[str, UUID | None], Proposal] = {}
    for finding in findings:
        objective = package.objective_of(finding.code)
        if objective is None or finding.severity < 1 or (finding.person_id, finding.code) in covered:
            continue
        person = finding.person_id if apart or objective.of == "person" else None
        found.setdefault((objective.key, person), Proposal(person, objective)).findings.append(finding)
    _weigh(found.values(), package)
    order = list(package.objectives)
    # Sorting is stable: of one objective for several people the worst stays first.
    ranked = sorted(found.values(), key=lambda each: (-each.weight, order.index(each.objective.key)))
    _put_off(ranked, package, kept)
    return ranked


def _weigh(found: Collection[Proposal], package: Package) -> None:
    """What opens the way to something graver weighs as much; those that are opened stand below in the package."""
    weights: dict[str, int] = {}
    for objective in reversed(list(package.objectives.values())):
        own = [each for each in found if each.objective.key == objective.key]
        opened = max((weights.get(key, 0) for key in objective.opens), default=0)
        for each in own:
            each.weight = max(each.severity, opened)
        weights[objective.key] = max((each.weight for each in own), default=0)


def _put_off(ranked: Sequence[Proposal], package: Package, kept: int) -> None:
    """What does not fit among the priorities waits; what is severe never waits behind what goes on already."""
    few = package.priorities
    severe = sum(1 for each in ranked if each.weight >= 3)
    room = max(few.at_most - kept, min(severe, few.at_most))
    for place, each in enumerate(ranked):
        beyond = place + kept >= few.at_least and each.weight < few.severity
        each.later = place >= room or beyond


def rows_of(
    proposed: Sequence[Proposal], *, today: dt.date, into: Sequence[Objective] = ()
) -> tuple[list[Objective], list[PlannedService]]:
    """The objectives and steps of proposals, not saved and not yet of a plan.

    Args:
        today: the day from which the proposed terms are counted.
        into: objectives that go on: what shares a cause with one of them is added to it.
    """
    objectives: list[Objective] = []
    steps: list[PlannedService] = []
    for proposal in proposed:
        known = _sharing(proposal, into)
        objective = known or _objective(proposal, today, position=len(into) + len(objectives))
        if known is None:
            objectives.append(objective)
        else:
            known.codes = list(dict.fromkeys([*known.codes, *proposal.codes]))
            known.later = known.later and proposal.later
        steps += _steps(objective, proposal, today)
    return objectives, steps


def _sharing(proposal: Proposal, into: Iterable[Objective]) -> Objective | None:
    causes = set(proposal.objective.codes)
    return next(
        (
            each
            for each in into
            if each.person_id == proposal.person
            and each.compartment == proposal.objective.compartment
            and causes & set(each.codes)
        ),
        None,
    )


def _objective(proposal: Proposal, today: dt.date, *, position: int) -> Objective:
    return Objective(
        person_id=proposal.person,
        position=position,
        text=proposal.objective.text[_LANGUAGE],
        codes=proposal.codes,
        compartment=proposal.objective.compartment,
        due_on=proposed_term(proposal.severity, today),
        later=proposal.later,
    )


def _steps(objective: Objective, proposal: Proposal, today: dt.date) -> list[PlannedService]:
    called = [
        (step, [finding for finding in proposal.findings if finding.code in step.codes])
        for step in proposal.objective.steps
    ]
    # The steps that an objective has already stand before these.
    return [
        PlannedService(
            objective=objective,
            position=position,
            text=step.text[_LANGUAGE],
            service=step.service,
            interventions=list(step.interventions),
            refer_to=list(step.refer_to),
            findings=[
                [str(finding.person_id) if finding.person_id else None, finding.code] for finding in by
            ],
            role=step.role,
            due_on=_due(step, objective, today),
        )
        for position, (step, by) in enumerate(((step, by) for step, by in called if by), start=_STEPS_BEFORE)
    ]


def _due(step: PackageStep, objective: Objective, today: dt.date) -> dt.date | None:
    """The step's own day, within the term of its objective."""
    if step.days is None:
        return None
    due = today + dt.timedelta(days=step.days)
    return min(due, objective.due_on) if objective.due_on and objective.due_on >= today else due


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
            later=former.later,
        )
        copied.append(objective)
        steps += [_copy(step, objective, place) for place, step in enumerate(former.steps.all())]
    return copied, steps


def _copy(step: PlannedService, objective: Objective, position: int) -> PlannedService:
    return PlannedService(
        objective=objective,
        position=position,
        text=step.text,
        service=step.service,
        interventions=step.interventions,
        refer_to=step.refer_to,
        findings=step.findings,
        role=step.role,
        worker_id=step.worker_id,
        due_on=step.due_on,
        done_on=step.done_on,
    )
