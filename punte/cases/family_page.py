"""What the page of a family says: the plan, the next steps, what to bring, when one meets, whom to call.

Nothing of violence or abuse, nor of what another adult alone may know.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.cases.enums import PlanStatus, Progress, ReferralStatus
from punte.cases.families import children_of, family_words
from punte.cases.models import FamilyCode, Objective, PlannedService, Referral, Visit
from punte.people.models import IdentityDocument, Person

_OF_THE_FAMILY = frozenset({Compartment.GENERAL, Compartment.EDUCATION})
_OWN_ALONE = frozenset({Compartment.HEALTH, Compartment.LEGAL})
_AT_WORK = (ReferralStatus.SENT, ReferralStatus.ACCEPTED)
_PAPERS_SHOWN = 20


@dataclass(frozen=True)
class Aim:
    """An objective with what is still to be done towards it."""

    objective: Objective
    steps: Sequence[PlannedService]


@dataclass(frozen=True)
class FamilyPage:
    """All that the page says."""

    visit: Visit | None
    aims: Sequence[Aim]
    papers: Sequence[str]
    expiring: Sequence[IdentityDocument]
    worker: User | None


def family_page(code: FamilyCode) -> FamilyPage:
    """The page of somebody who may read it now (`may_have_page`)."""
    case, person = code.case, code.person
    children = children_of(case, person)
    whom = {person.pk, *(one.pk for one in children)}
    planned = Visit.objects.planned().filter(
        case=case, day__gte=timezone.localdate(), compartment=Compartment.GENERAL
    )
    return FamilyPage(
        visit=planned.in_order().first(),
        aims=_aims(code, whom),
        papers=_papers(code, whom),
        expiring=_expiring([person, *children]),
        worker=case.responsible,
    )


def _aims(code: FamilyCode, whom: set[UUID]) -> list[Aim]:
    rows = Objective.objects.filter(
        plan__case=code.case_id, plan__status=PlanStatus.ADOPTED, later=False
    ).exclude(progress=Progress.GIVEN_UP)
    found = rows.prefetch_related("steps").order_by("position", "pk")
    shown = [one for one in found if _may_read(one, code.person, whom)]
    return [Aim(one, [step for step in one.steps.all() if step.done_on is None]) for one in shown]


def _may_read(objective: Objective, person: Person, whom: set[UUID]) -> bool:
    if objective.compartment in _OF_THE_FAMILY:
        return objective.person_id is None or objective.person_id in whom
    return objective.compartment in _OWN_ALONE and objective.person_id == person.pk


def _papers(code: FamilyCode, whom: set[UUID]) -> list[str]:
    """What the services ask for to which they were sent, each paper once."""
    sent = Referral.objects.filter(
        case=code.case_id, person__in=whom, status__in=_AT_WORK, service__isnull=False
    )
    papers: list[str] = []
    for row in sent.select_related("service", "step__objective").order_by("sent_at", "pk"):
        if row.service is not None and not row.tells_of_violence:
            papers += [line.strip() for line in row.service.required_papers.splitlines() if line.strip()]
    return list(dict.fromkeys(papers))[:_PAPERS_SHOWN]


def _expiring(people: Sequence[Person]) -> list[IdentityDocument]:
    today = timezone.localdate()
    until = today + dt.timedelta(days=family_words().paper_days)
    rows = IdentityDocument.objects.filter(person__in=people, expires_on__gte=today, expires_on__lte=until)
    return list(rows.select_related("person").order_by("expires_on", "pk"))
