"""Groups on screen: from a new group to its figures; two phones; what a seal hides on each page."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.accounts.guests import work_of
from punte.gatherings.actions.attendance import take_attendance
from punte.gatherings.models import Enrolment, Observation, Presence, Series
from punte.organizations.models import Contact
from punte.people.models import Person
from tests.access.test_behind_a_seal import answered, by
from tests.factories import HouseholdFactory, OrganizationFactory, PersonFactory, ServiceFactory, family
from tests.gatherings.groups import Hall
from tests.gatherings.test_groups import Sealed, again
from tests.guards.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Hall:
    return Hall()


def sent(client: Client, page: str, /, *args: Any, **data: Any) -> Any:
    return client.post(reverse(page, args=args), data)


def test_from_a_new_group_to_its_figures(hall: Hall) -> None:
    client = by(hall.leader)
    ana, ben = hall.people(2)
    first = hall.today - dt.timedelta(weeks=2)
    assert client.get(reverse("groups")).status_code == 200
    assert client.get(reverse("group_new")).status_code == 200
    made = {"organization": hall.house.pk, "kind": "parents_school", "title": "Școala părinților"}
    said = {**made, "start": first, "list_kind": "open", "facilitators": [hall.leader.pk]}
    assert sent(client, "group_new", **said).status_code == 302
    series = Series.objects.get()
    assert (series.planned, series.least) == (11, 10)
    plan = {"day": first, "hour": "17:00", "many": 3, "every": "1"}
    assert sent(client, "group_deed", series.pk, "planifica", **plan).status_code == 302
    wrong = {**plan, "day": "2026-02-31"}
    assert sent(client, "group_deed", series.pk, "planifica", **wrong).status_code == 422
    found = sent(client, "group_deed", series.pk, "inscrie", start=first, text="Ileana")
    assert found.status_code == 200 and str(ana) in found.content.decode()
    both = {"start": first, "people": [ana.pk, ben.pk], "enrol": "1"}
    assert sent(client, "group_deed", series.pk, "inscrie", **both).status_code == 302
    held = list(series.meetings.in_order())
    for meeting in held:
        page = client.get(reverse("attendance", args=[meeting.pk]))
        assert page.status_code == 200
        assert sent(client, "attendance", meeting.pk, all="1", counted="2").status_code == 302
    assert sent(client, "attendance", held[0].pk, walk_in="Doina Vecina").status_code == 302
    page = client.get(reverse("group", args=[series.pk])).content.decode()
    # Two people and two counted in three meetings, and one who walked in: 13 of 3 are 4.3.
    assert ">13</dd>" in page and ">4,3</dd>" in page and ">3</dd>" in page
    for name in ("groups", "group_figures", "placements"):
        assert client.get(reverse(name)).status_code == 200
    assert client.get(reverse("attendance_sheet", args=[held[0].pk])).content.startswith(b"%PDF")
    assert work_of(again(hall.leader))


def test_two_phones_write_beside_each_other_and_nothing_is_lost(hall: Hall) -> None:
    series = hall.series()
    ana, ben = hall.enrolled(series, 2)
    meeting = hall.meeting(series)
    one, other = by(hall.leader), by(hall.colleague())
    seen = {f"s_{ana.pk}": "", f"s_{ben.pk}": ""}
    sent(one, "attendance", meeting.pk, **seen, **{f"p_{ana.pk}": "present"})
    # The second phone shows the page of before: it says nothing of the first person, and does not take it back.
    sent(other, "attendance", meeting.pk, **seen, **{f"p_{ben.pk}": "late"})
    states = dict(Presence.objects.values_list("person", "state"))
    assert states == {ana.pk: "present", ben.pk: "late"}


def test_what_is_wrong_comes_back_as_it_was_typed(hall: Hall) -> None:
    series = hall.series(list_kind="open")
    [ana] = hall.enrolled(series, 1)
    meeting, coming = hall.meetings(series, 0, -2)
    client = by(hall.leader)
    mark = {f"p_{ana.pk}": "late", f"s_{ana.pk}": ""}
    page = sent(client, "attendance", meeting.pk, **mark, counted="mulți")
    assert page.status_code == 422 and 'value="mulți"' in page.content.decode()
    assert sent(client, "attendance", meeting.pk, **mark, add="1", walk_in="").status_code == 422
    page = sent(client, "attendance", coming.pk, **mark)
    assert page.status_code == 422 and f"{coming.day:%d.%m.%Y}" in page.content.decode()
    assert not Presence.objects.exists()
    note = {"note": "A plâns Ileana."}
    assert sent(client, "meeting_deed", meeting.pk, "nota", **note).status_code == 422


def test_a_walk_in_becomes_a_person_only_when_asked(hall: Hall) -> None:
    series = hall.series(list_kind="open")
    meeting = hall.meeting(series)
    client = by(hall.leader)
    likely = PersonFactory(keeper=hall.house, family_name="Vecina", given_name="Doina")
    sent(client, "attendance", meeting.pk, walk_in="Vecina Doina")
    presence = Presence.objects.get()
    people = Person.objects.count()
    page = client.get(reverse("walk_in", args=[presence.pk]))
    assert str(likely) in page.content.decode() and Person.objects.count() == people
    named = {"family_name": "Vecina", "given_name": "Doina"}
    assert sent(client, "walk_in", presence.pk, **named).status_code == 422
    assert sent(client, "walk_in", presence.pk, **named, decision="different").status_code == 302
    assert Person.objects.count() == people + 1
    presence.refresh_from_db()
    assert presence.person is not None and presence.person != likely


def test_the_register_of_a_day_centre(hall: Hall) -> None:
    series = hall.series("day_centre", title="Centrul de zi", service=ServiceFactory(provider=hall.house))
    [child] = hall.enrolled(series, 1)
    meeting = hall.meeting(series)
    client = by(hall.leader)
    for deed in ("ziua", "predare"):
        assert client.get(reverse("child_deed", args=[meeting.pk, deed, child.pk])).status_code == 200
    day = {"arrived": "08:05", "meals": ["lunch"], "spoke_how": "face", "spoke_with": "mama", "spoke_of": "x"}
    assert sent(client, "child_deed", meeting.pk, "ziua", child.pk, **day).status_code == 302
    way = {"at": "12:10", "handed_by": "educatoarea", "handed_to": "învățătoarea"}
    assert sent(client, "child_deed", meeting.pk, "predare", child.pk, **way).status_code == 302
    assert (
        "educatoarea"
        in client.get(reverse("child_deed", args=[meeting.pk, "predare", child.pk])).content.decode()
    )
    assert str(child) in client.get(reverse("group_month", args=[series.pk])).content.decode()
    assert client.get(reverse("group_month", args=[series.pk]), {"luna": "2026-31"}).status_code == 200
    assert client.get(reverse("group_figures")).status_code == 200


def test_staff_pages(hall: Hall) -> None:
    coordinator = hall.colleague(Role.COORDINATOR)
    supervision = hall.series("supervision", title="Supervizare")
    meeting = hall.meeting(supervision)
    client = by(hall.leader)
    sent(client, "attendance", meeting.pk, **{f"p_{hall.leader.pk}": "present", f"s_{hall.leader.pk}": ""})
    sent(client, "meeting_deed", meeting.pk, "nota", length="120", note="Despre limite.")
    assert "2 ore" in by(coordinator).get(reverse("supervision_hours")).content.decode()
    course = hall.series("training", title="Curs", places=3, cost=123_450)
    sent(client, "group_deed", course.pk, "loc", name="Radu Voluntar", category="volunteers")
    hall.meeting(course)
    assert "voluntari" in client.get(reverse("group_figures")).content.decode()
    page = client.get(reverse("group", args=[course.pk])).content.decode()
    assert "Radu Voluntar" in page and "1234,50" in page
    said = {"organization": hall.house.pk, "kind": "student", "name": "Ana Studentă"}
    said |= {"supervisor": hall.leader.pk, "start": hall.today}
    made = sent(client, "placement_new", **said)
    assert made.status_code == 302
    day = {"day": hall.today, "minutes": 120, "activity": "Vizite"}
    assert client.post(made["Location"] + "zi/", day).status_code == 302
    assert client.post(made["Location"] + "evaluare/", {"evaluation": "Bine"}).status_code == 302
    assert "Bine" in client.get(made["Location"]).content.decode()
    newsletter = hall.series("newsletter", title="Buletin")
    assert client.get(reverse("group_deed", args=[newsletter.pk, "abonat"])).status_code == 200
    assert client.get(reverse("group_deed", args=[newsletter.pk, "loc"])).status_code == 404
    reader = {"organization": OrganizationFactory(), "duty": "other", "name": "Dan Cititor"}
    contact = Contact.objects.create(keeper=hall.house, start=hall.today, **reader)
    sent(client, "group_deed", newsletter.pk, "abonat", contact=contact.pk, agreed_on=hall.today)
    [listed] = newsletter.subscriptions.current()
    sent(client, "group_deed", newsletter.pk, "dezabonat", subscription=listed.pk)
    assert not newsletter.subscriptions.current().exists()


def test_what_was_seen_is_read_by_who_answers_for_the_case(hall: Hall) -> None:
    series = hall.series("nonformal", title="Atelier")
    home = HouseholdFactory(keeper=hall.house)
    child = family(34, 8, household=home)[1]
    Enrolment.objects.create(series=series, person=child, start=series.start, by=hall.leader)
    meeting = hall.meeting(series)
    told = sent(by(hall.leader), "meeting_deed", meeting.pk, "semnaleaza", person=child.pk, words="E tăcut.")
    assert told.status_code == 302
    seen = Observation.objects.get()
    page = reverse("observation", args=[seen.pk])
    assert by(hall.leader).get(page).status_code == 404
    coordinator = by(hall.colleague(Role.COORDINATOR))
    assert "E tăcut." in coordinator.get(page).content.decode()
    assert coordinator.post(page).status_code == 302
    assert coordinator.post(page).status_code == 409


def test_since_a_seal_every_page_is_as_if_the_person_had_not_come() -> None:
    place = Sealed()
    leader = by(again(place.leader))
    pages = [
        reverse("groups"),
        reverse("group", args=[place.group.pk]),
        reverse("group_figures"),
        reverse("attendance", args=[place.after.pk]),
        reverse("person", args=[place.mother.pk]),
        reverse("timeline", args=["persoane", place.mother.pk]),
    ]
    take_attendance(by=again(place.worker), meeting=place.after, marks={place.other.pk: "late"})
    before = [answered(leader, page) for page in pages]
    take_attendance(by=again(place.worker), meeting=place.after, marks={place.mother.pk: "present"})
    for page, was in zip(pages, before, strict=True):
        assert answered(leader, page) == was, page


def test_the_list_asks_no_more_where_there_is_more_to_show(hall: Hall) -> None:
    client = by(hall.leader)
    asked = []
    for _turn in range(2):
        for _number in range(3):
            series = hall.series()
            people = hall.enrolled(series, 2)
            take_attendance(
                by=hall.leader, meeting=hall.meeting(series), marks={one.pk: "present" for one in people}
            )
        shapes, page = queries_of(client.get, reverse("groups"))
        assert page.status_code == 200
        asked.append(shapes)
    assert asked[0] == asked[1]
