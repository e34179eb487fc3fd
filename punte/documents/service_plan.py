"""The plan of services on paper: the plan in force, as it was agreed with the family."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy, pgettext

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.cases.enums import AgreementWay, PlanStatus, ReferralStatus
from punte.cases.models import Case, Objective, Plan, PlannedService
from punte.directory.models import NomenclatureCode
from punte.documents.content import (
    Asked,
    Built,
    allowed_compartments,
    members_of,
    shared_parts,
    subject_of,
)
from punte.documents.paper import Line, ObjectiveBlock, ServicePlan, StepLine
from punte.documents.romanian import clean, long_date, paragraphs, short_date
from punte.documents.templates import PaperTemplate
from punte.kernel.errors import DomainError

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
    subject = subject_of(case, members)
    subject.append(Line(pgettext("paper", "Version of the plan"), _version(plan)))
    paper = ServicePlan(
        **shared_parts(case, template, asked.by, members=members, subject=subject, on=on),
        objectives=_blocks(objectives, case),
        agreement=_agreement(plan),
        review=long_date(asked.review_on) if asked.review_on else "",
        remarks=paragraphs(asked.conclusions),
    )
    used = {Compartment(one.compartment) for one in objectives} | {Compartment.GENERAL}
    return Built(paper, frozenset(used))


def adopted_plan(case: Case) -> Plan:
    """The plan in force.

    Raises:
        DomainError: there is none.
    """
    found = case.plans.filter(status=PlanStatus.ADOPTED).select_related("agreed_with").first()
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


def _blocks(objectives: Iterable[Objective], case: Case) -> list[ObjectiveBlock]:
    objectives = list(objectives)
    codes = {code for one in objectives for step in one.steps.all() for code in step.refer_to}
    names = dict(NomenclatureCode.objects.filter(code__in=codes).values_list("code", "name"))
    return [
        ObjectiveBlock(
            number=number,
            text=clean(one.text),
            whom=clean(str(one.person)) if one.person else pgettext("paper", "The household"),
            due=short_date(one.due_on),
            steps=[_step(step, one, names, case.responsible) for step in one.steps.all()],
        )
        for number, one in enumerate(objectives, start=1)
    ]


def _step(
    step: PlannedService, objective: Objective, names: Mapping[str, str], responsible: User | None
) -> StepLine:
    worker = step.worker or responsible
    return StepLine(
        text=clean(step.text),
        provider=_provider(step, names),
        responsible=clean(worker.name) if worker else "",
        due=short_date(step.due_on or objective.due_on),
        state=pgettext("paper", "done on %(day)s") % {"day": short_date(step.done_on)}
        if step.done_on
        else "",
    )


def _provider(step: PlannedService, names: Mapping[str, str]) -> str:
    """The services that the family was referred to, or else the kinds of service still to be found."""
    referred = [one for one in step.referrals.all() if one.status in _ANSWERED_YES]
    if referred:
        return "; ".join(
            f"{clean(one.service.name)} ({clean(str(one.organization))})"
            if one.service
            else clean(str(one.organization))
            for one in referred
        )
    return "; ".join(clean(names.get(code, code)) for code in step.refer_to)


def _agreement(plan: Plan) -> list[Line]:
    known = [
        (pgettext("paper", "Agreed with"), clean(str(plan.agreed_with)) if plan.agreed_with else ""),
        (pgettext("paper", "On"), long_date(plan.agreed_on) if plan.agreed_on else ""),
        (pgettext("paper", "How"), str(AgreementWay(plan.agreed_how).label) if plan.agreed_how else ""),
    ]
    return [Line(label, value) for label, value in known if value]
