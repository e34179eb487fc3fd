"""Whatever happens to the page, the session, the network or the draft, no answer is lost."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from punte.accounts.models import User
from punte.assessments.models import Assessment, AssessmentDraft
from punte.people.models import Household
from tests.factories import HouseholdFactory, PersonFactory, TeamFactory, family, invented_cnp, worker
from tests.journeys.browser import PASSWORD, axe, fits, sign_in_as, sound, with_password
from tests.journeys.questionnaire import Questionnaire

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

ROOMS = "Număr de camere"
INCOME = "Venit net lunar"
DRAFT_DOOR = re.compile(r"/evaluari/ciorne/[0-9a-f-]+/$")


@pytest.fixture
def user(transactional_db: None) -> User:
    return with_password(worker(team=TeamFactory(), name="Ana Țărălungă", email="ana@exemplu.ro"))


@pytest.fixture
def household(user: User) -> Household:
    organization = user.appointments.get().organization
    home = HouseholdFactory(keeper=organization, uat=organization.uat)
    family(34, 9, household=home)
    return home


@pytest.fixture
def address(live_server: object, household: Household) -> str:
    return f"{live_server}/gospodarii/{household.pk}/evaluare/"


@pytest.fixture
def asked(
    context: BrowserContext, page: Page, live_server: object, user: User, address: str
) -> Questionnaire:
    """A questionnaire just begun, at the section of the home."""
    sign_in_as(context, str(live_server), user)
    page.goto(address)
    page.get_by_role("button", name="Începe evaluarea").click()
    begun = Questionnaire(page)
    begun.ready()
    begun.on("Locuința")
    return begun


def kept() -> str:
    """The answers as the server has them."""
    return AssessmentDraft.objects.get().instance


def test_reload_keeps_the_answers_and_the_place(asked: Questionnaire) -> None:
    asked.choose("Apă", "În curte")
    asked.write(ROOMS, "3")
    asked.page.reload()
    asked.ready()
    expect(asked.page.get_by_role("heading", level=2, name="Locuința")).to_be_visible()
    expect(asked.page.get_by_label(ROOMS)).to_have_value("3")
    expect(asked.page.get_by_label("În curte")).to_be_checked()


def test_a_crash_is_taken_up_again_in_another_browser(
    asked: Questionnaire,
    new_context: Callable[..., BrowserContext],
    live_server: object,
    user: User,
    address: str,
) -> None:
    asked.write(ROOMS, "4")
    asked.saved()
    asked.page.context.close()
    elsewhere = new_context()
    sign_in_as(elsewhere, str(live_server), user)
    again = Questionnaire(elsewhere.new_page())
    again.page.goto(f"{live_server}/")
    again.page.get_by_role("link", name=re.compile("^Continuă")).click()
    again.ready()
    again.on("Locuința")
    expect(again.page.get_by_label(ROOMS)).to_have_value("4")


def test_answers_given_after_the_session_ended_arrive_once_signed_in_again(
    asked: Questionnaire, context: BrowserContext
) -> None:
    context.watch.allow("401")  # type: ignore[attr-defined]
    asked.write(ROOMS, "2")
    asked.saved()
    Session.objects.all().delete()
    asked.write(ROOMS, "5")
    banner = asked.page.get_by_role("status").filter(
        has_text="Sesiunea a expirat. Răspunsurile sunt păstrate"
    )
    expect(banner).to_be_visible()
    sound(asked.page)
    with context.expect_page() as opened:
        banner.get_by_role("link", name="Intră în cont într-o filă nouă").click()
    door = opened.value
    door.get_by_label("E-mail").fill("ana@exemplu.ro")
    door.get_by_label("Parola", exact=True).fill(PASSWORD)
    with door.expect_navigation():
        door.get_by_role("button", name="Intră în cont", exact=True).click()
    asked.page.bring_to_front()
    asked.saved()
    expect(banner).to_have_count(0)
    assert "<rooms>5</rooms>" in kept()


def test_an_unreachable_server_is_tried_again_until_it_answers(
    asked: Questionnaire, context: BrowserContext
) -> None:
    context.watch.allow("ERR_FAILED")  # type: ignore[attr-defined]
    asked.page.route(DRAFT_DOOR, lambda route: route.abort())
    asked.write(ROOMS, "6")
    expect(asked.page.locator(".q-saved")).to_contain_text("Nesalvat; se reîncearcă")
    axe(asked.page)
    asked.page.unroute(DRAFT_DOOR)
    asked.saved()
    assert "<rooms>6</rooms>" in kept()


@pytest.mark.sampled(one_in=2)
@pytest.mark.parametrize(
    ("choice", "rooms", "income"),
    [("Continuă cu varianta mea", "7", ""), ("Ia cealaltă variantă", "8", "900")],
)
def test_two_tabs_on_one_draft_offer_both_versions(
    asked: Questionnaire, context: BrowserContext, address: str, choice: str, rooms: str, income: str
) -> None:
    context.watch.allow("409", "412")  # type: ignore[attr-defined]
    other = Questionnaire(context.new_page())
    other.page.goto(address)
    other.ready()
    other.on("Veniturile")
    other.write(INCOME, "900")
    other.on("Locuința")
    other.write(ROOMS, "8")
    other.saved()
    asked.page.bring_to_front()
    asked.write(ROOMS, "7")
    dialog = asked.page.get_by_role("dialog", name="Evaluarea a fost modificată și în altă parte")
    row = dialog.get_by_role("row").filter(has_text=ROOMS)
    expect(row.get_by_role("cell")).to_have_text(["7", "8"])
    axe(asked.page)
    fits(asked.page)
    dialog.get_by_role("button", name="Hotărăsc mai târziu").click()
    expect(asked.page.get_by_label(ROOMS)).to_have_value("7")
    asked.page.get_by_role("button", name="Alege varianta").click()
    dialog.get_by_role("button", name=choice).click()
    asked.ready()
    asked.saved()
    asked.on("Locuința")
    expect(asked.page.get_by_label(ROOMS)).to_have_value(rooms)
    asked.on("Veniturile")
    expect(asked.page.get_by_label(INCOME)).to_have_value(income)
    assert f"<rooms>{rooms}</rooms>" in kept()


def test_a_wrong_cnp_and_a_birth_to_come_are_told_beside_the_field_and_in_the_summary(
    asked: Questionnaire,
) -> None:
    page = asked.page
    asked.on("Cine locuiește aici")
    page.locator(".q-open-card").first.click()
    asked.write("CNP", "2900517123451")
    wrong = page.get_by_label("CNP")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(re.compile("cifr", re.IGNORECASE))
    asked.add_new("Anton", born="2090-01-01")
    expect(page.get_by_label("Data nașterii")).to_have_attribute("aria-invalid", "true")
    asked.on("Verifică și trimite")
    page.get_by_role("button", name="Trimite", exact=True).click()
    summary = page.get_by_role("group", name=re.compile("corectat"))
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link", name=re.compile("CNP"))).to_be_visible()
    sound(page)
    summary.get_by_role("link", name=re.compile("Anton.*Data nașterii")).click()
    expect(page.get_by_label("Data nașterii")).to_be_focused()
    asked.on("Verifică și trimite")
    page.get_by_role("link", name=re.compile("CNP")).click()
    expect(page.get_by_label("CNP")).to_be_focused()
    sound(page)
    assert not Assessment.objects.exists()


def test_a_member_named_twice_is_told_and_nothing_is_lost(
    asked: Questionnaire, context: BrowserContext
) -> None:
    context.watch.allow("422")  # type: ignore[attr-defined]
    page = asked.page
    cnp = invented_cnp(dt.date(1990, 5, 17), sex="f")
    asked.on("Cine locuiește aici")
    for given_name in ("Ana", "Anuța"):
        asked.add_new(given_name, born="1990-05-17", cnp=cnp)
    asked.on("Verifică și trimite")
    page.get_by_role("button", name="Trimite", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Aceeași persoană apare de două ori în chestionar")
    assert not Assessment.objects.exists()
    asked.saved()
    assert kept().count(cnp) == 2


def test_a_new_member_like_a_known_person_is_asked_about(asked: Questionnaire, household: Household) -> None:
    page = asked.page
    known = PersonFactory(
        keeper=household.keeper, family_name="Dinu", given_name="Veronica", birth_date=dt.date(1990, 5, 17)
    )
    asked.add_new("Veronica", born="1990-05-17")
    asked.on("Verifică și trimite")
    with page.expect_navigation(url=re.compile("/persoane/$")):
        page.get_by_role("button", name="Trimite", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sunt deja în evidență?")
    sound(page)
    page.get_by_role("radio", name=re.compile(r"Veronica.*\(aceeași dată")).check()
    with page.expect_navigation(url=re.compile(r"/evaluari/[0-9a-f-]+/$")):
        page.get_by_role("button", name="Trimite evaluarea").click()
    assert known.memberships.get().household == household


def test_a_double_press_on_send_makes_one_assessment(asked: Questionnaire) -> None:
    asked.choose("Apă", "În curte")
    asked.on("Verifică și trimite")
    with asked.page.expect_navigation(url=re.compile(r"/evaluari/[0-9a-f-]+/$")):
        asked.page.get_by_role("button", name="Trimite", exact=True).dblclick()
    expect(asked.page.get_by_role("heading", level=1)).to_contain_text("Ce s-a constatat")
    assert Assessment.objects.count() == 1
