"""What happened in cases, as the rules of terms read it."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from django.utils import timezone

from punte.accounts.guests import happenings
from punte.assessments.models import Assessment
from punte.cases.enums import ReferralStatus
from punte.cases.models import Case, CaseEpisode, Intervention, Plan, Referral, RegimePeriod
from punte.deadlines.model import Event, Lasting, childhood
from punte.kernel.prepared import Prepared
from punte.people.events import begins, cases_of_people
from punte.people.models import Membership, Person

_Found = dict[UUID, list[Event]]
_LAST_MOMENT = dt.time(23, 59, 59)


def events_of(cases: Sequence[Case], *, awaited: Collection[str]) -> _Found:
    """The events of each case; a number of queries that does not grow with the cases.

    Args:
        awaited: the kinds that some rule speaks of; a room above that tells none of them is not asked.

    Returns:
        by case its events.

    What is dated by day alone counts from the beginning of the day, so that all that was done on the day follows;
    a closing counts at its end.
    """
    found: _Found = {case.pk: [] for case in cases}
    for collect in (_episodes, _regimes, _assessments, _plans, _contacts, _referrals):
        collect(cases, found)
    _of_guests(cases, found, awaited)
    return found


def childhoods_of(cases: Sequence[Case]) -> dict[UUID, list[Lasting]]:
    """The times at which somebody whom a case is about was a child: the one person, or who lives in the household."""
    found: dict[UUID, list[Lasting]] = {case.pk: [] for case in cases}
    homes: dict[UUID, list[UUID]] = {}
    for case in cases:
        if case.person_id is None:
            homes.setdefault(case.household_id, []).append(case.pk)
    for home, start, end, born in _OF_MEMBERS(households=list(homes)) if homes else ():
        if lasting := childhood(born, start=start, end=end):
            for key in homes[home]:
                found[key].append(lasting)
    about = {case.pk: case.person_id for case in cases if case.person_id}
    people = Person.everyone.in_bulk(set(about.values())) if about else {}
    for key, person in about.items():
        born, died = people[person].birth_date, people[person].died_on
        if born and (lasting := childhood(born, start=born, end=died)):
            found[key].append(lasting)
    return found


_OF_EPISODES = Prepared(
    lambda cases: (
        CaseEpisode.objects.filter(case__in=cases)
        .order_by("start", "id")
        .values_list("case", "start", "end", "assessment")
    )
)
_OF_REGIMES = Prepared(
    lambda cases: (
        RegimePeriod.objects.filter(case__in=cases)
        .order_by("start", "id")
        .values_list("case", "start", "end", "regime")
    )
)
_OF_ASSESSMENTS = Prepared(
    lambda households: (
        Assessment.objects.setting_severity()
        .filter(household__in=households)
        .order_by("visited_on", "submitted_at")
        .values_list("household", "visited_on")
    )
)
_OF_PLANS = Prepared(
    lambda cases: (
        Plan.objects.filter(case__in=cases, adopted_on__isnull=False)
        .order_by("version")
        .values_list("case", "adopted_on")
    )
)
_OF_CONTACTS = Prepared(
    lambda cases: (
        Intervention.objects.filter(case__in=cases, met_family=True)
        .order_by("at", "id")
        .values_list("case", "at")
    )
)
_OF_REFERRALS = Prepared(
    lambda cases: (
        Referral.objects.filter(case__in=cases)
        .order_by("sent_at", "id")
        .values_list("pk", "case", "sent_at", "answered_at", "status", "done_at")
    )
)


_OF_MEMBERS = Prepared(
    lambda households: (
        Membership.objects.filter(household__in=households, person__birth_date__isnull=False)
        .order_by()
        .values_list("household", "start", "end", "person__birth_date")
    )
)


def _keys(cases: Iterable[Case]) -> list[UUID]:
    return [case.pk for case in cases]


def _episodes(cases: Iterable[Case], found: _Found) -> None:
    closed_at: dict[UUID, dt.datetime] = {}
    for case, start, end, assessment in _OF_EPISODES(cases=_keys(cases)):
        at = begins(start)
        if case in closed_at:
            at = max(at, closed_at[case] + dt.timedelta(microseconds=1))
        found[case].append(Event("opened", at))
        if assessment is None:
            found[case].append(Event("opened_without_assessment", at))
        if end is not None:
            closed_at[case] = max(timezone.make_aware(dt.datetime.combine(end, _LAST_MOMENT)), at)
            found[case].append(Event("closed", closed_at[case]))


def _regimes(cases: Iterable[Case], found: _Found) -> None:
    ended: dict[UUID, dt.date | None] = {}
    for case, start, end, regime in _OF_REGIMES(cases=_keys(cases)):
        kind = "regime_changed" if ended.get(case) == start else "regime_set"
        found[case].append(Event(kind, begins(start), regime=regime))
        ended[case] = end


def _assessments(cases: Iterable[Case], found: _Found) -> None:
    """Of each household the last one before its case was opened, and all since."""
    by_household: dict[UUID, list[UUID]] = {}
    for case in cases:
        by_household.setdefault(case.household_id, []).append(case.pk)
    for household, day in _OF_ASSESSMENTS(households=list(by_household)):
        for key in by_household[household]:
            found[key].append(Event("assessment", begins(day)))


def _plans(cases: Iterable[Case], found: _Found) -> None:
    for case, day in _OF_PLANS(cases=_keys(cases)):
        found[case].append(Event("plan_adopted", begins(day)))


def _contacts(cases: Iterable[Case], found: _Found) -> None:
    zone = timezone.get_current_timezone()
    for case, at in _OF_CONTACTS(cases=_keys(cases)):
        found[case].append(Event("contact", timezone.localtime(at, zone)))


def _referrals(cases: Iterable[Case], found: _Found) -> None:
    for key, case, sent, answered, status, ended in _OF_REFERRALS(cases=_keys(cases)):
        found[case].append(Event("referral_sent", timezone.localtime(sent), subject=str(key)))
        if answered is not None:
            found[case].append(Event("referral_answered", timezone.localtime(answered), subject=str(key)))
        if status == ReferralStatus.WITHDRAWN and ended is not None:
            found[case].append(Event("referral_withdrawn", timezone.localtime(ended), subject=str(key)))


def _of_guests(cases: Sequence[Case], found: _Found, awaited: Collection[str]) -> None:
    """What rooms above tell, since each case was first opened, and at its last opening what still held then."""
    openings = {
        key: [event.at for event in events if event.kind == "opened"] for key, events in found.items()
    }
    asked = {name: told for name, told in happenings().items() if not told.kinds().isdisjoint(awaited)}
    people = cases_of_people(cases) if asked else {}
    for name, told in asked.items():
        for case, events in told.of(cases, people, awaited).items():
            if not openings[case]:
                continue
            first, last = min(openings[case]), max(openings[case])
            told_here = sorted((replace(event, guest=name) for event in events), key=lambda one: one.at)
            # What held already comes before what happened at that moment.
            found[case] += _holding_still(told_here, last)
            found[case] += [event for event in told_here if event.at >= first]


def _holding_still(events: Iterable[Event], opened: dt.datetime) -> Iterator[Event]:
    """Of what was before an opening, what names a day still to come, and what followed on it; as of that moment."""
    standing = set()
    for event in events:
        if event.at >= opened:
            return
        if any(day >= opened.date() for day in event.dates.values()):
            standing.add(event.subject)
        if event.subject in standing:
            yield replace(event, at=opened)
