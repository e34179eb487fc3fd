"""The attendance of groups from telephones without a signal: what goes down, what comes up, two leaders at once."""

from typing import Any

import pytest

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.cases.actions import open_case, seal_person
from punte.gatherings.actions.attendance import settle_presence, take_attendance
from punte.gatherings.actions.series import cancel_group_meeting, change_series, end_enrolment, enrol
from punte.gatherings.models import Contradiction, Enrolment, Meeting, Presence
from punte.gatherings.roll import meetings_in_dispute, roll_of
from punte.kernel.errors import EditedMeanwhile
from punte.people.models import Person
from tests.factories import HouseholdFactory, family
from tests.fieldwork.tablet import Said, Tablet, entry, tablet_of
from tests.gatherings.groups import Hall
from tests.guards.queries import queries_of

pytestmark = pytest.mark.django_db


class Two(Hall):
    """Two leaders, each with a telephone, and a meeting of today of four people."""

    def __init__(self) -> None:
        super().__init__()
        self.other = self.colleague(Role.SOCIAL_WORKER)
        self.group = self.series(list_kind="open", facilitators=[self.leader, self.other])
        self.four = self.enrolled(self.group, 4)
        self.today_s = self.meeting(self.group)
        self.first, self.second = tablet_of(self.leader), tablet_of(self.other)


@pytest.fixture
def two() -> Two:
    return Two()


def said(*marks: tuple[object, str, int], walk_ins: tuple[str, ...] = (), counted: int | None = None) -> Said:
    return {
        "marks": [{"person": str(key), "state": state, "knew": knew} for key, state, knew in marks],
        "walkIns": list(walk_ins),
        "counted": counted,
        "countedBefore": None if counted is None else 0,
    }


def up(tablet: Tablet, meeting: Meeting, body: Said) -> Said:
    [answer] = tablet.up(entry("attendance", meeting.pk, body))
    return answer


def meetings(tablet: Tablet) -> list[Any]:
    return list(tablet.down()["reference"]["meetings"])


def states(user: User, meeting: Meeting) -> list[str]:
    return [line.state for line in roll_of(User.objects.get(pk=user.pk), meeting)]


def test_a_leader_takes_the_lists_of_the_own_groups_along(two: Two) -> None:
    hall = Hall()
    hall.enrolled(hall.series(), 1)
    take_attendance(by=two.leader, meeting=two.today_s, marks={two.four[0].pk: "late"})
    [mine] = meetings(two.first)
    assert mine["title"] == "Școala părinților" and mine["list"] == "open" and mine["held"]
    assert [(one["name"], one["state"], one["revision"]) for one in mine["people"]] == [
        (str(person), "late" if at == 0 else "", 1 if at == 0 else 0) for at, person in enumerate(two.four)
    ]
    assert two.second.down()["reference"]["meetings"] == [mine]


def test_more_meetings_cost_no_more_queries(two: Two) -> None:
    from punte.gatherings.field import reference

    two.meetings(two.group, 7, 14)
    few = queries_of(lambda: reference(User.objects.get(pk=two.leader.pk)))
    two.meetings(two.group, 21, 28, 30)
    assert len(queries_of(lambda: reference(User.objects.get(pk=two.leader.pk)))) == len(few)


def test_what_comes_up_is_as_in_the_office_and_once(two: Two) -> None:
    people = Person.objects.count()
    a, b, *_rest = two.four
    sent = entry(
        "attendance",
        two.today_s.pk,
        said((a.pk, "present", 0), (b.pk, "left_early", 0), walk_ins=("Vlad Oana",), counted=3),
    )
    for _again in range(2):
        assert [one["status"] for one in two.first.up(sent)] == ["applied"]
    held = Meeting.objects.get(pk=two.today_s.pk)
    assert (held.state, held.counted) == ("held", 3)
    rows = Presence.objects.filter(meeting=held)
    assert sorted(rows.values_list("state", "walked_in")) == [
        ("left_early", False),
        ("present", False),
        ("present", True),
    ]
    assert Person.objects.count() == people
    assert set(rows.values_list("noted_by", flat=True)) == {two.leader.pk}
    trail = TrailEntry.objects.filter(verb="apply_entry").get()
    assert trail.household is None and trail.case is None


def test_two_leaders_are_put_together_by_person(two: Two) -> None:
    a, b, c, d = two.four
    up(two.first, two.today_s, said((a.pk, "present", 0), (b.pk, "present", 0), walk_ins=("Vlad Oana",)))
    answer = up(
        two.second,
        two.today_s,
        said(
            (b.pk, "present", 0), (c.pk, "late", 0), (d.pk, "absent", 0), walk_ins=("vlad oana", "Mama Anei")
        ),
    )
    assert (answer["status"], answer["message"]) == ("applied", "")
    assert Presence.objects.filter(meeting=two.today_s).count() == 6
    assert not Contradiction.objects.exists()


def test_what_two_say_otherwise_waits_in_the_office(two: Two, client: Any) -> None:
    a, b, *_rest = two.four
    up(two.first, two.today_s, said((a.pk, "present", 0), (b.pk, "absent", 0), counted=2))
    answer = up(two.second, two.today_s, said((a.pk, "excused", 0), (b.pk, "absent", 0), counted=5))
    assert answer["status"] == "applied" and "birou" in answer["message"] and "2" in answer["message"]
    assert states(two.leader, two.today_s)[:2] == ["present", "absent"]
    assert list(meetings_in_dispute(two.leader)) == [two.today_s] == list(meetings_in_dispute(two.other))
    # The second thinks again: what is said otherwise is said once.
    up(two.second, two.today_s, said((a.pk, "late", 0)))
    presence = Presence.objects.get(meeting=two.today_s, person=a)
    assert Contradiction.objects.get().state == "late"
    client.force_login(two.leader, backend="punte.accounts.backend.OpenAccounts")
    where = f"/grupuri/intalniri/{two.today_s.pk}/"
    page = client.get(where).content.decode()
    assert "a întârziat" in page and two.other.name in page
    assert client.post(where, {"settle": presence.pk, "state": "late"}).status_code in (302, 303)
    assert states(two.leader, two.today_s)[0] == "late"
    assert not meetings_in_dispute(two.leader)
    with pytest.raises(EditedMeanwhile):
        settle_presence(by=two.leader, presence=presence, state="present")


def test_a_mark_that_the_device_knew_is_changed_and_a_mark_in_the_office_settles(two: Two) -> None:
    a = two.four[0]
    take_attendance(by=two.leader, meeting=two.today_s, marks={a.pk: "absent"})
    knew = meetings(two.second)[0]["people"][0]["revision"]
    assert up(two.second, two.today_s, said((a.pk, "present", knew)))["message"] == ""
    assert states(two.leader, two.today_s)[0] == "present"
    up(two.first, two.today_s, said((a.pk, "late", knew)))
    assert Contradiction.objects.filter(settled_at=None).exists()
    take_attendance(by=two.leader, meeting=two.today_s, marks={a.pk: "excused"})
    assert not Contradiction.objects.filter(settled_at=None).exists()


def test_what_cannot_be_is_refused_or_told(two: Two) -> None:
    a, b, *_rest = two.four
    end_enrolment(
        by=two.leader, enrolment=Enrolment.objects.get(person=a), end=two.group.start, why="mistake"
    )
    answer = up(two.first, two.today_s, said((a.pk, "present", 0), (b.pk, "present", 0)))
    assert answer["status"] == "applied" and answer["message"]
    assert Presence.objects.get(meeting=two.today_s).person == b
    for body in (
        {},
        {**said(), "marks": "x"},
        {**said(), "marks": [{"person": 1}]},
        {**said(), "counted": "5"},
    ):
        assert up(two.first, two.today_s, body)["status"] == "refused"
    assert up(two.first, two.today_s, said((b.pk, "asleep", 0)))["status"] == "refused"
    assert up(two.first, two.today_s, said(walk_ins=("",)))["status"] == "refused"
    assert up(two.first, two.today_s, said(counted=-1))["status"] == "refused"
    change_series(by=two.leader, series=two.group, facilitators=[two.leader])
    stranger = tablet_of(Hall().leader)
    assert up(stranger, two.today_s, said((b.pk, "late", 0)))["status"] == "refused"
    later = two.meeting(two.group, -3)
    assert up(two.first, later, said((b.pk, "late", 0)))["status"] == "refused"
    cancel_group_meeting(by=two.leader, meeting=later, why="Ninge.")
    assert up(two.first, later, said((b.pk, "late", 0)))["status"] == "refused"


def test_the_list_on_a_telephone_tells_nothing_of_a_seal(two: Two) -> None:
    """Whoever is outside the circle takes along what stood on its day, and what is written since."""
    home = HouseholdFactory(keeper=two.house)
    person, _child = family(34, 8, household=home)
    circle = two.colleague(Role.SOCIAL_WORKER)
    open_case(by=circle, household=home, regime="standard", reason="greu")
    enrol(by=two.leader, series=two.group, people=[person], start=two.group.start)
    change_series(by=two.leader, series=two.group, facilitators=[two.leader, two.other, circle])
    before = meetings(two.first)
    seal_person(by=User.objects.get(pk=circle.pk), person=person, reason="soțul o caută")
    assert meetings(two.first) == before
    take_attendance(by=User.objects.get(pk=circle.pk), meeting=two.today_s, marks={person.pk: "present"})
    assert meetings(two.first)[0]["people"] == before[0]["people"]
    assert up(two.first, two.today_s, said((person.pk, "absent", 0)))["message"] == ""
    assert not Contradiction.objects.exists()
