"""A series is made and changed, its meetings planned, moved and called off; people are enrolled and leave."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import TrailEntry, User
from punte.accounts.verbs import record, record_all, verb
from punte.gatherings.enums import EnrolmentEnd, ListKind, MeetingState
from punte.gatherings.group_permission import meeting_for, series_for
from punte.gatherings.groups_content import COUNTED, kind_of
from punte.gatherings.models import Enrolment, Meeting, Presence, Series
from punte.kernel.days import is_meant
from punte.kernel.errors import DomainError, EditedMeanwhile
from punte.organizations.models import Organization
from punte.people.actions import record_consent
from punte.people.actions.checks import check_choice, check_lengths, check_present, tidy
from punte.people.models import Consent, Person, PersonSeal
from punte.people.sight import hidden_from

MOST_AT_ONCE = 200
"""Meetings that one rule plans."""


@verb
def create_series(
    *,
    by: User,
    keeper: Organization,
    kind: str,
    title: str,
    start: dt.date,
    facilitators: Collection[User] = (),
    **details: Any,
) -> Series:
    """Begin a series; whoever begins it leads it, where nobody is named.

    Args:
        details: as the columns of `Series`.

    Raises:
        NotAllowed: the account calls no meetings there.
        DomainError: an unknown kind, no title, or what cannot be so.
    """
    by.standing.require(Capability.MEET, keeper.pk)
    made = Series(keeper=keeper, kind=kind, title=tidy(title), start=start, **_tidied(details))
    _check(made)
    made.save(force_insert=True)
    made.facilitators.set(facilitators or [by])
    record(by=by, verb="create_series", keeper=keeper.pk, subject=made.pk)
    return made


@verb
def change_series(
    *, by: User, series: Series, facilitators: Collection[User] | None = None, **details: Any
) -> Series:
    """Change what is named; the rest stays.

    Raises:
        NotAllowed, DomainError: as for `create_series`.
    """
    locked = series_for(by, series)
    names = []
    for name, value in _tidied(details).items():
        if getattr(locked, name) != value:
            setattr(locked, name, value)
            names.append(name)
    _check(locked)
    locked.save(update_fields=names or ["title"])
    if facilitators is not None:
        locked.facilitators.set(facilitators)
        names.append("facilitators")
    record(by=by, verb="change_series", keeper=locked.keeper_id, subject=locked.pk, changes={"fields": names})
    return locked


def _tidied(details: dict[str, Any]) -> dict[str, Any]:
    return {name: tidy(value) if isinstance(value, str) else value for name, value in details.items()}


def _check(series: Series) -> None:
    kind = kind_of(series.kind)
    if kind is None:
        raise DomainError(_("Choose one of the values in the list."), field="kind")
    check_present("title", series.title)
    check_lengths(Series, title=series.title, place=series.place)
    check_choice(Series, "list_kind", series.list_kind)
    if kind.people == COUNTED:
        series.list_kind = ListKind.COUNTED
    if series.end is not None and series.end < series.start:
        raise DomainError(_("It ends before it begins."), field="end")
    beside = series.parallel_to
    if beside is not None and (beside.pk == series.pk or beside.keeper_id != series.keeper_id):
        raise DomainError(_("Choose another group of the same institution."), field="parallel_to")


def days_by_rule(first: dt.date, weekday: int, *, many: int, every: int = 1) -> list[dt.date]:
    """The days of a weekly rule: from the first day on, on a day of the week (0 is Monday), each so many weeks."""
    start = first + dt.timedelta(days=(weekday - first.weekday()) % 7)
    return [start + dt.timedelta(weeks=every * turn) for turn in range(many)]


@verb
def plan_meetings(
    *,
    by: User,
    series: Series,
    days: Sequence[dt.date],
    hour: dt.time | None = None,
    length: int | None = None,
    place: str = "",
) -> list[Meeting]:
    """Plan meetings on some days; a day on which one is planned or held already at that hour is left as it is.

    Meetings of a children's series are tied to those of the adults on the same day.

    Raises:
        NotAllowed: as for `create_series`.
        DomainError: no day, too many, or one that nobody can mean.
    """
    locked = series_for(by, series)
    if not days or len(days) > MOST_AT_ONCE:
        raise DomainError(_("Plan between 1 and %(most)d meetings.") % {"most": MOST_AT_ONCE}, field="many")
    if not all(is_meant(day) for day in days):
        raise DomainError(_("There is something wrong with the year."), field="day")
    standing = (MeetingState.PLANNED, MeetingState.HELD)
    there = set(
        Meeting.objects.filter(series=locked, day__in=days, state__in=standing)
        .order_by()
        .values_list("day", "hour")
    )
    beside = _adults(locked, days)
    check_lengths(Meeting, place=place)
    made = Meeting.objects.bulk_create(
        Meeting(
            keeper=locked.keeper,
            kind=locked.kind,
            series=locked,
            day=day,
            hour=hour,
            length=length,
            place=tidy(place),
            called_by=by,
            parallel_to_id=beside.get(day),
        )
        for day in sorted(set(days))
        if (day, hour) not in there
    )
    if not made:
        raise DomainError(_("On these days meetings of the group are there already."), field="day")
    record(
        by=by, verb="plan_meetings", keeper=locked.keeper_id, subject=locked.pk, changes={"many": len(made)}
    )
    return made


def _adults(series: Series, days: Sequence[dt.date]) -> dict[dt.date, UUID]:
    if series.parallel_to_id is None:
        return {}
    rows = Meeting.objects.filter(series=series.parallel_to_id, day__in=days).in_order()
    return dict(rows.values_list("day", "pk"))


@verb
def move_group_meeting(
    *, by: User, meeting: Meeting, day: dt.date, hour: dt.time | None = None, why: str = ""
) -> Meeting:
    """Move a planned meeting: it leads to the one that takes its place.

    Raises:
        NotAllowed: as for `create_series`.
        DomainError: it was held or called off already.
    """
    held = _planned(by, meeting)
    if not is_meant(day):
        raise DomainError(_("There is something wrong with the year."), field="day")
    new = Meeting.objects.create(
        keeper=held.keeper,
        kind=held.kind,
        series=held.series,
        day=day,
        hour=hour,
        length=held.length,
        place=held.place,
        called_by=by,
    )
    held.state, held.moved_to, held.state_why = MeetingState.MOVED, new, tidy(why)
    held.save(update_fields=["state", "moved_to", "state_why"])
    record(by=by, verb="move_group_meeting", keeper=held.keeper_id, subject=held.pk)
    return new


@verb
def cancel_group_meeting(*, by: User, meeting: Meeting, why: str) -> Meeting:
    """Call a planned meeting off, and say why.

    Raises:
        NotAllowed: as for `create_series`.
        DomainError: no reason is given, or it is not planned any more.
    """
    held = _planned(by, meeting)
    check_present("why", why.strip())
    check_lengths(Meeting, state_why=why)
    held.state, held.state_why = MeetingState.CANCELLED, why.strip()
    held.save(update_fields=["state", "state_why"])
    record(by=by, verb="cancel_group_meeting", keeper=held.keeper_id, subject=held.pk)
    return held


def _planned(by: User, meeting: Meeting) -> Meeting:
    held = meeting_for(by, meeting)
    if held.state != MeetingState.PLANNED:
        raise EditedMeanwhile(_("This meeting is not planned any more."))
    return held


@verb
def enrol(*, by: User, series: Series, people: Iterable[Person], start: dt.date) -> list[Enrolment]:
    """Put people on the list of a series from a day on; who is on it stays.

    Raises:
        NotAllowed: as for `create_series`.
        DomainError: the group only counts, nobody is named, or somebody cannot be enrolled.
    """
    locked = series_for(by, series)
    kind = kind_of(locked.kind)
    if locked.list_kind == ListKind.COUNTED or (kind is not None and kind.people != "record"):
        raise DomainError(_("This group only counts who comes; nobody is enrolled."))
    if not is_meant(start):
        raise DomainError(_("There is something wrong with the year."), field="start")
    asked = {person.pk for person in people}
    known = list(Person.objects.visible_to(by).filter(pk__in=asked).defer("ethnicity").order_by("pk"))
    if not known or len(known) != len(asked):
        raise DomainError(_("Choose at least one person."), field="people")
    for person in known:
        _check_person(by, person, start)
    on_it = set(
        Enrolment.objects.filter(series=locked, person__in=known, end=None).values_list("person", flat=True)
    )
    agreed = standing_consents(kind.consent, known) if kind is not None and kind.consent else {}
    rows = [
        Enrolment(series=locked, person=one, start=start, by=by, consent=agreed.get(one.pk))
        for one in known
        if one.pk not in on_it
    ]
    try:
        with transaction.atomic():
            made = Enrolment.objects.bulk_create(rows)
    except IntegrityError as error:
        raise DomainError(_("Somebody was just enrolled by a colleague. Look at the list again.")) from error
    trace_people(by, "enrol", locked, [one.pk for one in known])
    return made


def _check_person(by: User, person: Person, start: dt.date) -> None:
    if person.pk in hidden_from(by).people:
        raise DomainError(_("This cannot be recorded now. Ask your coordinator."), field="people")
    if person.died_on and start > person.died_on:
        raise DomainError(
            _("%(person)s died on %(day)s.") % {"person": person, "day": person.died_on.strftime("%d.%m.%Y")},
            field="people",
        )


@verb
def end_enrolment(*, by: User, enrolment: Enrolment, end: dt.date, why: str) -> Enrolment:
    """Say that somebody comes no more since a day, and why; entered by mistake, they never were on the list.

    Raises:
        NotAllowed: as for `create_series`.
        DomainError: before the enrolment began, an unknown reason, ended already, or they were there after that day.
    """
    series = series_for(by, enrolment.series)
    held = Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment.pk)
    if held.person_id in hidden_from(by).people:
        raise DomainError(_("This cannot be recorded now. Ask your coordinator."))
    if why not in {EnrolmentEnd.FINISHED, EnrolmentEnd.LEFT, EnrolmentEnd.MOVED_AWAY, EnrolmentEnd.MISTAKE}:
        raise DomainError(_("Choose one of the values in the list."), field="why")
    if held.end is not None:
        raise EditedMeanwhile(_("This enrolment was ended already."))
    end = held.start if why == EnrolmentEnd.MISTAKE else end
    if end < held.start:
        raise DomainError(_("It ends before it begins."), field="end")
    later = Presence.objects.filter(person=held.person_id, meeting__series=series, meeting__day__gte=end)
    if why == EnrolmentEnd.MISTAKE and later.exists():
        raise DomainError(
            _("There are attendances of this person here. Say when they left instead."), field="why"
        )
    held.end, held.ended_why, held.ended_at = end, why, timezone.now()
    held.save(update_fields=["end", "ended_why", "ended_at"])
    trace_people(by, "end_enrolment", series, [held.person_id])
    return held


def standing_consents(purpose: str, people: Collection[Person]) -> dict[UUID, Consent]:
    """The newest consent of each of some people that stands today for a purpose (one query)."""
    rows = Consent.objects.standing(timezone.localdate()).filter(purpose=purpose, person__in=people)
    return {one.person_id: one for one in rows.order_by("start", "pk") if one.person_id is not None}


@verb
def agree_to_group(
    *,
    by: User,
    enrolment: Enrolment,
    way: str,
    giver: str,
    start: dt.date,
    last_day: dt.date | None = None,
    given_by: str = "",
    note: str = "",
) -> Enrolment:
    """Record that who is on the list agreed to what the kind of group asks of them.

    Args:
        given_by: who agreed for them, where it was not themselves.

    Raises:
        NotAllowed: as for `create_series`, or the account does not work with the person.
        DomainError: the kind asks for nothing, they agreed already, come no more, or as `record_consent`.
    """
    series = series_for(by, enrolment.series)
    kind = kind_of(series.kind)
    if kind is None or not kind.consent:
        raise DomainError(_("Nobody is asked for consent to come to this group."))
    held = Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment.pk)
    if held.person_id in hidden_from(by).people:
        raise DomainError(_("This cannot be recorded now. Ask your coordinator."))
    if held.end is not None:
        raise EditedMeanwhile(_("This enrolment was ended already."))
    standing = standing_consents(kind.consent, [held.person])
    if held.consent_id is not None and held.person_id in standing:
        raise EditedMeanwhile(_("They agreed already."))
    held.consent = record_consent(
        by=by,
        subject=held.person,
        purpose=kind.consent,
        way=way,
        giver=giver,
        start=start,
        last_day=last_day,
        given_by=given_by,
        note=note,
    )
    held.save(update_fields=["consent"])
    trace_people(by, "agree_to_group", series, [held.person_id])
    return held


def trace_people(by: User, verb_name: str, series: Series, people: Collection[UUID]) -> None:
    """A line in the trail of each of some people; of a sealed one only its circle reads it."""
    sealed = sealed_people(people)
    record_all(
        TrailEntry(
            actor=by,
            verb=verb_name,
            keeper=series.keeper_id,
            person=person,
            subject=series.pk,
            sealed=person in sealed,
        )
        for person in people
    )


def sealed_people(people: Collection[UUID]) -> frozenset[UUID]:
    """Those of some people on whom a seal stands."""
    rows = PersonSeal.objects.filter(person__in=people, end=None).order_by()
    return frozenset(rows.values_list("person", flat=True))
