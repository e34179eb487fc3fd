"""The plan of services on paper: the plan in force, as it was agreed with the family."""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.cases.enums import AgreementWay, PlanStatus, ReferralStatus
from punte.cases.models import Case, Objective, Plan, PlannedService
from punte.cases.professions import profession
from punte.documents.content import (
    Asked,
    Built,
    allowed_compartments,
    built,
    held_by,
    members_of,
    shared_parts,
    subject_of,
)
from punte.documents.paper import Line, ObjectiveBlock, Section, ServicePlan, StepLine
from punte.documents.romanian import clean, paragraphs, short_date
from punte.documents.templates import PaperTemplate
from punte.kernel.errors import DomainError

Names = Mapping[UUID, str]
"""The given names of those who are on the paper."""

_ANSWERED_YES = (ReferralStatus.SENT, ReferralStatus.ACCEPTED, ReferralStatus.DONE)


def build_plan(case: Case, template: PaperTemplate, asked: Asked, on: dt.date) -> Built:
    """The plan of services of a case.

    Raises:
        DomainError: no plan is in force.
    """
    plan = adopted_plan(case)
    allowed = allowed_compartments(case, template, asked)
    objectives = [one for one in _objectives(plan) if one.compartment in allowed]
    members = members_of(case)
    names = {one.person_id: clean(one.person.given_name or str(one.person)) for one in members}
    subject = subject_of(case, members, on=on)
    subject.append(Line(pgettext("paper", "Version of the plan"), _version(plan)))
    if plan.decided_on:
        approved = f"{clean(plan.decision)}, {short_date(plan.decided_on)}"
        subject.append(Line(pgettext("paper", "Approved by decision"), approved))
    visited = plan.finding_set.assessment.visited_on if plan.finding_set else None
    parts = shared_parts(case, template, asked, members=members, subject=subject, on=on, as_of=visited)
    paper = ServicePlan(
        **parts | ({"title": clean(str(plan.of_kind))} if plan.of_kind else {}),
        visited=short_date(visited),
        objectives=_blocks([one for one in objectives if not one.later], case, names),
        later=_later([one for one in objectives if one.later], names),
        parts=[Section(clean(title), paragraphs(text)) for title, text in plan.told],
        agreement=_agreement(plan),
        review=short_date(asked.review_on),
        remarks=paragraphs(asked.conclusions),
    )
    used = {Compartment(one.compartment) for one in objectives}
    return built(paper, held_by(used, template, asked), template)


def adopted_plan(case: Case) -> Plan:
    """The plan in force.

    Raises:
        DomainError: there is none.
    """
    found = (
        case.plans.filter(status=PlanStatus.ADOPTED)
        .select_related("agreed_with", "finding_set__assessment")
        .first()
    )
    if found is None:
        raise DomainError(
            gettext_lazy(
                "No plan is in force yet. Agree it with the family and adopt it, then write the paper."
            )
        )
    return found


def _objectives(plan: Plan) -> Iterable[Objective]:
    return plan.objectives.select_related("person").prefetch_related(
        "steps__worker", "steps__referrals__service__provider", "steps__referrals__organization"
    )


def _version(plan: Plan) -> str:
    adopted = pgettext("paper", "adopted on %(day)s") % {"day": short_date(plan.adopted_on)}
    return f"{plan.version}, {adopted}"


def _blocks(objectives: Iterable[Objective], case: Case, names: Names) -> list[ObjectiveBlock]:
    return [
        ObjectiveBlock(
            number=number,
            text=clean(one.text),
            whom=_whom(one, names),
            due=short_date(one.due_on),
            steps=[_step(step, one, case.responsible, names) for step in one.steps.all()],
        )
        for number, one in enumerate(objectives, start=1)
    ]


def _later(objectives: Iterable[Objective], names: Names) -> list[str]:
    """What waits, a line each, for whom where it is not for everybody."""
    lines = []
    for one in objectives:
        people = [one.person_id] if one.person_id else _people(one)
        text = clean(one.text).rstrip(".")
        named = names_of(people, names)
        lines.append(f"{text} ({named})" if named else text)
    return lines


def _whom(objective: Objective, names: Names) -> str:
    if objective.person:
        return clean(str(objective.person))
    return names_of(_people(objective), names) or pgettext("paper", "The household")


def _people(objective: Objective) -> list[UUID]:
    return [person for step in objective.steps.all() for person in step.people]


def names_of(people: Iterable[UUID], names: Names) -> str:
    """Given names of those who are on the paper, each once."""
    return ", ".join(names[person] for person in dict.fromkeys(people) if person in names)


def _step(step: PlannedService, objective: Objective, responsible: User | None, names: Names) -> StepLine:
    return StepLine(
        text=clean(step.text),
        whom="" if objective.person_id else names_of(step.people, names),
        provider=_provider(step),
        responsible=_who(step, responsible),
        due=short_date(step.due_on or objective.due_on),
        state=short_date(step.done_on),
    )


def _who(step: PlannedService, responsible: User | None) -> str:
    """A name, else the profession that it is offered to, else who answers for the case."""
    if step.worker:
        return clean(step.worker.name)
    return profession(step.role) or (clean(responsible.name) if responsible else "")


def _provider(step: PlannedService) -> str:
    """Where somebody was referred for it; the kinds of service still to be found say nothing to the family."""
    return "; ".join(
        f"{clean(one.service.name)} ({clean(str(one.organization))})"
        if one.service
        else clean(str(one.organization))
        for one in step.referrals.all()
        if one.status in _ANSWERED_YES
    )


def _agreement(plan: Plan) -> list[Line]:
    known = [
        (pgettext("paper", "Agreed with"), clean(str(plan.agreed_with)) if plan.agreed_with else ""),
        (pgettext("paper", "On"), short_date(plan.agreed_on)),
        (pgettext("paper", "How"), str(AgreementWay(plan.agreed_how).label) if plan.agreed_how else ""),
    ]
    return [Line(label, value) for label, value in known if value]
