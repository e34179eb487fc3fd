"""Visits as they are seen: in the day, the week, the month and the team's week, on the map and in a calendar."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from icalendar import Calendar

from punte.accounts.enums import Compartment
from punte.cases.actions import plan_visit, seal_case
from punte.cases.enums import VisitStatus
from punte.cases.models import CalendarFeed, Intervention, Visit
from tests.cases.conftest import Town, make_town
from tests.factories import HouseholdFactory
from tests.www.office.cases.conftest import SignIn, text_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
FORM = {"day": "", "hour": "11:00", "minutes": "45", "purpose": "Acte", "compartment": "general"}


def planned(town: Town, **fields: Any) -> Visit:
    about = {
        "by": town.worker,
        "day": TODAY(),
        "hour": dt.time(11),
        "purpose": "Acte pentru școală",
        **fields,
    }
    return plan_visit(**about)


def home(town: Town, name: str, **fields: Any) -> Any:
    return HouseholdFactory(keeper=town.organization, name=name, locality="Valea Mică", **fields)


def whole(page: str) -> str:
    """A page without what differs each time it is shown."""
    return re.sub(r'value="[^"]*"', "", page)


def test_the_day_has_the_visits_in_the_order_of_their_hours(town: Town, sign_in: SignIn) -> None:
    planned(town, household=home(town, "Dinu"), hour=dt.time(14, 30))
    planned(town, household=home(town, "Albu"), hour=None)
    planned(town, household=home(town, "Crișan"), hour=dt.time(9))
    said = text_of(sign_in(town.worker).get(reverse("my_day")))
    places = [said.index(f"Vizită la gospodăria {name}") for name in ("Crișan", "Dinu", "Albu")]
    assert places == sorted(places)
    assert ", 9:00" in said and ", 14:30" in said and "Valea Mică" in said


def test_a_visit_is_planned_from_the_day_in_one_step_and_a_form(town: Town, sign_in: SignIn) -> None:
    case, browser = town.case(), sign_in(town.worker)
    assert reverse("visit_new") in text_of(browser.get(reverse("my_day")))
    form = {**FORM, "day": TODAY().isoformat(), "case": str(case.pk)}
    answer = browser.post(reverse("visit_new"), form)
    assert answer.status_code == 302 and answer["Location"] == reverse("my_day")
    visit = Visit.objects.get()
    assert (visit.case, visit.who, visit.hour, visit.minutes) == (case, town.worker, dt.time(11), 45)


def test_a_nurse_plans_a_visit_to_a_family_of_her_team(town: Town, sign_in: SignIn) -> None:
    case, other = town.case(team=town.team), make_town().case()
    page = sign_in(town.nurse).get(reverse("visit_new"))
    offered = {str(value) for value, _label in page.context["form"].fields["case"].choices}
    assert str(case.pk) in offered and str(other.pk) not in offered


def test_what_is_wrong_is_given_back_with_all_that_was_typed(town: Town, sign_in: SignIn) -> None:
    case, browser = town.case(), sign_in(town.worker)
    form = {**FORM, "day": (TODAY() - dt.timedelta(days=1)).isoformat(), "who": str(town.worker.pk)}
    answer = browser.post(reverse("case_visit", args=[case.pk]), form)
    assert answer.status_code == 422 and "Ziua aceasta a trecut." in text_of(answer)
    assert 'value="11:00"' in text_of(answer) and not Visit.objects.exists()
    stranger = {**form, "day": TODAY().isoformat(), "who": str(town.other_team.pk)}
    assert browser.post(reverse("case_visit", args=[case.pk]), stranger).status_code == 422


def test_a_visit_is_planned_from_the_case_and_moved_and_missed_there(town: Town, sign_in: SignIn) -> None:
    case, browser = town.case(), sign_in(town.worker)
    place = reverse("case_visit", args=[case.pk])
    assert escape(place) in text_of(browser.get(reverse("case", args=[case.pk])))
    form = {**FORM, "day": TODAY().isoformat(), "who": str(town.nurse.pk)}
    assert browser.post(place, form).status_code == 302
    visit = Visit.objects.get()
    page = text_of(browser.get(reverse("case", args=[case.pk])))
    assert str(town.nurse) in page and reverse("visit_move", args=[visit.pk]) in page
    moved = {
        "day": TODAY().isoformat(),
        "hour": "15:00",
        "minutes": "45",
        "who": str(town.nurse.pk),
        "reason": "",
    }
    assert browser.post(reverse("visit_move", args=[visit.pk]), moved).status_code == 302
    later = Visit.objects.planned().get()
    assert later.hour == dt.time(15)
    missed = reverse("visit_missed", args=[later.pk])
    assert browser.post(missed, {"reason": ""}).status_code == 422
    assert browser.post(missed, {"reason": "Drum închis"}).status_code == 302
    assert "Vizite programate" not in text_of(browser.get(reverse("case", args=[case.pk])))
    assert browser.post(missed, {"reason": "Drum închis"}).status_code == 422


def test_the_form_of_what_was_done_knows_what_was_planned(town: Town, sign_in: SignIn) -> None:
    case, browser = town.case(), sign_in(town.worker)
    visit = planned(town, case=case, minutes=45, compartment=Compartment.HEALTH)
    day = TODAY() - dt.timedelta(days=1)
    Visit.objects.filter(pk=visit.pk).update(day=day)
    place = f"{reverse('case_interventions', args=[case.pk])}?visit={visit.pk}&back=my_day"
    assert escape(place) in text_of(browser.get(reverse("my_day")))
    form = browser.get(place).context["form"]
    at = form["at"].value()
    assert (form["mode"].value(), form["minutes"].value(), form["compartment"].value()) == (
        "home_visit",
        45,
        Compartment.HEALTH,
    )
    assert at == dt.datetime.combine(day, dt.time(11))
    said = {
        "mode": "home_visit",
        "at": f"{TODAY():%Y-%m-%d}T00:00",
        "compartment": "health",
        "met_family": "on",
    }
    assert browser.post(place, {**said, "visit": str(visit.pk)})["Location"] == reverse("my_day")
    visit.refresh_from_db()
    assert visit.status == VisitStatus.HELD and visit.intervention == Intervention.objects.get()


@pytest.mark.parametrize("asked", ["", "no-identifier", "018f0000-0000-7000-8000-000000000000"])
def test_a_visit_that_is_not_there_changes_no_form(town: Town, sign_in: SignIn, asked: str) -> None:
    place = reverse("case_interventions", args=[town.case().pk])
    assert sign_in(town.worker).get(f"{place}?visit={asked}").context["visit"] is None


def test_before_there_is_a_case_a_visit_is_said_to_have_taken_place(town: Town, sign_in: SignIn) -> None:
    browser, place = sign_in(town.worker), reverse("household", args=[town.household.pk])
    assert reverse("household_visit", args=[town.household.pk]) in text_of(browser.get(place))
    visit = planned(town, household=town.household)
    assert reverse("visit_held", args=[visit.pk]) in text_of(browser.get(place))
    assert browser.post(reverse("visit_held", args=[visit.pk])).status_code == 302
    visit.refresh_from_db()
    assert visit.status == VisitStatus.HELD
    town.case()
    assert reverse("household_visit", args=[town.household.pk]) not in text_of(browser.get(place))


@pytest.mark.parametrize("name", ["visits_week", "visits_month"])
def test_a_week_and_a_month_have_visits_and_terms_and_turn(town: Town, sign_in: SignIn, name: str) -> None:
    case = town.case()
    case.deadlines.update(due_on=TODAY())
    planned(town, household=home(town, "Dinu"))
    browser = sign_in(town.worker)
    page = browser.get(reverse(name))
    assert "Vizită la gospodăria Dinu" in text_of(page) and reverse("case", args=[case.pk]) in text_of(page)
    there = next(one for one in page.context["days"] if "today" in one.kind)
    assert len(there.visits) == 1 and there.lines
    later = browser.get(page.context["after"])
    assert all(one.day != TODAY() or not one.within for one in later.context["days"])
    back = browser.get(later.context["before"])
    assert [one.day for one in back.context["days"]] == [one.day for one in page.context["days"]]


@pytest.mark.parametrize("asked", ["2026-13-40", "0001-01-01", "9999-12-31", "azi", ""])
def test_a_day_that_nobody_means_is_today(town: Town, sign_in: SignIn, asked: str) -> None:
    for name in ("visits_week", "visits_month", "visits_round"):
        page = sign_in(town.worker).get(f"{reverse(name)}?day={asked}")
        assert page.status_code == 200
        days = page.context.get("days")
        assert page.context["day"] == TODAY() if days is None else any("today" in one.kind for one in days)


def test_the_weeks_in_which_the_clocks_change_have_seven_days(town: Town, sign_in: SignIn) -> None:
    for day in ("2026-03-29", "2026-10-25"):
        days = sign_in(town.worker).get(f"{reverse('visits_week')}?day={day}").context["days"]
        assert [one.day.weekday() for one in days] == [*range(7)]
        assert str(days[-1].day) == day


def test_a_long_day_of_a_month_says_how_many_more_there_are(town: Town, sign_in: SignIn) -> None:
    for hour in range(9, 15):
        planned(town, household=home(town, f"Familia {hour}"), hour=dt.time(hour))
    said = text_of(sign_in(town.worker).get(reverse("visits_month")))
    assert "Familia 12" in said and "Familia 13" not in said and "și încă 2" in said


def test_who_coordinates_sees_the_week_of_the_team_without_what_is_sealed(
    town: Town, sign_in: SignIn
) -> None:
    case, browser = town.case(), sign_in(town.coordinator)
    planned(town, household=home(town, "Dinu"), by=town.colleague)
    before = whole(text_of(browser.get(reverse("team_week"))))
    assert "Vizită la gospodăria Dinu" in before and str(town.colleague) in before
    planned(town, case=case, purpose="Zid de protecție")
    assert town.household.name in text_of(browser.get(reverse("team_week")))
    case = seal_case(by=town.worker, case=case, reason="Pericol")
    after = browser.get(reverse("team_week"))
    assert whole(text_of(after)) == before and "ETag" not in after
    assert sign_in(town.worker).get(reverse("team_week")).status_code == 403


def test_of_what_is_sealed_or_of_violence_a_day_says_hour_and_number_alone(
    town: Town, sign_in: SignIn
) -> None:
    case = town.case()
    planned(town, case=case, purpose="Ordin de protecție", compartment=Compartment.VIOLENCE)
    browser = sign_in(town.worker)
    for name in ("my_day", "visits_week", "visits_month", "visits_round"):
        said = text_of(browser.get(reverse(name)))
        assert f"Vizită, cazul {case}" in said and "Ordin de protecție" not in said
    assert "Ordin de protecție" in text_of(browser.get(reverse("case", args=[case.pk])))


def test_the_round_is_numbered_alike_in_the_list_and_on_the_map(
    town: Town, sign_in: SignIn, settings: Any
) -> None:
    known = home(town, "Crișan", address="Str. Morii 4", latitude=46.7, longitude=23.6)
    without = home(town, "Albu", address="Str. Gării 9")
    sealed = town.case()
    planned(town, household=known, hour=dt.time(13))
    planned(town, household=without, hour=dt.time(10))
    planned(town, case=sealed, hour=dt.time(8))
    town.household.address, town.household.latitude, town.household.longitude = "Str. Ascunsă 1", 46.1, 23.1
    town.household.save()
    seal_case(by=town.worker, case=sealed, reason="Pericol")
    browser = sign_in(town.worker)
    drawn = browser.get(reverse("visits_round"))
    assert [(sign.text, sign.caption, sign.href) for sign in drawn.context["map"].wide.signs] == [
        ("3", "3. Vizită la gospodăria Crișan", "#v3")
    ]
    assert drawn.context["map_data"] is None and "map.js" not in text_of(drawn)
    settings.TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
    page = browser.get(reverse("visits_round"))
    said = text_of(page)
    names = [stop.row.whose for stop in page.context["stops"]]
    assert names == [f"cazul {sealed}", "Albu", "Crișan"]
    assert page.context["map_data"]["points"] == [
        {"n": 3, "name": "Vizită la gospodăria Crișan", "at": [46.7, 23.6]}
    ]
    data = json.loads(re.search(r'id="map-data"[^>]*>(.*?)</script>', said, re.DOTALL)[1])  # type: ignore[index]
    assert data["points"][0]["n"] == 3 and 'id="s3"' in said
    assert "nu are un punct" in said and "Adresa nu se arată aici" in said and "Str. Morii 4" in said
    for hidden in ("Str. Ascunsă 1", "46.1", town.household.name):
        assert hidden not in said


def test_a_round_without_points_has_no_map_and_one_without_visits_says_so(
    town: Town, sign_in: SignIn
) -> None:
    browser = sign_in(town.worker)
    assert "Nicio vizită nu este programată" in text_of(browser.get(reverse("visits_round")))
    planned(town, household=home(town, "Albu"))
    assert '<figure class="map">' not in text_of(browser.get(reverse("visits_round")))


def secret_of(page: Any) -> str:
    found = re.search(r'value="(http[^"]*\.ics)"', text_of(page))
    assert found
    return found[1]


def test_a_calendar_reads_by_a_secret_address_that_is_shown_once(town: Town, sign_in: SignIn) -> None:
    case, browser, stranger = town.case(), sign_in(town.worker), Client()
    planned(town, case=case)
    place = reverse("own_calendar")
    assert escape(place) in text_of(browser.get(reverse("account")))
    address = secret_of(browser.post(place))
    assert address not in text_of(browser.get(place))
    assert address.rpartition("/")[2].removesuffix(".ics") not in str(
        CalendarFeed.objects.values_list().get()
    )
    answer = stranger.get(address)
    assert answer["Content-Type"].startswith("text/calendar") and "no-store" in answer["Cache-Control"]
    assert "ETag" not in answer and "Last-Modified" not in answer
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"Vizită, cazul {case}"
    assert stranger.post(address).status_code == 405
    another = secret_of(browser.post(place))
    assert (stranger.get(address).status_code, stranger.get(another).status_code) == (404, 200)
    browser.post(reverse("own_calendar_revoke"))
    assert stranger.get(another).status_code == 404


def test_the_secret_address_is_dead_with_the_account_and_without_work_it_tells_nothing(
    town: Town, sign_in: SignIn
) -> None:
    case, stranger = town.case(), Client()
    address = secret_of(sign_in(town.worker).post(reverse("own_calendar")))
    empty = stranger.get(address)
    planned(town, case=case)
    assert len(stranger.get(address).content) > len(empty.content)
    case = seal_case(by=town.worker, case=case, reason="Pericol")
    assert stranger.get(address).content == empty.content
    assert stranger.head(address).headers.get("Content-Length") == empty.headers.get("Content-Length")
    planned(town, household=home(town, "Dinu"))
    town.worker.appointments.update(end=TODAY())
    assert stranger.get(address).content == empty.content
    town.worker.is_active = False
    town.worker.save()
    assert stranger.get(address).status_code == 404


def test_what_the_calendars_ask_the_database(town: Town, sign_in: SignIn, pinned: Callable[..., Any]) -> None:
    case = town.case()
    for hour in range(9, 14):
        planned(town, case=case, hour=dt.time(hour))
        planned(town, household=home(town, f"Familia {hour}"), hour=dt.time(hour, 30))
    browser = sign_in(town.worker)
    page = pinned(browser.get, reverse("visits_week"))
    assert sum(len(one.visits) for one in page.context["days"]) == 10


def test_what_the_round_asks_the_database(town: Town, sign_in: SignIn, pinned: Callable[..., Any]) -> None:
    for hour in range(9, 14):
        planned(town, household=home(town, f"Familia {hour}", latitude=46.0, longitude=23.0))
    assert len(pinned(sign_in(town.worker).get, reverse("visits_round")).context["stops"]) == 5


def test_what_a_calendar_asks_the_database(town: Town, pinned: Callable[..., Any]) -> None:
    case = town.case()
    for hour in range(9, 14):
        planned(town, case=case, hour=dt.time(hour))
    CalendarFeed.objects.create(user=town.worker, digest=CalendarFeed.digest_of("secret"))
    answer = pinned(Client().get, reverse("calendar_file", args=["secret"]))
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 5
