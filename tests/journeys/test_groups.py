"""A leader takes the attendance of twelve meetings on a telephone, three of them without a signal; a walk-in becomes a
person only when asked."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.gatherings.actions.series import create_series, enrol, plan_meetings
from punte.gatherings.models import Meeting, Presence
from punte.people.models import Person
from tests.factories import OrganizationFactory, PersonFactory, worker
from tests.journeys.browser import NARROW, WIDE, fits_a_telephone, go_by, sign_in_as, sound
from tests.journeys.teren_walk import Teren

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_twelve_meetings_and_a_walk_in(new_context: Any, live_server: object) -> None:
    house = OrganizationFactory(name="Primăria Comunei Valea Lungă")
    leader = worker(Role.SOCIAL_WORKER, organization=house, name="Ioana Lungu")
    today = timezone.localdate()
    first = today - dt.timedelta(weeks=11)
    series = create_series(
        by=leader,
        keeper=house,
        kind="parents_school",
        title="Școala părinților",
        start=first,
        list_kind="open",
    )
    people = [
        PersonFactory(keeper=house, family_name=name, given_name="Ileana")
        for name in ("Albu", "Barbu", "Cozma", "Dinu", "Ene", "Florea", "Goga", "Hancu", "Ilie", "Jitaru")
    ]
    enrol(by=leader, series=series, people=people, start=first)
    meetings = plan_meetings(
        by=leader, series=series, days=[first + dt.timedelta(weeks=week) for week in range(12)]
    )
    context = new_context()
    sign_in_as(context, str(live_server), leader)
    page = context.new_page()
    page.set_viewport_size(NARROW)
    for at, meeting in enumerate(meetings[:-4]):
        page.goto(str(live_server) + reverse("attendance", args=[meeting.pk]))
        if at == 0:
            sound(page)
            fits_a_telephone(page)
            _tap_each(page, people)
        else:
            # One tap for all; who is excused was tapped before it and stays so.
            _mark(page, people[at % len(people)], "motivat")
            go_by(page, page.get_by_role("button", name="Toți prezenți"))
    before = Person.objects.count()
    _without_a_signal(new_context(), str(live_server), leader, [*enumerate(meetings)][-4:-1], people)
    page.goto(str(live_server) + reverse("attendance", args=[meetings[-1].pk]))
    _mark(page, people[11 % len(people)], "motivat")
    go_by(page, page.get_by_role("button", name="Toți prezenți"))
    assert Person.objects.count() == before
    page.goto(str(live_server) + reverse("attendance", args=[meetings[-2].pk]))
    _whole(page, str(live_server), series.pk, before)


def _mark(page: Page, person: Person, state: str) -> None:
    page.get_by_role("group", name=str(person)).get_by_role("radio", name=state, exact=True).check()


def _tap_each(page: Page, people: list[Person]) -> None:
    for person in people:
        _mark(page, person, "prezent")
    _mark(page, people[0], "absent")
    go_by(page, page.get_by_role("button", name="Salvează prezența"))


def _without_a_signal(
    context: BrowserContext, server: str, leader: User, three: list[tuple[int, Meeting]], people: list[Person]
) -> None:
    """The lists are taken along; everything is tapped without a signal, and is there after the next exchange."""
    context.watch.allow("ERR_INTERNET_DISCONNECTED", "401")  # type: ignore[attr-defined]
    teren = Teren(context.new_page(), server)
    teren.install(context, leader, name="Telefonul conducătoarei")
    context.set_offline(True)
    page = teren.page
    page.set_viewport_size(NARROW)
    page.locator(".t-row", has_text="Grupuri").click()
    teren.title("Grupuri")
    for at, meeting in three:
        teren.go(f"grup/{meeting.pk}")
        _mark(page, people[at % len(people)], "motivat")
        page.get_by_role("button", name="Toți prezenți").click()
        expect(page.get_by_role("status").filter(has_text="prezenți")).to_contain_text("9 prezenți")
    page.get_by_label("A mai venit cineva").fill("Vlad Oana")
    page.get_by_role("button", name="Adaugă numele").click()
    expect(page.get_by_role("main")).to_contain_text("10 prezenți")
    teren.sound()
    assert not Presence.objects.filter(meeting__in=[meeting for _at, meeting in three]).exists()
    context.set_offline(False)
    teren.sync()
    assert Presence.objects.filter(meeting__in=[meeting for _at, meeting in three]).count() == 31


def _whole(page: Page, server: str, series: Any, before: int) -> None:
    """Nine of ten in each of twelve meetings, and one who walked in: 109 of 12 are 9.1; eleven people."""
    go_by(page, re.compile("Spuneți cine este"))
    page.get_by_label("Altcineva: fă o fișă nouă").check()
    go_by(page, page.get_by_role("button", name="Salvează", exact=True))
    assert Person.objects.count() == before + 1
    page.set_viewport_size(WIDE)
    page.goto(server + reverse("group", args=[series]))
    figures = page.locator("dl.figures")
    for said in ("12 din 12", "109", "11", "9,1"):
        expect(figures).to_contain_text(said)
    sound(page)
