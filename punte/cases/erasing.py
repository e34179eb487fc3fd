"""What was written in a closed case is erased when its time is over; that there was one stays, and still counts."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from punte.accounts.guests import Due, Erasing
from punte.accounts.retention import kept_longer
from punte.assessments.models import AssessedMember, Assessment, AssessmentDraft, Finding, ListedFact
from punte.cases.models import (
    Approval,
    Case,
    CaseDeadline,
    CaseEpisode,
    CaseTeamMember,
    CaseTie,
    Intervention,
    InterventionBefore,
    Objective,
    Plan,
    PlannedService,
    Referral,
    RegimePeriod,
    Transfer,
    Visit,
)
from punte.cases.signals import cases_erased
from punte.people.enums import RequestState
from punte.people.models import Membership, SubjectRequest

KEY = "closed_cases"
_SHOWN = 500


def _over(before: dt.date) -> QuerySet[Any]:
    """Cases that ended before a day, of nobody on whose case somebody works.

    Never one that is sealed, that somebody decided to keep longer, in which a term runs or an offer waits, nor of
    anybody who waits for an answer about their data.
    """
    today = timezone.localdate()
    asks = SubjectRequest.objects.filter(state=RequestState.OPEN).values("person")
    homes = Membership.objects.filter(person__in=asks).values("household")
    held = (
        Q(person__in=asks)
        | Q(household__in=homes)
        | Q(household__in=Case.objects.filter(open=True).values("household"))
        | Q(pk__in=kept_longer(KEY, today).values("subject"))
        | Q(pk__in=CaseDeadline.objects.filter(met_on=None, due_on__gte=today).values("case"))
        | Q(pk__in=Transfer.objects.filter(answered_at=None, state="offered").values("case"))
    )
    closed = Case.objects.filter(open=False, sealed=False, household__sealed=False, erased_on=None).exclude(
        held
    )
    return closed.annotate(ended=Max("episodes__end")).filter(ended__lt=before).order_by()


def over(before: dt.date) -> dict[UUID, int]:
    """How many they are, by the institution that keeps them."""
    rows = Case.objects.filter(pk__in=_over(before).values("pk")).order_by()
    return dict(rows.values("keeper").annotate(rows=Count("pk")).values_list("keeper", "rows"))


def due(keeper: UUID, before: dt.date) -> Sequence[Due]:
    """Those of one institution by their numbers, the oldest first."""
    rows = _over(before).filter(keeper=keeper).order_by("ended", "year", "number")
    return [Due(case.pk, str(case), case.ended) for case in rows[:_SHOWN]]


def erase(keeper: UUID, before: dt.date) -> int:
    """Erase those of one institution; how many they were."""
    return _erase(list(_over(before).filter(keeper=keeper).values_list("pk", flat=True)))


def erase_some(keeper: UUID, before: dt.date, subjects: Collection[UUID]) -> int:
    """Erase some of them; how many they were."""
    found = _over(before).filter(keeper=keeper, pk__in=list(subjects))
    return _erase(list(found.values_list("pk", flat=True)))


def _erase(keys: list[UUID]) -> int:
    """Empty whatever was written. Who worked on it, when, under which regime and with which outcome stays."""
    mine = {"case__in": keys}
    CaseEpisode.objects.filter(**mine).update(opening_reason="", closing_reason="")
    RegimePeriod.objects.filter(**mine).update(reason="")
    CaseTeamMember.objects.filter(**mine).update(part="")
    Approval.objects.filter(**mine).update(reason="", answer="", said="")
    Transfer.objects.filter(**mine).update(summary="", answer="")
    CaseTie.objects.filter(Q(first__in=keys) | Q(second__in=keys)).update(reason="", untied_why="")
    Plan.objects.filter(**mine).update(reason="", said="", decision="")
    Objective.objects.filter(plan__case__in=keys).update(text="")
    PlannedService.objects.filter(objective__plan__case__in=keys).update(text="")
    InterventionBefore.objects.filter(intervention__case__in=keys).delete()
    Intervention.objects.filter(**mine).update(note="")
    Referral.objects.filter(**mine).update(need="", answer="")
    Visit.objects.filter(**mine).update(purpose="", reason="")
    _erase_answers(keys)
    cases_erased.send(Case, cases=keys)
    return Case.objects.filter(pk__in=keys).update(erased_on=timezone.localdate())


def _erase_answers(keys: list[UUID]) -> None:
    """Of households of which every case is erased, empty what was answered; what was found stays, and still counts."""
    others = Case.objects.filter(erased_on=None).exclude(pk__in=keys).values("household")
    homes = Case.objects.filter(pk__in=keys).exclude(household__in=others).values("household")
    rows = Assessment.objects.filter(household__in=homes)
    gone = list(rows.values_list("pk", flat=True))
    Finding.objects.filter(finding_set__assessment__in=gone).update(
        explanation={"ro": "", "en": ""}, because_of=[]
    )
    AssessedMember.objects.filter(assessment__in=gone).update(facts={})
    Assessment.objects.filter(pk__in=gone).update(instance="", facts={})
    AssessmentDraft.objects.filter(household__in=homes).delete()
    ListedFact.objects.filter(household__in=homes).delete()


ERASING = Erasing(KEY, over, erase, due, erase_some)
