"""What happened in cases, as the rules of terms read it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils import timezone

from punte.assessments.models import Assessment
from punte.cases.enums import ReferralStatus
from punte.cases.models import Case, CaseEpisode, Intervention, Plan, Referral, RegimePeriod
from punte.deadlines.model import Event

_Found = dict[UUID, list[Event]]
_LAST_MOMENT = dt.time(23, 59, 59)


def events_of(cases: Sequence[Case]) -> _Found:
    """The events of each case; a number of queries that does not grow with the cases.

    What is dated by day alone counts from the beginning of the day, so that all that was done on the day follows;
    a closing counts at its end.
    """
    found: _Found = {case.pk: [] for case in cases}
    for collect in (_episodes, _regimes, _assessments, _plans, _contacts, _referrals):
        collect(cases, found)
    return found


def _begins(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _episodes(cases: Iterable[Case], found: _Found) -> None:
    rows = CaseEpisode.objects.filter(case__in=cases).order_by("start", "id")
    closed_at: dict[UUID, dt.datetime] = {}
    for case, start, end, assessment in rows.values_list("case", "start", "end", "assessment"):
        at = _begins(start)
        if case in closed_at:
            at = max(at, closed_at[case] + dt.timedelta(microseconds=1))
        found[case].append(Event("opened", at))
        if assessment is None:
            found[case].append(Event("opened_without_assessment", at))
        if end is not None:
            closed_at[case] = max(timezone.make_aware(dt.datetime.combine(end, _LAST_MOMENT)), at)
            found[case].append(Event("closed", closed_at[case]))


def _regimes(cases: Iterable[Case], found: _Found) -> None:
    rows = RegimePeriod.objects.filter(case__in=cases).order_by("start", "id")
    ended: dict[UUID, dt.date | None] = {}
    for case, start, end, regime in rows.values_list("case", "start", "end", "regime"):
        kind = "regime_changed" if ended.get(case) == start else "regime_set"
        found[case].append(Event(kind, _begins(start), regime=regime))
        ended[case] = end


def _assessments(cases: Iterable[Case], found: _Found) -> None:
    """Of each household the last one before its case was opened, and all since."""
    by_household: dict[UUID, list[UUID]] = {}
    for case in cases:
        by_household.setdefault(case.household_id, []).append(case.pk)
    rows = Assessment.objects.filter(household__in=by_household).order_by("visited_on", "submitted_at")
    for household, day in rows.values_list("household", "visited_on"):
        for key in by_household[household]:
            found[key].append(Event("assessment", _begins(day)))


def _plans(cases: Iterable[Case], found: _Found) -> None:
    rows = Plan.objects.filter(case__in=cases, adopted_on__isnull=False).order_by("version")
    for case, day in rows.values_list("case", "adopted_on"):
        assert day is not None
        found[case].append(Event("plan_adopted", _begins(day)))


def _contacts(cases: Iterable[Case], found: _Found) -> None:
    rows = Intervention.objects.filter(case__in=cases, met_family=True).order_by("at", "id")
    for case, at in rows.values_list("case", "at"):
        found[case].append(Event("contact", timezone.localtime(at)))


def _referrals(cases: Iterable[Case], found: _Found) -> None:
    rows = Referral.objects.filter(case__in=cases).order_by("sent_at", "id")
    for key, case, sent, answered, status, ended in rows.values_list(
        "pk", "case", "sent_at", "answered_at", "status", "done_at"
    ):
        found[case].append(Event("referral_sent", timezone.localtime(sent), subject=str(key)))
        if answered is not None:
            found[case].append(Event("referral_answered", timezone.localtime(answered), subject=str(key)))
        if status == ReferralStatus.WITHDRAWN and ended is not None:
            found[case].append(Event("referral_withdrawn", timezone.localtime(ended), subject=str(key)))
