"""A day with two visits: planned, seen in order, on the map and in the week, moved, noted; and carried along."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from punte.cases.actions import open_case
from punte.cases.enums import VisitStatus
from punte.cases.models import CalendarFeed, Visit
from tests.factories import HouseholdFactory, TeamFactory, family, worker
from tests.journeys.browser import fits_a_telephone, go_by, sign_in_as, sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_day_of_visits(
    page: Page, context: BrowserContext, live_server: object, transactional_db: None
) -> None:
    ana = worker(team=TeamFactory(), name="Ana Exemplu")
    keeper = ana.appointments.get().organization
    for name, latitude in (("Albu", 46.77), ("Dinu", None)):
        home = HouseholdFactory(keeper=keeper, name=name, latitude=latitude, longitude=latitude and 23.6)
        family(34, 6, household=home)
        open_case(by=ana, household=home, regime="standard", reason="Cerere")
    sign_in_as(context, str(live_server), ana)

    page.goto(f"{live_server}/ziua-mea/")
    plan(page, "Dinu", "09:30")
    plan(page, "Albu", "11:00")
    whole = page.get_by_role("main")
    expect(whole.get_by_role("link", name="Vizită la gospodăria").first).to_contain_text("Dinu")
    fits_a_telephone(page)
    look_at_the_calendars(page)
    move(page)
    note(page)
    carry_along(page)


def plan(page: Page, name: str, hour: str) -> None:
    """One press and the form."""
    go_by(page, "Programează o vizită")
    sound(page)
    option = page.get_by_label("Familia").locator("option", has_text=name).get_attribute("value")
    page.get_by_label("Familia").select_option(option)
    page.get_by_label("Ziua").fill(timezone.localdate().isoformat())
    page.get_by_label("Ora").fill(hour)
    go_by(page, page.get_by_role("button", name="Programează vizita"))


def look_at_the_calendars(page: Page) -> None:
    """The round: numbers in the list and on the map alike; what has no point says so. The week and the month."""
    go_by(page, "Pe hartă")
    first, second = page.locator(".stops > li").all()
    expect(first).to_contain_text("nu are un punct")
    expect(second.locator(".stop")).to_have_text("2")
    pin = page.locator(".map").get_by_role("link", name="2. Vizită la gospodăria Albu")
    expect(pin).to_be_visible()
    pin.click()
    expect(second.get_by_role("link", name="Albu").first).to_be_focused()
    sound(page)
    for name in ("Săptămâna", "Luna"):
        go_by(page, page.get_by_role("link", name=name, exact=True))
        expect(page.get_by_role("main")).to_contain_text("9:30")
        sound(page)
        go_by(page, "După")
        go_by(page, "Înainte")
        expect(page.get_by_role("main")).to_contain_text("11:00")


def move(page: Page) -> None:
    """From the case, with the visit that is there."""
    go_by(page, page.get_by_role("main").get_by_role("link", name="Vizită la gospodăria Albu").first)
    sound(page)
    go_by(page, page.get_by_role("link", name="Mută"))
    page.get_by_label("Ora").fill("00:05")
    go_by(page, page.get_by_role("button", name="Mută vizita"))
    assert Visit.objects.planned().get(case__household__name="Albu").hour == dt.time(0, 5)


def note(page: Page) -> None:
    """What was done is noted in the form that knows what was planned; the visit is then held."""
    go_by(page, page.get_by_role("link", name=re.compile("^Notează ?: Albu")))
    expect(page.get_by_role("radio", name="Vizită la domiciliu")).to_be_checked()
    go_by(page, page.get_by_role("button", name="Notează intervenția"))
    expect(page.get_by_role("main")).to_contain_text("Intervenția s-a notat.")
    assert Visit.objects.filter(case__household__name="Albu", status=VisitStatus.HELD).exists()


def carry_along(page: Page) -> None:
    """The secret address is shown once."""
    page.goto(page.url.split("/cazuri/")[0] + "/cont/calendar/")
    page.get_by_role("button", name="Fă adresa").click()
    expect(page.get_by_label("Adresa calendarului")).to_have_value(re.compile(r"/calendar/[\w-]{43}\.ics$"))
    sound(page)
    assert CalendarFeed.objects.count() == 1
