"""A resident on a telephone: a free day-centre place for a child near home, the leaflet, a complaint and its answer."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from punte.accounts.enums import Role
from punte.directory.models import NomenclatureCode, OccupancySnapshot, Service
from punte.petitions.attachments import MOST_BYTES, content_of
from punte.petitions.models import Attachment
from tests.factories import (
    CapacityFactory,
    CountyFactory,
    OrganizationFactory,
    ServiceFactory,
    UatFactory,
    worker,
)
from tests.journeys.browser import NARROW, axe, fits, go_by

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

MANASTUR, MARASTI = (46.7575, 23.5585), (46.780, 23.613)
WORDS = "copilul meu nu are unde sta după școală"


@pytest.fixture
def city(transactional_db: None) -> dict[str, Service]:
    """Three day centres: the nearest is full, the next has places, the third is far and has more."""
    NomenclatureCode.objects.create(
        code="8891 CZ-C-II", name="Centre de zi pentru copii", beneficiaries="Copii în familie", mode="day"
    )
    uat = UatFactory(
        siruta=54975, name="Cluj-Napoca", county=CountyFactory(code="CJ"), latitude=46.7712, longitude=23.6236
    )
    worker(
        Role.COORDINATOR, organization=OrganizationFactory(name="Primăria Exemplu", kind="town_hall", uat=uat)
    )
    return {
        name: _service(uat, name, at, taken)
        for name, at, taken in (
            ("Centrul de zi plin", MANASTUR, 10),
            ("Centrul de zi Licurici", (46.762, 23.566), 8),
            ("Centrul de zi din Mărăști", MARASTI, 1),
        )
    }


def _service(uat: Any, name: str, at: tuple[float, float], taken: int) -> Service:
    service = ServiceFactory(
        name=name,
        code_id="8891 CZ-C-II",
        phone="0264 000 011",
        provider=OrganizationFactory(name=f"Asociația {name}"),
        required_papers="Certificatul de naștere al copilului\nAdeverință de la școală",
        description="Copiii mănâncă de prânz și își fac temele.",
        free_of_charge=True,
        step_free=True,
        confirmed_at=timezone.now(),
    )
    service.locations.create(
        uat=uat, latitude=at[0], longitude=at[1], exact=True, address="str. Exemplu nr. 1"
    )
    CapacityFactory(service=service, value=10)
    OccupancySnapshot.objects.create(service=service, at=timezone.now(), taken=taken, source="said")
    return service


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_finds_a_place_near_home_and_takes_the_leaflet(
    new_context: Callable[..., BrowserContext],
    live_server: object,
    city: dict[str, Service],
    javascript: bool,
) -> None:
    context = new_context(viewport=NARROW, java_script_enabled=javascript)
    page = context.new_page()
    page.goto(f"{live_server}/")
    _sound(page, javascript)
    _find(page)
    _sound(page, javascript)
    first = page.get_by_role("main").get_by_role("listitem").first
    expect(first).to_contain_text("Centrul de zi Licurici")
    expect(first).to_contain_text("2 locuri libere")
    expect(first).to_contain_text("pentru că ați scris")
    _see_the_map(page, javascript)
    # Its pin on the map is a link of that name too, with its number before it.
    go_by(page, page.get_by_role("link", name="Centrul de zi Licurici", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Centrul de zi Licurici")
    expect(page.get_by_role("main")).to_contain_text("Adeverință de la școală")
    _sound(page, javascript)
    leaflet = page.get_by_role("link", name="Pliant de tipărit").get_attribute("href")
    answer = page.request.get(f"{live_server}{leaflet}")
    assert answer.headers["content-type"] == "application/pdf" and answer.body().startswith(b"%PDF")


def _find(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Găsește ajutor")
    page.get_by_label("La ce aveți nevoie de ajutor?").fill(WORDS)
    page.get_by_label("Aproape de").fill("Manastur")
    page.locator("form.find summary").click()
    page.get_by_label("Are locuri libere").check()
    go_by(page, page.get_by_role("button", name="Caută"))


def _see_the_map(page: Page, javascript: bool) -> None:
    """The map holds the same list; with JavaScript its points are reached by the keyboard and lead into the list."""
    go_by(page, "Pe hartă")
    expect(page.get_by_role("main").locator("ol.found > li")).to_have_count(2)
    if javascript:
        point = page.get_by_role("button", name=re.compile(r"^1\. Centrul de zi Licurici"))
        point.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Centrul de zi Licurici")).to_be_focused()
    _sound(page, javascript)


def test_sends_a_complaint_and_follows_it(
    new_context: Callable[..., BrowserContext], live_server: object, city: dict[str, Service]
) -> None:
    page = new_context(viewport=NARROW).new_page()
    page.goto(f"{live_server}/ajutor/")
    go_by(page, page.get_by_role("navigation").get_by_role("link", name="Primăria"))
    page.goto(f"{live_server}/primarie/petitie/")
    _sound(page, True)
    page.locator("[name=kind][value=complaint]").check()
    page.get_by_label("Despre ce este vorba?").fill("Am sunat de trei ori și nu mi-a răspuns nimeni.")
    page.get_by_label("Numele dumneavoastră").fill("Ana Exemplu")
    page.get_by_label("E-mail").fill("ana@exemplu.ro")
    page.locator("[name=organization]").select_option(label="Primăria Exemplu")
    go_by(page, page.get_by_role("main").get_by_role("button", name="Trimite"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A fost trimisă și înregistrată")
    _sound(page, True)
    number, code = (one.inner_text() for one in page.locator("strong.big").all()[:2])
    other = new_context(viewport=NARROW).new_page()
    other.goto(f"{live_server}/primarie/petitie/urmareste/")
    other.locator("[name=number]").fill(number)
    other.locator("[name=code]").fill(code)
    go_by(other, other.locator("main form button.btn"))
    expect(other.get_by_role("main")).to_contain_text(number)
    _sound(other, True)


def test_a_large_photo_is_made_smaller_before_it_is_sent(
    new_context: Callable[..., BrowserContext], live_server: object, city: dict[str, Service]
) -> None:
    page = new_context(viewport=NARROW).new_page()
    page.goto(f"{live_server}/primarie/petitie/")
    page.locator("[name=kind][value=complaint]").check()
    page.get_by_label("Despre ce este vorba?").fill("Gardul este rupt.")
    page.get_by_label("Numele dumneavoastră").fill("Ana Exemplu")
    page.get_by_label("E-mail").fill("ana@exemplu.ro")
    page.locator("[name=organization]").select_option(label="Primăria Exemplu")
    photo = {"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": _large_photo()}
    assert len(photo["buffer"]) > MOST_BYTES
    page.locator("[name=attached]").set_input_files(photo)
    go_by(page, page.get_by_role("main").get_by_role("button", name="Trimite"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A fost trimisă și înregistrată")
    kept = Attachment.objects.get()
    assert (kept.name, kept.content_type) == ("IMG_0001.jpg", "image/jpeg")
    assert max(Image.open(io.BytesIO(content_of(kept))).size) == 1600


def _large_photo() -> bytes:
    """Noise, which no compression makes small."""
    written = io.BytesIO()
    Image.effect_noise((2400, 1800), 90).save(written, "JPEG", quality=99)
    return written.getvalue()


def test_the_finder_stands_in_the_page_of_somebody_else(
    new_context: Callable[..., BrowserContext], live_server: object, city: dict[str, Service]
) -> None:
    # The browser asks before a page may reach a server of this machine.
    page = new_context(permissions=["local-network-access"]).new_page()
    school = str(live_server).replace("localhost", "127.0.0.1") + "/scoala"
    page.route(school, lambda route: route.fulfill(content_type="text/html", body=_frame(live_server)))
    page.goto(school)
    finder = page.frame_locator("iframe")
    finder.get_by_label("La ce aveți nevoie de ajutor?").fill(WORDS)
    with page.context.expect_page() as opened:
        finder.get_by_role("button", name="Caută").click()
    expect(opened.value.get_by_role("main")).to_contain_text("Centrul de zi Licurici")


def _frame(server: object) -> str:
    finder = f'<iframe src="{server}/ajutor/incorporat/" width="600" height="460"></iframe>'
    return f"<!doctype html><title>Școala</title>{finder}"


def _sound(page: Page, javascript: bool) -> None:
    """Nothing that axe finds, nothing wider than the telephone; axe needs JavaScript in the page."""
    if javascript:
        fits(page)
        axe(page)
