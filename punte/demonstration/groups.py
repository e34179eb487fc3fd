"""Invented groups over a year: who leads them, who came, supervision, a training, students and volunteers."""

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from punte.accounts.enums import Capability, Role
from punte.accounts.models import Appointment, User
from punte.cases.models import Case
from punte.deadlines.calendar import is_working_day
from punte.demonstration.staff import Keeper
from punte.gatherings.actions.attendance import take_attendance, write_group_note
from punte.gatherings.actions.daybook import hand_child_over, note_day
from punte.gatherings.actions.observations import tell_case
from punte.gatherings.actions.opened import open_to_student
from punte.gatherings.actions.series import agree_to_group, create_series, enrol, plan_meetings
from punte.gatherings.actions.staff import (
    begin_placement,
    certify,
    evaluate_placement,
    give_training_place,
    log_placement_day,
)
from punte.gatherings.enums import MeetingState
from punte.gatherings.groups_content import COLLEAGUES, RECORD, Kind, kind_of
from punte.gatherings.models import Enrolment, Meeting, Placement, Presence, Series
from punte.gatherings.roll import working_in
from punte.people.models import Membership, Person, PersonSeal

_ADULT, _NOT_YET = 18, 3
_A_DAY, _A_WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
_CAME = ("present",) * 14 + ("late", "late", "left_early", "excused", "absent", "absent")
_SAID = (
    "Ritmul a fost bun; data viitoare lucrăm în grupuri mici.",
    "S-au deschis greu la început, apoi au pus multe întrebări.",
    "Tema a fost prea lungă pentru o singură întâlnire.",
    "",
)


class Groups:
    """The groups of one town hall."""

    def __init__(self, city: Keeper, chance: random.Random, today: dt.date) -> None:
        self.city, self.chance, self.today = city, chance, today
        self.leaders = [
            user for user, _team in city.workers if user.standing.may(Capability.MEET, city.organization.pk)
        ] or list(working_in(city.organization.pk)[:1])
        self.adults, self.children = self._people()

    def _people(self) -> tuple[list[Person], list[Person]]:
        """People of the town on whom no seal stands, in households that are none's secret."""
        living = Membership.objects.current().filter(
            household__keeper=self.city.organization, household__sealed=False, person__died_on=None
        )
        open_ = living.exclude(person__in=PersonSeal.objects.filter(end=None).values("person"))
        rows = open_.select_related("person").defer("person__cnp", "person__ethnicity")
        adults: list[Person] = []
        children: list[Person] = []
        for row in rows.order_by("pk")[:2_000]:
            age = row.person.age_on(self.today)
            if age is not None:
                (adults if age >= 18 else children if age >= 6 else []).append(row.person)
        return adults, children

    def _agree(self, by: User, enrolled: Sequence[Enrolment]) -> None:
        """Most agreed on the first day; for a child the mother did."""
        for one in enrolled:
            if one.consent_id is not None:
                continue
            age = one.person.age_on(one.start)
            grown = age is None or age >= _ADULT
            agree_to_group(
                by=by,
                enrolment=one,
                way="signed",
                giver="themselves" if grown else "parent",
                given_by="" if grown else "mama",
                start=one.start,
            )

    def leader(self, turn: int) -> User:
        """One of those who lead."""
        return self.leaders[turn % len(self.leaders)]

    def series(
        self,
        kind: str,
        title: str,
        days: Sequence[dt.date],
        *,
        turn: int,
        people: Sequence[Person] = (),
        hour: dt.time = dt.time(17),
        **details: object,
    ) -> Series:
        """A series with its meetings; those that are over were held."""
        known = kind_of(kind)
        by = self.leader(turn)
        proposed = {"planned": known.planned, "least": known.least} if known else {}
        made = create_series(
            by=by,
            keeper=self.city.organization,
            kind=kind,
            title=title,
            start=min(days),
            facilitators=[by],
            **{**proposed, **details},
        )
        if people:
            enrolled = enrol(by=by, series=made, people=people, start=made.start)
            if known and known.consent:
                self._agree(by, enrolled[:-_NOT_YET])
        meetings = plan_meetings(by=by, series=made, days=days, hour=hour, length=120)
        self._hold(by, made, [one for one in meetings if one.day < self.today], people)
        return made

    def _hold(self, by: User, series: Series, meetings: list[Meeting], people: Sequence[Person]) -> None:
        """Those that are over were held: the last by its verbs, those before as they would lie there."""
        kind = kind_of(series.kind)
        assert kind is not None
        who: list[Any] = list(people) if kind.people == RECORD else []
        if kind.people == COLLEAGUES:
            who = list(working_in(series.keeper_id))
        rows = []
        for meeting in meetings[:-1]:
            meeting.state = MeetingState.HELD
            meeting.counted = 0 if who else self.chance.randint(12, 40)
            meeting.reached = self.chance.randint(200, 900) if kind.has("reach") else None
            meeting.minutes = self.chance.choice(_SAID)
            meeting.themes, meeting.methods = self._worked_on(kind)
            rows += [self._presence(by, kind, meeting, one) for one in who]
        Meeting.objects.bulk_update(
            meetings[:-1], ["state", "counted", "reached", "minutes", "themes", "methods"], batch_size=100
        )
        Presence.objects.bulk_create(rows, batch_size=500)
        for meeting in meetings[-1:]:
            marks = {one.pk: self.chance.choice(_CAME) for one in who}
            take_attendance(by=by, meeting=meeting, marks=marks, counted=None if who else 24)
            themes, methods = self._worked_on(kind)
            write_group_note(
                by=by,
                meeting=meeting,
                note=_SAID[0],
                themes=themes,
                methods=methods,
                length=meeting.length,
                reached=640 if kind.has("reach") else None,
            )

    def _worked_on(self, kind: Kind) -> tuple[list[str], list[str]]:
        return [self.chance.choice(kind.themes)], [self.chance.choice(kind.methods)]

    def _presence(self, by: User, kind: Kind, meeting: Meeting, one: Any) -> Presence:
        at = timezone.make_aware(dt.datetime.combine(meeting.day, dt.time(19)))
        whose = {"user": one} if kind.people == COLLEAGUES else {"person": one}
        return Presence(
            meeting=meeting,
            state=self.chance.choice(_CAME),
            noted_by=by,
            noted_at=at,
            created_at=at,
            revision=1,
            **whose,
        )


def lead_groups(*, city: Keeper, chance: random.Random, today: dt.date) -> None:
    """Eight groups over the year, supervision each month, a training, a student and a volunteer."""
    town = Groups(city, chance, today)
    if not town.leaders:
        return
    weekly = [today - _A_WEEK * back for back in range(45, -3, -1)]
    adults, children = town.adults, town.children
    parents = town.series(
        "parents_school", "Școala părinților", weekly[36:47], turn=0, people=adults[:16], list_kind="open"
    )
    town.series(
        "childrens_activity",
        "Atelierul copiilor, în paralel",
        weekly[36:47],
        turn=1,
        people=children[:12],
        parallel_to=parents,
    )
    workshop = town.series(
        "nonformal", "Atelier de după-amiază", weekly[:45], turn=1, people=children[10:32], hour=dt.time(15)
    )
    town.series("support_group", "Grupul de joi", weekly[30:46:2], turn=2, people=adults[20:29])
    town.series(
        "womens_cafe",
        "Cafeneaua Femeilor",
        weekly[4:44:5],
        turn=2,
        people=adults[30:44],
        edition=2,
        list_kind="open",
    )
    for edition, back in ((1, 150), (2, 130)):
        week = [today - _A_DAY * (back - day) for day in range(5)]
        town.series(
            "camp",
            "Tabăra de vară",
            week,
            turn=0,
            people=children[20 * edition : 20 * edition + 20],
            edition=edition,
            end=week[-1] + _A_DAY,
        )
    town.series("campaign", "Nu ești singură", weekly[10:46:9], turn=3)
    centre = town.series(
        "day_centre",
        "Centrul de zi",
        _working_days(today, 22),
        turn=3,
        people=children[:49],
        hour=dt.time(12),
    )
    town.series("supervision", "Supervizare lunară", weekly[1:47:4], turn=0)
    _days_of_centre(town, centre)
    _tell(town, workshop)
    _train(town, today)
    _take_in(town, today)


def _working_days(today: dt.date, many: int) -> list[dt.date]:
    days = [today - _A_DAY * back for back in range(3 * many)]
    return [day for day in days if is_working_day(day) or day == today][:many]


def _days_of_centre(town: Groups, centre: Series) -> None:
    """The last day in full: when they came, what they ate, what was spoken in the morning."""
    last = centre.meetings.filter(state="held").order_by("-day").first()
    by = town.leader(3)
    if last is None:
        return
    there = last.presences.filter(state="present").select_related("person").order_by("pk")
    for at, presence in enumerate(there[:12]):
        if presence.person is None:
            continue
        note_day(
            by=by,
            meeting=last,
            person=presence.person,
            arrived=dt.time(12, 5 + at),
            left=dt.time(16, 30),
            meals=["lunch", "snack"],
            spoke_with="mama" if at % 2 else "bunica",
            spoke_how="face" if at % 3 else "phone",
            spoke_of="A dormit bine, are tema la matematică." if at % 2 else "Vine tatăl după copil.",
        )
        if at < 3:
            hand_child_over(
                by=by,
                meeting=last,
                person=presence.person,
                at=dt.time(12, at),
                handed_by="învățătoarea",
                handed_to="educatoarea centrului",
            )


def _tell(town: Groups, workshop: Series) -> None:
    held = workshop.meetings.filter(state="held").order_by("-day").first()
    child = held.presences.filter(state="present").order_by("pk").first() if held else None
    if held is not None and child is not None and child.person is not None:
        tell_case(
            by=town.leader(1),
            meeting=held,
            person=child.person,
            words="De două săptămâni vine fără ghiozdan și adoarme la activități.",
        )


def _train(town: Groups, today: dt.date) -> None:
    days = [today - _A_WEEK * 9, today - _A_WEEK * 9 + _A_DAY]
    course = town.series(
        "training", "Lucrul cu victimele violenței", days, turn=0, hour=dt.time(9), places=12, cost=480_000
    )
    by = town.leader(0)
    for number, user in enumerate(working_in(town.city.organization.pk)[:5], start=1):
        place = give_training_place(by=by, series=course, category="social_workers", user=user)
        certify(by=by, place=place, certificate=f"{number}/{today.year}", certified_on=days[-1])
    give_training_place(by=by, series=course, category="volunteers", name="Voluntar Exemplu")


def _open_to(by: User, student: User, placement: Placement, today: dt.date) -> None:
    """A case of her supervisor that the student reads for a fortnight."""
    mine = Case.objects.worked_on_by(by).filter(open=True, sealed=False, keeper=placement.keeper)
    case = mine.order_by("pk").first()
    if case is not None:
        until = today + _A_WEEK * 2
        open_to_student(
            by=by,
            placement=placement,
            case=case,
            parts=["members", "plan"],
            until=until,
            why="Însoțește la vizită",
        )


def _take_in(town: Groups, today: dt.date) -> None:
    by = town.leader(0)
    posts = Appointment.objects.current().filter(
        organization=town.city.organization, role=Role.STUDENT, user__is_active=True
    )
    post = posts.select_related("user").first()
    student = post.user if post else None
    for kind, name, sent_by, hours in (
        ("student", "Studentă Exemplu", "Universitatea Exemplu, Asistență socială", 120),
        ("volunteer", "Voluntar Exemplu", "Asociația Exemplu", None),
    ):
        placement = begin_placement(
            by=by,
            keeper=town.city.organization,
            kind=kind,
            supervisor=by,
            start=today - _A_WEEK * 8,
            user=student if kind == "student" else None,
            name=name,
            sent_by=sent_by,
            hours=hours,
            tasks="Însoțește la activități; nu lucrează singur cu nimeni.",
        )
        for week in range(1, 7):
            log_placement_day(
                by=by,
                placement=placement,
                day=today - _A_WEEK * week,
                minutes=240,
                activity="A ajutat la atelier și a pregătit materialele.",
            )
        if kind == "student" and student is not None:
            _open_to(by, student, placement, today)
        if kind == "student":
            evaluate_placement(by=by, placement=placement, evaluation="Lucrează atent și întreabă înainte.")
