"""What happened in cases, as the rules of terms read it."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from punte.accounts.guests import happenings
from punte.assessments.models import Assessment
from punte.cases.enums import ReferralStatus
from punte.cases.models import Case, CaseEpisode, Intervention, Plan, Referral, RegimePeriod
from punte.deadlines.model import Event, Lasting, childhood
from punte.kernel.in_bulk import key_writer, text_of
from punte.kernel.prepared import Prepared, rounded
from punte.people.events import begins_in, cases_of_people
from punte.people.models import Membership, Person

_Found = dict[str, list[Event]]
"""By the key of a case, as text: of so many rows no identifier is made."""
_One = TypeVar("_One")
_LAST_MOMENT = dt.time(23, 59, 59)


def events_of(cases: Sequence[Case], *, awaited: Collection[str]) -> dict[UUID, list[Event]]:
    """The events of each case; a number of queries that does not grow with the cases.

    Args:
        awaited: the kinds that some rule speaks of; a room above that tells none of them is not asked.

    Returns:
        by case its events.

    What is dated by day alone counts from the beginning of the day, so that all that was done on the day follows;
    a closing counts at its end.
    """
    found: dict[UUID, list[Event]] = {case.pk: [] for case in cases}
    key_of, zone = key_writer(), timezone.get_current_timezone()
    keys, by_key = rounded(found), {key_of(case): events for case, events in found.items()}
    # Of what is dated by one moment, what stands later here counts as the later.
    for collect in (_episodes, _regimes):
        collect(keys, by_key, zone)
    _assessments(cases, found, zone)
    for collect in (_plans, _contacts, _referrals):
        collect(keys, by_key, zone)
    _of_guests(cases, found, awaited)
    return found


def childhoods_of(cases: Sequence[Case]) -> dict[UUID, list[Lasting]]:
    """The times at which somebody whom a case is about was a child: the one person, or who lives in the household."""
    found: dict[UUID, list[Lasting]] = {case.pk: [] for case in cases}
    homes = _homes((case for case in cases if case.person_id is None), found)
    key_of = key_writer()
    by_key = {key_of(home): own for home, own in homes.items()}
    for home, start, end, born in _OF_MEMBERS(households=rounded(homes)):
        if born and (lasting := childhood(born, start=start, end=end)):
            for childhoods in by_key[home]:
                childhoods.append(lasting)
    about = {case.pk: case.person_id for case in cases if case.person_id}
    lives = Person.everyone.filter(pk__in=set(about.values())).order_by()
    people = {key: life for key, *life in lives.values_list("pk", "birth_date", "died_on")} if about else {}
    for key, person in about.items():
        born, died = people[person]
        if born and (lasting := childhood(born, start=born, end=died)):
            found[key].append(lasting)
    return found


_OF_EPISODES = Prepared(
    lambda cases: (
        CaseEpisode.objects.filter(case__in=cases)
        .order_by("start", "id")
        .values_list(text_of("case"), "start", "end", "assessment")
    )
)
_OF_REGIMES = Prepared(
    lambda cases: (
        RegimePeriod.objects.filter(case__in=cases)
        .order_by("start", "id")
        .values_list(text_of("case"), "start", "end", "regime")
    )
)
_OF_ASSESSMENTS = Prepared(
    lambda households: (
        Assessment.objects.setting_severity()
        .filter(household__in=households)
        .order_by("visited_on", "submitted_at")
        .values_list(text_of("household"), "visited_on")
    )
)
_OF_PLANS = Prepared(
    lambda cases: (
        Plan.objects.filter(case__in=cases, adopted_on__isnull=False)
        .order_by("version")
        .values_list(text_of("case"), "adopted_on")
    )
)
_OF_CONTACTS = Prepared(
    lambda cases: (
        Intervention.objects.filter(case__in=cases, met_family=True)
        .order_by("at", "id")
        .values_list(text_of("case"), "at")
    )
)
_OF_REFERRALS = Prepared(
    lambda cases: (
        Referral.objects.filter(case__in=cases)
        .order_by("sent_at", "id")
        .values_list("pk", text_of("case"), "sent_at", "answered_at", "status", "done_at")
    )
)


# Looked up row by row: joined to them, PostgreSQL reads through all people for each batch.
_BORN = Subquery(Person.everyone.filter(pk=OuterRef("person")).order_by().values("birth_date")[:1])
_OF_MEMBERS = Prepared(
    lambda households: (
        Membership.objects.filter(household__in=households)
        .order_by()
        .values_list(text_of("household"), "start", "end", _BORN)
    )
)


def _homes(cases: Iterable[Case], found: Mapping[UUID, list[_One]]) -> dict[UUID, list[list[_One]]]:
    """What was found of cases, by the household of each."""
    homes: dict[UUID, list[list[_One]]] = {}
    for case in cases:
        homes.setdefault(case.household_id, []).append(found[case.pk])
    return homes


def _episodes(keys: Collection[UUID], found: _Found, zone: dt.tzinfo) -> None:
    closed_at: dict[str, dt.datetime] = {}
    for case, start, end, assessment in _OF_EPISODES(cases=keys):
        at = begins_in(start, zone)
        if case in closed_at:
            at = max(at, closed_at[case] + dt.timedelta(microseconds=1))
        found[case].append(Event("opened", at))
        if assessment is None:
            found[case].append(Event("opened_without_assessment", at))
        if end is not None:
            closed_at[case] = max(timezone.make_aware(dt.datetime.combine(end, _LAST_MOMENT)), at)
            found[case].append(Event("closed", closed_at[case]))


def _regimes(keys: Collection[UUID], found: _Found, zone: dt.tzinfo) -> None:
    ended: dict[str, dt.date | None] = {}
    for case, start, end, regime in _OF_REGIMES(cases=keys):
        kind = "regime_changed" if ended.get(case) == start else "regime_set"
        found[case].append(Event(kind, begins_in(start, zone), regime=regime))
        ended[case] = end


def _assessments(cases: Iterable[Case], found: Mapping[UUID, list[Event]], zone: dt.tzinfo) -> None:
    """Of each household the last one before its case was opened, and all since."""
    homes = _homes(cases, found)
    key_of = key_writer()
    by_key = {key_of(home): own for home, own in homes.items()}
    for home, day in _OF_ASSESSMENTS(households=rounded(homes)):
        event = Event("assessment", begins_in(day, zone))
        for events in by_key[home]:
            events.append(event)


def _plans(keys: Collection[UUID], found: _Found, zone: dt.tzinfo) -> None:
    for case, day in _OF_PLANS(cases=keys):
        found[case].append(Event("plan_adopted", begins_in(day, zone)))


def _contacts(keys: Collection[UUID], found: _Found, zone: dt.tzinfo) -> None:
    for case, at in _OF_CONTACTS(cases=keys):
        found[case].append(Event("contact", at.astimezone(zone)))


def _referrals(keys: Collection[UUID], found: _Found, zone: dt.tzinfo) -> None:
    for key, case, sent, answered, status, ended in _OF_REFERRALS(cases=keys):
        subject = str(key)
        found[case].append(Event("referral_sent", sent.astimezone(zone), subject=subject))
        if answered is not None:
            found[case].append(Event("referral_answered", answered.astimezone(zone), subject=subject))
        if status == ReferralStatus.WITHDRAWN and ended is not None:
            found[case].append(Event("referral_withdrawn", ended.astimezone(zone), subject=subject))


def _of_guests(cases: Sequence[Case], found: dict[UUID, list[Event]], awaited: Collection[str]) -> None:
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
            told_here = sorted((event._replace(guest=name) for event in events), key=lambda one: one.at)
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
            yield event._replace(at=opened)
