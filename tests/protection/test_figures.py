"""A centre child by child, hospitals by year, and the life book of what a child agreed to keep."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.documents.life_book import pages_kept
from punte.protection.closing import closing_of
from punte.registers.actions import add_entry
from punte.registers.figures import Shown, page_of
from tests.factories import worker as worker_as
from tests.protection.house import DAY, Town
from tests.protection.scene import protected

pytestmark = pytest.mark.django_db


def part(user: User, key: str) -> Shown:
    return next(one for one in page_of(user, "protection", timezone.localdate()) if one.part.key == key)


def test_a_centre_shows_first_who_has_no_plan_to_leave(client: Client) -> None:
    town = Town()
    case, [_parent, first, second] = town.home(35, 6, 9)
    rows = protected(case, first, by=town.worker)
    today = timezone.localdate()
    given = {"kind": "placement_residential", "decided_by": "court", "place": rows["centre"]}
    said = {"by": town.worker, "start": today - 30 * DAY, "confirmed": True}
    add_entry(register="protection_measure", subject=second, given=given, **said)
    plan = {"way": "reintegration", "by_when": today - DAY}
    add_entry(register="leaving_centre", subject=first, given=plan, **said)
    closing = closing_of(town.worker, rows["centre"], today)
    assert [(one.child, one.plan is not None, one.late) for one in closing.children] == [
        (second, False, False),
        (first, True, True),
    ]
    assert closing_of(worker_as(Role.CASE_MANAGER), rows["centre"], today).children == []
    client.force_login(town.worker)
    assert client.get(reverse("centre_closing", args=[rows["centre"].pk])).status_code == 200


def test_children_left_in_hospitals_are_counted_by_year_and_by_what_became_of_them() -> None:
    town = Town()
    today = timezone.localdate()
    for year, destination in ((today.year, ""), (today.year - 1, "foster"), (today.year - 1, "foster")):
        _case, [_mother, child] = town.home(20, 5)
        start = dt.date(year, 1, 1)
        entry = add_entry(by=town.worker, register="hospital_child", subject=child, start=start, given={})
        if destination:
            town.move(entry, "out", destination=destination)
    told = {row.called: row.numbers for row in part(town.worker, "hospitals").rows}
    assert told == {"la asistent maternal": [0, 0, 0, 2, 0], "în spital": [0, 0, 0, 0, 1]}


def test_two_hearings_in_one_room_at_one_hour_are_told(client: Client) -> None:
    town = Town()
    today = timezone.localdate()
    for days, hour, room in (
        (2, "10:00", "Camera AUDIS"),
        (2, "10:00", "camera audis"),
        (2, "9:00", "Camera AUDIS"),
    ):
        _case, [_mother, child] = town.home(30, 9)
        given = {"hour": hour, "room": room, "asked_by": "court"}
        add_entry(
            by=town.worker, register="child_hearing", subject=child, start=today + days * DAY, given=given
        )
    told = [(row.said, bool(row.warning)) for row in part(town.worker, "hearings").rows]
    assert [("ora 9:00" in said, warned) for said, warned in told] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    client.force_login(town.worker)
    assert "două audieri" in client.get(reverse("protection")).content.decode()


def test_the_life_book_has_only_what_the_child_keeps(client: Client) -> None:
    town = Town()
    _case, [_parent, child] = town.home(35, 15)
    for heading, state in (("Școala", "kept"), ("Mutarea", "offered")):
        page = {"kind": "school", "heading": heading, "words": "Cuvintele mele."}
        add_entry(
            by=town.worker,
            register="life_page",
            subject=child,
            start=timezone.localdate(),
            state=state,
            given=page,
        )
    assert [page.heading for page in pages_kept(town.worker, child)] == ["Școala"]
    client.force_login(town.worker)
    book = client.get(reverse("life_book", args=[child.pk]))
    assert book.status_code == 200 and book.content.startswith(b"%PDF")
    client.force_login(worker_as(Role.CASE_MANAGER))
    assert client.get(reverse("life_book", args=[child.pk])).status_code == 404
