"""Groups: series and who is enrolled, attendance and its figures, what seals hide; deaths and files that are joined."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.cases.actions import open_case, seal_case, seal_person
from punte.gatherings.actions.attendance import recognise_walk_in, take_attendance, write_group_note
from punte.gatherings.actions.daybook import hand_child_over, note_day
from punte.gatherings.actions.observations import take_note, tell_case
from punte.gatherings.actions.series import (
    agree_to_group,
    cancel_group_meeting,
    change_series,
    days_by_rule,
    end_enrolment,
    enrol,
    move_group_meeting,
    plan_meetings,
)
from punte.gatherings.actions.staff import (
    begin_placement,
    certify,
    evaluate_placement,
    give_training_place,
    log_placement_day,
    subscribe,
)
from punte.gatherings.figures import by_month, figures_of, mean_of, people_in
from punte.gatherings.groups_content import groups, read_groups
from punte.gatherings.models import Enrolment, Meeting, Observation, Presence
from punte.gatherings.roll import enrolments_known, months_beside, roll_of
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.methodology.errors import PackError
from punte.organizations.models import Contact
from punte.people.actions import change_person, join_people, take_apart, withdraw_consent
from punte.people.actions.own_file import make_own_file
from punte.people.models import Consent, Person
from tests.factories import (
    HouseholdFactory,
    OrganizationFactory,
    PersonFactory,
    ServiceFactory,
    family,
    worker,
)
from tests.gatherings.groups import Hall
from tests.guards.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Hall:
    return Hall()


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def states(user: User, meeting: Meeting) -> dict[str, str]:
    return {line.name: line.state for line in roll_of(again(user), meeting)}


# Content


def test_what_the_sources_ask_for_is_proposed() -> None:
    kinds = groups().kinds
    assert (kinds["parents_school"].planned, kinds["parents_school"].least) == (11, 10)
    assert (kinds["nonformal"].planned, kinds["nonformal"].least) == (45, 17)
    assert all(one.source and one.evidence for one in kinds.values())


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("kinds:\n  a: {ro: A, en: A, people: everybody, source: s, evidence: seed}\n", 2),
        ("kinds:\n  a:\n    ro: A\n    en: A\n    people: record\n    colour: red\n", 6),
        ("kinds:\n  a:\n    ro: A\n    en: A\n    people: record\n    themes: [unknown]\n", 6),
        ("kinds:\n  a: {ro: A, people: record}\n", 2),
        ("themes: {}\n", 1),
    ],
)
def test_a_file_that_cannot_be_so_is_refused_by_its_line(tmp_path: Path, said: str, line: int) -> None:
    file = tmp_path / "groups.yaml"
    file.write_text(said, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read_groups(file)
    assert refused.value.line == line


# Series


def test_meetings_are_planned_by_a_rule_and_those_that_are_there_stay(hall: Hall) -> None:
    series = hall.series()
    first = dt.date(2026, 9, 2)
    days = days_by_rule(first, 1, many=11)
    assert days[0] == dt.date(2026, 9, 8) and days[-1] == dt.date(2026, 11, 17)
    plan_meetings(by=hall.leader, series=series, days=days, hour=dt.time(17))
    with pytest.raises(DomainError):
        plan_meetings(by=hall.leader, series=series, days=days, hour=dt.time(17))
    assert series.meetings.count() == 11


def test_meetings_of_the_children_are_tied_to_those_of_the_adults(hall: Hall) -> None:
    adults = hall.series()
    children = hall.series("childrens_activity", title="Copiii", parallel_to=adults)
    meeting = hall.meeting(adults, 7)
    assert hall.meeting(children, 7).parallel_to == meeting
    with pytest.raises(DomainError):
        change_series(by=hall.leader, series=children, parallel_to=children)


def test_a_meeting_is_moved_to_another_or_called_off_with_a_reason(hall: Hall) -> None:
    meeting, other = hall.meetings(hall.series(), 3, 10)
    new = move_group_meeting(by=hall.leader, meeting=meeting, day=hall.today, why="sală ocupată")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.moved_to) == ("moved", new)
    with pytest.raises(DomainError):
        cancel_group_meeting(by=hall.leader, meeting=other, why=" ")
    cancel_group_meeting(by=hall.leader, meeting=other, why="zăpadă")
    with pytest.raises(EditedMeanwhile):
        take_attendance(by=hall.leader, meeting=other, marks={}, counted=3)


def test_who_is_enrolled_once_and_leaves_with_a_reason(hall: Hall) -> None:
    series = hall.series()
    [person] = hall.enrolled(series, 1)
    enrol(by=hall.leader, series=series, people=[person], start=hall.today)
    enrolment = Enrolment.objects.get()
    with pytest.raises(DomainError):
        end_enrolment(by=hall.leader, enrolment=enrolment, end=hall.today, why="died")
    end_enrolment(by=hall.leader, enrolment=enrolment, end=hall.today, why="left")
    with pytest.raises(EditedMeanwhile):
        end_enrolment(by=hall.leader, enrolment=enrolment, end=hall.today, why="left")
    with pytest.raises(DomainError):
        enrol(by=hall.leader, series=hall.series("campaign"), people=[person], start=hall.today)
    stranger = worker()
    with pytest.raises(NotAllowed):
        enrol(by=stranger, series=series, people=[person], start=hall.today)


# Attendance


def test_attendance_is_a_row_each_and_corrections_are_in_the_trail(hall: Hall) -> None:
    series = hall.series()
    ana, ben = hall.enrolled(series, 2)
    meeting = hall.meeting(series)
    take_attendance(by=hall.leader, meeting=meeting, marks={ana.pk: "present"})
    nurse = hall.colleague()
    take_attendance(by=nurse, meeting=meeting, marks={ben.pk: "absent"})
    take_attendance(by=nurse, meeting=meeting, marks={ana.pk: "late"})
    assert states(hall.leader, meeting) == {str(ana): "late", str(ben): "absent"}
    lines = TrailEntry.objects.filter(verb="note_presence", person=ana.pk).order_by("pk")
    assert [line.changes for line in lines] == [{"is": "present"}, {"was": "present", "is": "late"}]


def test_what_cannot_be_is_said_clearly(hall: Hall) -> None:
    series = hall.series()
    [ana] = hall.enrolled(series, 1)
    meeting, coming = hall.meetings(series, 0, -3)
    an_open = hall.meeting(hall.series(list_kind="open"))
    for wrong in (
        {"meeting": coming, "marks": {ana.pk: "present"}},
        {"meeting": meeting, "marks": {meeting.pk: "present"}},
        {"meeting": meeting, "marks": {ana.pk: "perhaps"}},
        {"meeting": meeting, "marks": {}, "walk_ins": ["Cineva"]},
        {"meeting": an_open, "marks": {}, "walk_ins": ["  "]},
        {"meeting": an_open, "marks": {}, "walk_ins": ["x" * 200]},
        {"meeting": meeting, "marks": {}, "counted": -1},
    ):
        with pytest.raises(DomainError) as refused:
            take_attendance(by=hall.leader, **wrong)  # type: ignore[arg-type]
        assert refused.value.message
    assert not Presence.objects.exists()
    meeting.refresh_from_db()
    assert meeting.state == "planned"


def test_a_walk_in_is_a_name_until_somebody_says_who_it_is(hall: Hall) -> None:
    series = hall.series(list_kind="open")
    meeting, other = hall.meetings(series, 7, 0)
    before = Person.objects.count()
    for one in (meeting, other):
        take_attendance(by=hall.leader, meeting=one, marks={}, walk_ins=["Doina Vecină"])
    assert Person.objects.count() == before
    figures = figures_of(hall.leader, [series])[series.pk]
    assert (figures.participations, figures.people) == (2, 1)
    doina = PersonFactory(keeper=hall.house, family_name="Vecină", given_name="Doina")
    presence = Presence.objects.get(meeting=meeting)
    recognise_walk_in(by=hall.leader, presence=presence, person=doina)
    presence.refresh_from_db()
    assert (presence.person, presence.name, presence.walked_in) == (doina, "", True)
    with pytest.raises(EditedMeanwhile):
        recognise_walk_in(by=hall.leader, presence=presence, person=doina)


def test_attendance_of_two_hundred_takes_no_more_questions_than_of_two(hall: Hall) -> None:
    asked = []
    for many in (2, 200):
        series = hall.series()
        people = hall.enrolled(series, many)
        meeting = hall.meeting(series)
        marks = {person.pk: "present" for person in people}
        shapes, _made = queries_of(take_attendance, by=again(hall.leader), meeting=meeting, marks=marks)
        asked.append(len(shapes))
        assert figures_of(hall.leader, [series])[series.pk].participations == many
    assert asked[0] == asked[1]


def test_a_note_names_nobody(hall: Hall) -> None:
    series = hall.series()
    hall.enrolled(series, 2)
    meeting = hall.meeting(series)
    with pytest.raises(DomainError, match="Ileana"):
        write_group_note(by=hall.leader, meeting=meeting, note="Astăzi Ileana a povestit mult.")
    write_group_note(
        by=hall.leader, meeting=meeting, note="Toți au povestit.", themes=["school"], methods=["talk"]
    )
    with pytest.raises(DomainError):
        write_group_note(by=hall.leader, meeting=meeting, themes=["weather"])
    PersonFactory(keeper=hall.house, family_name="Munteanu", given_name="Ileana")
    supervision = hall.meeting(hall.series("supervision", title="Supervizare"))
    with pytest.raises(DomainError, match="Munteanu"):
        write_group_note(by=hall.leader, meeting=supervision, note="Despre Ileana Munteanu, fără soluție.")
    write_group_note(by=hall.leader, meeting=supervision, note="Despre limite.", length=120)


# Figures


def test_the_mean_is_rounded_and_never_cut() -> None:
    assert mean_of(150, 11) == Decimal("13.6")
    assert mean_of(27, 20) == Decimal("1.4")
    assert mean_of(0, 0) is None


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3),
            st.integers(0, 4),
            st.sampled_from(["present", "late", "left_early", "excused", "absent"]),
        ),
        max_size=25,
    ),
    st.lists(st.integers(0, 5), min_size=4, max_size=4),
)
@settings(max_examples=12, deadline=None)
def test_figures_are_those_of_a_plain_count_whatever_is_corrected(
    marks: list[tuple[int, int, str]], counted: list[int]
) -> None:
    hall = Hall()
    several = [hall.series(least=2), hall.series(least=2)]
    people = hall.people(5)
    for series in several:
        enrol(by=hall.leader, series=series, people=people, start=series.start)
    meetings = [*hall.meetings(several[0], 1, 40), *hall.meetings(several[1], 1, 40)]
    last: dict[tuple[int, int], str] = {}
    for meeting, person, state in marks:
        take_attendance(by=hall.leader, meeting=meetings[meeting], marks={people[person].pk: state})
        last[meeting, person] = state
    for number in {meeting for meeting, _person, _state in marks}:
        take_attendance(by=hall.leader, meeting=meetings[number], marks={}, counted=counted[number])
    there = {pair for pair, state in last.items() if state in ("present", "late", "left_early")}
    figures = figures_of(hall.leader, several)
    for at, series in enumerate(several):
        own = (2 * at, 2 * at + 1)
        held = [number for number in own if any(number == meeting for meeting, _p, _s in marks)]
        came = {number: sum(pair[0] == number for pair in there) + counted[number] for number in held}
        found = figures[series.pk]
        assert (found.many, found.participations) == (len(held), sum(came.values()))
        assert found.people == len({person for meeting, person in there if meeting in own})
        assert found.enough == sum(many >= 2 for many in came.values())
        if held:
            assert found.mean == Decimal(str(int(sum(came.values()) * 100 / len(held) / 10 + 0.5) / 10))
    assert people_in(hall.leader, several) == len({person for _meeting, person in there})


def test_each_month_counts_a_person_once_over_the_series_of_a_service(hall: Hall) -> None:
    service = ServiceFactory(provider=hall.house)
    several = [hall.series("day_centre", service=service), hall.series("after_school", service=service)]
    people = hall.people(3)
    for series in several:
        enrol(by=hall.leader, series=series, people=people, start=series.start)
        for meeting in hall.meetings(series, 0, 1):
            take_attendance(
                by=hall.leader, meeting=meeting, marks={person.pk: "present" for person in people}
            )
    months = by_month(hall.leader, several)
    assert [n for _month, n in months] == [3] * len(months)


# Seals


class Sealed(Hall):
    """A group in which one person is sealed; the leader is outside her circle, her worker is within."""

    def __init__(self) -> None:
        super().__init__()
        self.worker = worker(Role.CASE_MANAGER, organization=self.house)
        home = HouseholdFactory(keeper=self.house)
        self.mother, self.other = family(34, 30, household=home)
        open_case(by=self.worker, household=home, regime="standard", reason="greu")
        self.group = Hall.series(self)
        enrol(by=self.leader, series=self.group, people=[self.mother, self.other], start=self.group.start)
        self.before, self.after = self.meetings(self.group, 7, 0)
        take_attendance(
            by=self.worker, meeting=self.before, marks={self.mother.pk: "present", self.other.pk: "present"}
        )
        seal_person(by=again(self.worker), person=self.mother, reason="soțul o caută")


def test_since_the_seal_it_is_not_known_whether_the_person_comes() -> None:
    place = Sealed()
    leader, circle = again(place.leader), again(place.worker)
    take_attendance(
        by=circle, meeting=place.after, marks={place.mother.pk: "present", place.other.pk: "late"}
    )
    assert states(circle, place.after)[str(place.mother)] == "present"
    assert states(leader, place.after)[str(place.mother)] == ""
    assert states(leader, place.before)[str(place.mother)] == "present"
    assert figures_of(circle, [place.group])[place.group.pk].participations == 4
    assert figures_of(leader, [place.group])[place.group.pk].participations == 3
    enrolment = Enrolment.objects.get(person=place.mother)
    end_enrolment(by=circle, enrolment=enrolment, end=place.today, why="left")
    assert str(place.mother) in states(leader, place.after)
    with pytest.raises(DomainError):
        end_enrolment(by=again(leader), enrolment=enrolment, end=place.today, why="left")
    with pytest.raises(DomainError):
        enrol(by=again(leader), series=place.group, people=[place.mother], start=place.today)
    assert TrailEntry.objects.filter(verb="note_presence", person=place.mother.pk, sealed=True).count() == 1
    take_attendance(by=again(leader), meeting=place.after, marks={place.mother.pk: "absent"})
    assert states(leader, place.after)[str(place.mother)] == "absent"


# Other rooms


def test_who_died_is_on_no_list_until_it_is_taken_back(hall: Hall) -> None:
    series = hall.series()
    [person] = hall.enrolled(series, 1)
    change_person(by=hall.leader, person=person, died_on=hall.today)
    enrolment = Enrolment.objects.get()
    assert (enrolment.end, enrolment.ended_why) == (hall.today, "died")
    change_person(by=hall.leader, person=Person.objects.get(pk=person.pk), died_on=None)
    enrolment.refresh_from_db()
    assert (enrolment.end, enrolment.ended_why) == (None, "")


def test_two_files_of_one_person_are_counted_once_and_come_apart_again(hall: Hall) -> None:
    series = hall.series()
    kept, joined = hall.enrolled(series, 2)
    meeting = hall.meeting(series)
    take_attendance(by=hall.leader, meeting=meeting, marks={kept.pk: "present", joined.pk: "present"})
    join = join_people(by=hall.leader, keep=kept, join=joined, why="Același buletin.")
    assert figures_of(hall.leader, [series])[series.pk].people == 1
    assert list(states(hall.leader, meeting)) == [str(kept)]
    take_apart(by=hall.leader, join=join)
    assert figures_of(hall.leader, [series])[series.pk].people == 2
    assert Enrolment.objects.filter(end=None).count() == 2


def test_what_a_leader_saw_reaches_the_case_and_tells_the_leader_nothing(hall: Hall) -> None:
    case_worker = worker(Role.CASE_MANAGER, organization=hall.house)
    homes = [HouseholdFactory(keeper=hall.house) for _number in range(2)]
    children = [family(34, 8, household=home)[1] for home in homes]
    sealed = open_case(by=case_worker, household=homes[0], regime="intensive", reason="Semnal")
    sealed = seal_case(by=case_worker, case=sealed, reason="Pericol")
    series = hall.series("nonformal", title="Atelier")
    enrol(by=hall.leader, series=series, people=children, start=series.start)
    meeting = hall.meeting(series)
    told = [
        tell_case(by=hall.leader, meeting=meeting, person=child, words="E tăcut de o săptămână.")
        for child in children
    ]
    assert [one.case for one in told] == [sealed, None]
    leader, circle = again(hall.leader), again(case_worker)
    assert set(Observation.objects.addressed_to(circle)) == {told[0]}
    assert set(Observation.objects.addressed_to(again(hall.colleague(Role.COORDINATOR)))) == {told[1]}
    with pytest.raises(NotAllowed):
        take_note(by=leader, observation=told[0])
    take_note(by=circle, observation=told[0])
    with pytest.raises(EditedMeanwhile):
        take_note(by=circle, observation=told[0])


def test_a_file_about_somebody_tells_their_groups_but_no_sensitive_one(hall: Hall) -> None:
    parents, support = hall.series(), hall.series("support_group", title="Grup discret")
    [person] = hall.enrolled(parents, 1)
    enrol(by=hall.leader, series=support, people=[person], start=support.start)
    for series in (parents, support):
        take_attendance(by=hall.leader, meeting=hall.meeting(series), marks={person.pk: "present"})
    officer = worker(Role.DATA_PROTECTION_OFFICER, organization=hall.house)
    said = str(make_own_file(by=officer, person=person, reason="Cerere scrisă"))
    assert "Școala părinților" in said and "Grup discret" not in said


# Day centre, staff


def test_days_at_the_centre_stand_beside_those_at_school_for_who_sees_the_group(hall: Hall) -> None:
    [child, other] = hall.people(2)
    for kind in ("day_centre", "parents_school"):
        series = hall.series(kind)
        enrol(by=hall.leader, series=series, people=[child, other], start=series.start)
        marks = {child.pk: "present", other.pk: "absent"}
        take_attendance(by=hall.leader, meeting=hall.meeting(series), marks=marks)
    people = [child.pk, other.pk]
    told = {child.pk: {hall.today.replace(day=1): 1}}
    assert months_beside(hall.leader, people, "school_attendance") == told
    assert months_beside(hall.leader, people, "school_enrolment") == {}
    assert months_beside(hall.colleague(Role.ADMINISTRATOR), people, "school_attendance") == {}


def test_a_childs_day_and_the_hand_over_on_the_way(hall: Hall) -> None:
    series = hall.series("day_centre", title="Centrul de zi")
    [child] = hall.enrolled(series, 1)
    meeting = hall.meeting(series)
    said: dict[str, Any] = {"by": hall.leader, "meeting": meeting, "person": child}
    with pytest.raises(DomainError):
        note_day(**said, arrived=dt.time(9), left=dt.time(8))
    with pytest.raises(DomainError):
        note_day(**said, spoke_how="phone")
    note = note_day(
        **said,
        arrived=dt.time(8, 5),
        meals=["lunch"],
        spoke_with="mama",
        spoke_how="face",
        spoke_of="a dormit",
    )
    assert Presence.objects.get().state == "present"
    assert note_day(**said, arrived=dt.time(8, 5), left=dt.time(16)).pk == note.pk
    with pytest.raises(DomainError):
        hand_child_over(**said, at=dt.time(12), handed_by="educatoare", handed_to=" ")
    hand_child_over(**said, at=dt.time(12), handed_by="educatoare", handed_to="învățătoare")
    with pytest.raises(DomainError):
        hand_child_over(
            **{**said, "meeting": hall.meeting(hall.series())}, at=dt.time(12), handed_by="a", handed_to="b"
        )


def test_a_training_gives_its_places_and_certificates(hall: Hall) -> None:
    course = hall.series("training", title="Lucrul cu victimele", places=1, cost=250_000)
    with pytest.raises(DomainError):
        give_training_place(by=hall.leader, series=course, category="pilots", user=hall.leader)
    place = give_training_place(by=hall.leader, series=course, category="social_workers", user=hall.leader)
    with pytest.raises(DomainError):
        give_training_place(by=hall.leader, series=course, category="volunteers", name="Radu Voluntar")
    certify(by=hall.leader, place=place, certificate="12/2026", certified_on=hall.today)
    with pytest.raises(DomainError):
        give_training_place(by=hall.leader, series=hall.series(), category="volunteers", name="Radu")


def test_a_student_works_under_a_supervisor_who_alone_evaluates(hall: Hall) -> None:
    student = hall.colleague(Role.TRAINEE)
    placement = begin_placement(
        by=hall.leader,
        keeper=hall.house,
        kind="student",
        supervisor=hall.leader,
        start=hall.today,
        user=student,
        hours=120,
        sent_by="Universitatea Exemplu",
    )
    log_placement_day(
        by=student, placement=placement, day=hall.today, minutes=240, activity="Vizite cu tutorele"
    )
    with pytest.raises(DomainError):
        log_placement_day(by=student, placement=placement, day=hall.today, minutes=0, activity="Vizite")
    with pytest.raises(NotAllowed):
        evaluate_placement(by=student, placement=placement, evaluation="Foarte bine")
    evaluate_placement(by=hall.leader, placement=placement, evaluation="Lucrează atent.")
    with pytest.raises(DomainError):
        begin_placement(
            by=hall.leader,
            keeper=hall.house,
            kind="volunteer",
            supervisor=hall.leader,
            start=hall.today,
            name=" ",
        )


def test_a_newsletter_goes_to_contacts_who_asked_for_it(hall: Hall) -> None:
    newsletter = hall.series("newsletter", title="Buletin")
    contact = Contact.objects.create(
        keeper=hall.house, organization=OrganizationFactory(), duty="other", name="Irina", start=hall.today
    )
    subscribe(by=hall.leader, series=newsletter, contact=contact, agreed_on=hall.today)
    with pytest.raises(DomainError):
        subscribe(by=hall.leader, series=newsletter, contact=contact, agreed_on=hall.today)
    meeting = hall.meeting(newsletter)
    write_group_note(by=hall.leader, meeting=meeting, reached=140)
    assert figures_of(hall.leader, [newsletter])[newsletter.pk].reached == 140


def test_what_somebody_agreed_to_is_on_the_list_and_taken_back_ends_their_place(client: Client) -> None:
    hall = Hall()
    series = hall.series()
    person, other = hall.enrolled(series, 2)
    row = Enrolment.objects.get(person=person)
    client.force_login(hall.leader)
    page = reverse("enrolment_consent", args=[row.pk])
    assert "numele mic" in client.get(page, headers={"accept-language": "ro"}).content.decode()
    said = {"giver": "themselves", "way": "spoken", "start": hall.today.isoformat()}
    assert client.post(page, said).status_code == 302
    row.refresh_from_db()
    assert row.consent is not None and row.consent.purpose == "group_work"
    with pytest.raises(EditedMeanwhile):
        agree_to_group(by=hall.leader, enrolment=row, giver="themselves", way="spoken", start=hall.today)
    # Enrolled elsewhere, what they agreed to holds there too.
    [second] = enrol(by=hall.leader, series=hall.series(title="Alta"), people=[person], start=hall.today)
    assert second.consent == row.consent
    withdraw_consent(by=hall.leader, consent=row.consent, on=hall.today, who="Ileana")
    row.refresh_from_db()
    assert (row.end, row.ended_why) == (hall.today, "withdrawn")
    assert Enrolment.objects.get(person=other).end is None


def test_what_is_agreed_to_behind_a_seal_is_of_the_circle() -> None:
    place = Sealed()
    circle, leader = again(place.worker), again(place.leader)
    row = Enrolment.objects.get(person=place.mother)
    said = {"giver": "themselves", "way": "spoken", "start": place.today}
    with pytest.raises(DomainError):
        agree_to_group(by=leader, enrolment=row, **said)
    consent = agree_to_group(by=circle, enrolment=row, **said).consent
    assert consent is not None

    def outside() -> Enrolment:
        rows = enrolments_known(again(place.leader), place.group)
        return next(one for one in rows if one.person_id == place.mother.pk)

    assert outside().consent is None
    # One that was given before the seal stands for them, whatever becomes of it.
    Consent.objects.filter(pk=consent.pk).update(created_at=row.created_at)
    withdraw_consent(by=circle, consent=consent, on=place.today, who="Ea")
    seen = outside()
    assert seen.end is None and seen.consent is not None and seen.consent.stands
    row.refresh_from_db()
    assert row.ended_why == "withdrawn"
