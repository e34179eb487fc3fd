"""From an empty database to a first assessed household: one command, then the browser alone."""

import io
import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, expect

from punte.accounts.enums import Role
from punte.accounts.models import Appointment
from punte.assessments.models import Assessment
from tests.factories import UatFactory
from tests.journeys.browser import go_by, sound
from tests.journeys.questionnaire import Questionnaire
from tests.journeys.scene import years_ago

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "un-tren-galben-la-munte"
ADMINISTRATOR = "radu.oltean@primaria.example"


@pytest.mark.long
def test_a_commune_begins(
    new_context: Callable[..., BrowserContext], live_server: object, settings: object
) -> None:
    settings.SITE_ADDRESS = str(live_server)  # type: ignore[attr-defined]
    out = io.StringIO()
    uat = UatFactory(name="Feleacu", kind="comună")
    call_command("start", stdout=out, uat=str(uat.siruta), email=ADMINISTRATOR, name="Radu Oltean")
    (link,) = re.findall(rf"{live_server}/\S+", out.getvalue())
    office = new_context().new_page()
    enter(office, link, ADMINISTRATOR)
    links = {
        email: account(office, name, email, role)
        for name, email, role in (
            ("Ana Mureșan", "ana@primaria.example", "Asistent social"),
            ("Ilie Bălan", "ilie@primaria.example", "Asistent medical comunitar"),
        )
    }
    links["director@scoala.example"] = school_with_a_partner(office)
    assert set(Appointment.objects.values_list("role", flat=True)) == {
        Role.ADMINISTRATOR,
        Role.SOCIAL_WORKER,
        Role.COMMUNITY_NURSE,
        Role.PARTNER,
    }
    partner = new_context().new_page()
    enter(partner, links["director@scoala.example"], "director@scoala.example")
    expect(partner.get_by_role("navigation").first).to_contain_text("Referiri primite")
    worker = new_context().new_page()
    enter(worker, links["ana@primaria.example"], "ana@primaria.example")
    first_household(worker)
    assert Assessment.objects.get().household.name == "Crișan"


def enter(page: Page, link: str, email: str) -> None:
    """Set the password by the link, and sign in."""
    page.goto(link)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    go_by(page, page.locator("main button, .alone button").first)
    page.goto(link.split("/conturi/")[0] + "/conturi/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Parola", exact=True).fill(PASSWORD)
    go_by(page, page.get_by_role("button", name="Intră în cont", exact=True))


def account(page: Page, name: str, email: str, role: str) -> str:
    """Make an account, and read the link that sets its password."""
    go_by(page, page.get_by_role("navigation").get_by_role("link", name="Conturi").first)
    go_by(page, "Cont nou")
    return filled(page, name, email, role)


def filled(page: Page, name: str, email: str, role: str = "") -> str:
    page.get_by_label("Numele și prenumele").fill(name)
    page.get_by_label("E-mail").fill(email)
    if role:
        page.get_by_label("Rolul", exact=True).select_option(label=role)
    go_by(page, page.get_by_role("button", name="Creează contul"))
    return page.get_by_label("Link pentru parolă").input_value()


def school_with_a_partner(page: Page) -> str:
    go_by(page, page.get_by_role("navigation").get_by_role("link", name="Instituții").first)
    sound(page)
    go_by(page, "Instituție nouă")
    page.get_by_label("Nume", exact=True).fill("Școala Gimnazială Feleacu")
    page.get_by_label("Fel").select_option(label="Școală")
    go_by(page, page.get_by_role("button", name="Adaugă instituția"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Școala Gimnazială Feleacu")
    go_by(page, "Notează o persoană de contact")
    page.get_by_label("De ce răspunde").select_option(label="consilier școlar")
    page.get_by_label("Telefon").fill("0264 555 012")
    go_by(page, page.get_by_role("button", name="Notează"))
    sound(page)
    go_by(page, page.get_by_role("main").get_by_role("link", name="Cont nou"))
    return filled(page, "Lavinia Pașca", "director@scoala.example")


def first_household(page: Page) -> None:
    go_by(page, page.get_by_role("navigation").get_by_role("link", name="Gospodării").first)
    go_by(page, "Gospodărie nouă")
    page.get_by_label("Numele gospodăriei").fill("Crișan")
    go_by(page, page.get_by_role("button", name="Salvează și adaugă membrii"))
    page.get_by_label("Prenume").fill("Floarea")
    page.get_by_label("Data nașterii").fill(years_ago(71).isoformat())
    page.get_by_label("feminin", exact=True).check()
    page.get_by_label("Ce este față de persoana de referință").select_option(label="persoana de referință")
    go_by(page, page.get_by_role("button", name="Adaugă în gospodărie"))
    go_by(page, "Evaluează")
    go_by(page, page.get_by_role("button", name="Începe evaluarea"))
    asked = Questionnaire(page)
    asked.ready()
    asked.on("Siguranța")
    asked.choose("Semne de violență", "Niciun semn")
    asked.on("Verifică și trimite")
    with page.expect_navigation(url=re.compile(r"/evaluari/[0-9a-f-]+/$")):
        page.get_by_role("button", name="Trimite", exact=True).click()
