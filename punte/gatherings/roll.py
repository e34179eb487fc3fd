"""Who is on the list of a meeting of a group, as an account knows it: what the seals on people hide is not there.

Since the day of a seal it is hidden where and when the person comes. Whoever is outside the circle sees the enrolment
that stood and what they wrote themselves, and of presences those of before.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, User
from punte.accounts.policy import POWERS
from punte.gatherings.enums import WAS_THERE, EnrolmentEnd
from punte.gatherings.groups_content import COLLEAGUES, groups, kind_of
from punte.gatherings.models import Contradiction, DayNote, Enrolment, Handover, Meeting, Presence, Series
from punte.kernel.text import fold
from punte.people.asked import Asked
from punte.people.models import Consent, Person
from punte.people.sight import hidden_from

_MOST_TO_NOTE = 100
_NOT_ONE = (EnrolmentEnd.MISTAKE, EnrolmentEnd.JOINED)
# That somebody died is not hidden.
_SEEN = (EnrolmentEnd.DIED,)


@dataclass(frozen=True)
class Line:
    """Somebody on the list of a meeting.

    Attributes:
        key: of the person, the colleague, or the row of who is known by a name alone.
        state: empty where nothing is written yet.
        presence: the row, once it is written.
    """

    key: UUID
    name: str
    state: str = ""
    person: Person | None = None
    user: User | None = None
    presence: Presence | None = None

    @property
    def walked_in(self) -> bool:
        """Whether they came without being enrolled."""
        return self.presence is not None and self.presence.walked_in

    @property
    def was_there(self) -> bool:
        """Whether they took part."""
        return self.state in WAS_THERE

    @property
    def only_named(self) -> bool:
        """Whether they are known by a name alone."""
        return self.person is None and self.user is None


def presences_known(user: User) -> QuerySet[Presence]:
    """The presences that an account may know of."""
    return Presence.objects.exclude(hidden_from(user).since("noted_at") & ~Q(noted_by=user))


def months_beside(user: User, people: Collection[UUID], register: str) -> dict[UUID, dict[dt.date, int]]:
    """By person, how often they came in each month to the groups that are told beside a register, of those one sees."""
    kinds = [
        one.key for one in groups().kinds.values() if one.beside == register and not one.has("sensitive")
    ]
    if not kinds or not people:
        return {}
    seen = Series.objects.visible_to(user).filter(kind__in=kinds)
    rows = presences_known(user).filter(
        person__in=list(people), state__in=WAS_THERE, meeting__series__in=seen.order_by().values("pk")
    )
    found: dict[UUID, dict[dt.date, int]] = {}
    by_day = rows.order_by().values_list("person", "meeting__day").annotate(n=Count("pk"))
    for person, day, n in by_day:
        months = found.setdefault(person, {})
        months[day.replace(day=1)] = months.get(day.replace(day=1), 0) + n
    return found


def days_known(user: User) -> QuerySet[DayNote]:
    """The days in a day centre that an account may know of."""
    return DayNote.objects.exclude(hidden_from(user).since("noted_at") & ~Q(noted_by=user))


def ways_known(user: User) -> QuerySet[Handover]:
    """The hand-overs that an account may know of."""
    rows = Handover.objects.exclude(hidden_from(user).since() & ~Q(noted_by=user))
    return rows.order_by("at", "created_at", "pk")


def enrolments_known(user: User, *series: Series) -> list[Enrolment]:
    """Who is or was enrolled in some series, of the people whom the account sees; never to be saved."""
    rows = Enrolment.objects.filter(series__in=series).exclude(ended_why__in=_NOT_ONE)
    seen = Person.objects.visible_to(user).filter(pk__in=rows.order_by().values("person"))
    found = (
        rows.filter(person__in=seen.values("pk"))
        .select_related("person", "consent")
        .defer("person__cnp", "person__ethnicity")
        .order_by("person__family_name", "person__given_name", "start", "pk")
    )
    return as_known(user, found)


def as_known(user: User, rows: Iterable[Enrolment]) -> list[Enrolment]:
    """Enrolments as on the day of the seal for who is outside the circle of a sealed person; never to be saved."""
    hidden = hidden_from(user).people
    known = []
    for row in rows:
        shown = hidden.get(row.person_id)
        if shown is not None:
            if row.created_at >= shown.sealed_at and row.by_id != user.pk:
                continue
            if row.ended_at is not None and row.ended_at >= shown.sealed_at and row.ended_why not in _SEEN:
                row.end, row.ended_why = None, ""
            if row.consent is not None:
                _as_of_the_seal(user, row, row.consent, shown.sealed_at)
        known.append(row)
    return known


def _as_of_the_seal(user: User, row: Enrolment, consent: Consent, sealed_at: dt.datetime) -> None:
    """What was agreed to, and taken back, since a seal is of the circle."""
    if consent.created_at >= sealed_at and consent.by_id != user.pk:
        row.consent = None
    elif consent.withdrawal_by_id != user.pk:
        consent.withdrawn_on = None


def roll_of(user: User, meeting: Meeting) -> list[Line]:
    """The list of a meeting: who is enrolled on its day, and who was written down besides; by name."""
    return rolls_of(user, [meeting])[meeting.pk]


def rolls_of(user: User, meetings: Sequence[Meeting]) -> dict[UUID, list[Line]]:
    """The list of each of some meetings of groups; in three queries, and one for each of colleagues."""
    written: dict[UUID, list[Presence]] = {one.pk: [] for one in meetings}
    rows = (
        presences_known(user).filter(meeting__in=list(written)).select_related("person", "user", "noted_by")
    )
    for row in rows.defer("person__cnp", "person__ethnicity").order_by("created_at", "pk"):
        written[row.meeting_id].append(row)
    series = {one.pk: one.series for one in meetings if one.series is not None}
    of_people = {key: one for key, one in series.items() if not _is_of_colleagues(one)}
    enrolled = enrolments_known(user, *set(of_people.values())) if of_people else []
    walked_in = {row.person_id for found in written.values() for row in found if row.person_id}
    others = walked_in - {row.person_id for row in enrolled}
    seen = set(Person.objects.visible_to(user).filter(pk__in=others).values_list("pk", flat=True))
    seen |= {row.person_id for row in enrolled}
    return {
        one.pk: _of_people(one, enrolled, written[one.pk], seen)
        if one.pk in of_people
        else _colleagues(series[one.pk], written[one.pk])
        for one in meetings
    }


def _is_of_colleagues(series: Series) -> bool:
    kind = kind_of(series.kind)
    return kind is not None and kind.people == COLLEAGUES


def _of_people(
    meeting: Meeting, enrolled: Iterable[Enrolment], written: Iterable[Presence], seen: Collection[UUID]
) -> list[Line]:
    lines = {
        row.person_id: Line(row.person_id, str(row.person), person=row.person)
        for row in enrolled
        if row.series_id == meeting.series_id and row.holds_on(meeting.day)
    }
    named = []
    for row in written:
        if row.person is not None and row.person_id in seen:
            key = row.person.pk
            lines[key] = Line(key, str(row.person), row.state, person=row.person, presence=row)
        elif row.person_id is None:
            named.append(Line(row.pk, row.name, row.state, presence=row))
    return _by_name([*lines.values(), *named])


def _colleagues(series: Series, written: list[Presence]) -> list[Line]:
    lines = {one.pk: Line(one.pk, one.name, user=one) for one in colleagues_of(series)}
    for row in written:
        if row.user is not None:
            lines[row.user.pk] = Line(row.user.pk, row.user.name, row.state, user=row.user, presence=row)
        else:
            lines[row.pk] = Line(row.pk, row.name, row.state, presence=row)
    return _by_name(lines.values())


def colleagues_of(series: Series) -> list[User]:
    """Who works with people in the institution today: whom its supervision and its trainings are for."""
    return list(working_in(series.keeper_id))


def working_in(organization: UUID) -> QuerySet[User]:
    """Who works with people in an institution today, by name."""
    return _who_may(Capability.SEE_PEOPLE, [organization])


def leaders_in(organizations: Collection[UUID]) -> QuerySet[User]:
    """Who may lead groups in these institutions today, by name."""
    return _who_may(Capability.MEET, organizations)


def students_in(organizations: Collection[UUID]) -> QuerySet[User]:
    """Who has the account of a student or a volunteer in these institutions today, by name."""
    return _who_may(Capability.READ_OPENED, organizations)


def _who_may(capability: Capability, organizations: Collection[UUID]) -> QuerySet[User]:
    roles = [role for role, powers in POWERS.items() if capability in powers.capabilities]
    posts = Appointment.objects.current().filter(organization__in=organizations, role__in=roles)
    return User.objects.filter(is_active=True, pk__in=posts.values("user")).order_by("name", "pk")


def _by_name(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda one: (fold(one.name), one.key))


def meetings_to_note(user: User) -> list[Meeting]:
    """The meetings up to today, in series that the account leads, of which nothing is written yet."""
    return _to_note(user)


_to_note = Asked(
    lambda user: (
        Meeting.objects.planned()
        .filter(
            series__in=Series.facilitators.through.objects.filter(user=user).values("series"),
            day__lte=timezone.localdate(),
        )
        .select_related("series")
        .in_order()[:_MOST_TO_NOTE]
    )
)


def meetings_in_dispute(user: User) -> list[Meeting]:
    """The meetings, in series that the account leads, of which it knows two marks of one person."""
    return _in_dispute(user)


def _disputed(user: User) -> QuerySet[Meeting]:
    led = Series.facilitators.through.objects.filter(user=user).values("series")
    # Asked of the few that are not settled: presences are many.
    known = presences_known(user).filter(pk=OuterRef("presence"))
    said = Contradiction.objects.filter(Exists(known), settled_at=None)
    rows = Meeting.objects.filter(series__in=led, pk__in=said.order_by().values("presence__meeting"))
    return rows.select_related("series").in_order()


_in_dispute = Asked(_disputed)
