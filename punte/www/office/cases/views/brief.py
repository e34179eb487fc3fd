"""The case in brief: what follows, what was found, who lives there, how far the plan is."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from punte.assessments.models import Assessment
from punte.assessments.packs import pack_of
from punte.cases.enums import PlanStatus
from punte.cases.guest_terms import terms_in_case
from punte.cases.models import CaseDeadline, Plan, PlannedService, Term
from punte.cases.permission import may_write
from punte.cases.ties import tied_to
from punte.cases.transfers import transfers_of
from punte.cases.visits import planned_with
from punte.kernel.prepared import Prepared
from punte.registers.pinned import pinned_about
from punte.www.frame.access import SignedIn
from punte.www.frame.case_page import CasePage, sensitive
from punte.www.frame.consents import consents_of_household
from punte.www.frame.findings import in_language
from punte.www.frame.other_questionnaires import other_questionnaires
from punte.www.frame.visits import shown
from punte.www.office.cases.views.approval_words import waiting_about
from punte.www.office.cases.views.interventions import intervention_form
from punte.www.office.cases.views.terms import with_sentences
from punte.www.office.cases.views.totals import totals_of_case

_STEPS_AT_ONCE = 6
_AHEAD = dt.timedelta(days=60)
"""What is due later than this is folded."""
_MOST_LISTED = 100


@dataclass(frozen=True)
class PlanInBrief:
    """The plan in force, and how many of its steps are done."""

    plan: Plan
    done: int
    steps: int


@dataclass(frozen=True)
class Following:
    """What follows in a case, by its day: a term that runs, or a step of the plan."""

    due_on: dt.date
    term: Term | None = None
    step: PlannedService | None = None


def case(request: SignedIn, pk: UUID) -> HttpResponse:
    """The first page of a case."""
    page = CasePage.open(request, pk)
    today = timezone.localdate()
    findings = page.findings()
    steps = _steps(page)
    waiting = [step for step in steps if step.done_on is None]
    soon = [step for step in waiting if step.due_on][:_STEPS_AT_ONCE]
    brief = _brief(page, steps)
    transfers = transfers_of(page.case)
    terms: Iterable[Term] = []
    if page.case.open:
        terms = [*_terms(case=page.case.pk), *terms_in_case(page.user, page.case)]
    return page.show(
        "case",
        "case",
        sensitive=page.is_of_sealed_facet or (findings is not None and sensitive(findings.shown)),
        findings=findings,
        fresh=(),
        pinned=pinned_about(page.user, page.members) if page.is_of_sealed_facet else (),
        ties=tied_to(page.user, page.case),
        transfers=transfers,
        offered=any(one.is_offered for one in transfers),
        consents=consents_of_household(page.user, page.case.household, [one.pk for one in page.members]),
        members=_marked(page, findings),
        children=page.children,
        responsible=page.responsible,
        visits=shown(page.user, planned_with(page.user, page.case.household, page.case)),
        **_following(terms, soon if page.case.open else [], today),
        later=len(waiting) - len(soon) if page.case.open else 0,
        brief=brief,
        writes=brief is not None and may_write(page.user, page.case, brief.plan),
        waits=waiting_about(page) if page.case.open else [],
        form=intervention_form(page, waiting),
        totals=totals_of_case(page),
        today=today,
    )


def case_assessments(request: SignedIn, pk: UUID) -> HttpResponse:
    """The assessments of the household of a case."""
    page = CasePage.open(request, pk)
    household = page.case.household
    seen = Assessment.objects.visible_to(page.user).opened_with(page.compartments).filter(household=household)
    made = seen.select_related("by", "pack", "person").defer("instance", "facts", "pack__files")[
        :_MOST_LISTED
    ]
    whose = [page.case.person] if page.case.person_id else [None, *page.members]
    first = [name for one in page.facets for name in one.facet.questionnaires]
    others = other_questionnaires(page.user, household, whose)
    return page.show(
        "assessments",
        "case_assessments",
        assessments=[_listed(one) for one in made],
        other_questionnaires=sorted(others, key=lambda one: [*first, one.pack].index(one.pack)),
    )


def _following(terms: Iterable[Term], steps: Iterable[PlannedService], today: dt.date) -> dict[str, Any]:
    """Terms and steps by their days, what is late first; apart those that are far."""
    rows = [Following(term.due_on, term=term) for term in with_sentences(terms)]
    rows += [Following(step.due_on, step=step) for step in steps if step.due_on]
    rows.sort(key=lambda one: one.due_on)
    near = [one for one in rows if one.due_on <= today + _AHEAD]
    return {"following": near, "far": rows[len(near) :]}


def _listed(made: Assessment) -> tuple[Assessment, str, bool]:
    """An assessment, what its questionnaire is called, and whether its scores are drawn in time."""
    pack = pack_of(made.pack)
    return made, in_language(pack.title), bool(made.person_id and pack.scores)


def _steps(page: CasePage) -> list[PlannedService]:
    """Every step of the plan in force that the account reads, soonest first, those without a day last."""
    rows = _planned(case=page.case.pk, compartments=[part.value for part in page.compartments])
    return sorted(
        rows,
        key=lambda step: (step.due_on is None, step.due_on, step.objective.position, step.position),
    )


def _planned_in(case: UUID, compartments: Collection[str]) -> QuerySet[PlannedService]:
    return (
        PlannedService.objects.filter(
            objective__plan__case=case,
            objective__plan__status=PlanStatus.ADOPTED,
            objective__later=False,
            objective__compartment__in=compartments,
        )
        .select_related("objective__person", "worker")
        .only(
            *("text", "position", "due_on", "done_on", "objective__position", "objective__text"),
            *(
                "objective__plan",
                "objective__person__family_name",
                "objective__person__given_name",
                "objective__person__birth_date",
                "worker__name",
            ),
        )
    )


_planned = Prepared(_planned_in)
_terms = Prepared(lambda case: CaseDeadline.objects.filter(case=case, met_on=None))
_plan = Prepared(
    lambda case: (
        Plan.objects.filter(case=case, status__in=[PlanStatus.ADOPTED, PlanStatus.DRAFT])
        .order_by("status")
        .select_related("agreed_with")
        .defer("reason", "agreed_with__cnp")[:1]
    )
)


def _brief(page: CasePage, steps: list[PlannedService]) -> PlanInBrief | None:
    plan = next(iter(_plan(case=page.case.pk)), None)
    done = sum(1 for step in steps if step.done_on)
    return PlanInBrief(plan, done, len(steps)) if plan else None


def _marked(page: CasePage, findings: Any) -> list[Any]:
    marks = findings.marks() if findings else {}
    people: list[Any] = page.members
    for person in people:
        person.mark = marks.get(person.pk)
    return people
