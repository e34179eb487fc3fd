"""The same way by the keyboard alone: no mouse, and the focus is seen at every stop."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from punte.assessments.models import Assessment
from punte.cases.enums import PlanStatus, ReferralStatus
from punte.cases.models import Case, Intervention
from punte.documents.models import IssuedDocument
from tests.journeys.browser import PASSWORD
from tests.journeys.keyboard import Keyboard
from tests.journeys.questionnaire import starting
from tests.journeys.scene import Scene, make_scene, years_ago

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return make_scene()


@pytest.mark.long
@pytest.mark.whole
def test_the_keyboard_alone_does_everything(page: Page, live_server: object, scene: Scene) -> None:
    keys = Keyboard(page)
    page.goto(f"{live_server}/conturi/login/")
    sign_in(keys, scene.worker.email)
    make_household(keys)
    assess(keys)
    expect(page.get_by_role("main")).to_contain_text("Copil de 6-10 ani neînscris la școală")
    open_case(keys)
    adopt_plan(keys)
    refer(keys)
    sign_out(keys, f"{live_server}/conturi/login/")
    sign_in(keys, scene.partner.email)
    accept(keys)
    sign_out(keys, f"{live_server}/conturi/login/")
    sign_in(keys, scene.worker.email)
    intervene(keys)
    issue_papers(keys)


def link(keys: Keyboard, name: str | re.Pattern[str]) -> Locator:
    return keys.page.get_by_role("main").get_by_role("link", name=name)


def button(keys: Keyboard, name: str | re.Pattern[str]) -> Locator:
    return keys.page.get_by_role("main").get_by_role("button", name=name)


def labelled(keys: Keyboard, name: str) -> Locator:
    return keys.page.get_by_role("main").get_by_label(starting(name))


def sign_in(keys: Keyboard, email: str) -> None:
    keys.type(labelled(keys, "E-mail"), email)
    keys.type(labelled(keys, "Parola"), PASSWORD)
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")


def sign_out(keys: Keyboard, start: str) -> None:
    keys.press(keys.page.locator("details.me summary"))
    keys.follow(keys.page.get_by_role("banner").get_by_role("button", name="Ieși din cont"))
    keys.page.goto(start)


def make_household(keys: Keyboard) -> None:
    page = keys.page
    page.keyboard.press("/")
    expect(page.get_by_role("banner").get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("Bădițoiu")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("nu este nimic de acest fel")
    keys.follow(link(keys, "Gospodărie nouă"))
    keys.type(labelled(keys, "Numele gospodăriei"), "Bădițoiu")
    keys.follow(button(keys, "Salvează și adaugă membrii"))
    keys.type(labelled(keys, "Prenume"), "Maria")
    keys.day(labelled(keys, "Data nașterii"), years_ago(34).isoformat())
    keys.radio(page.get_by_role("group", name=starting("Sex")), "feminin")
    keys.follow(button(keys, "Adaugă în gospodărie"))


def assess(keys: Keyboard) -> None:
    page = keys.page
    keys.follow(link(keys, "Evaluează"))
    keys.follow(button(keys, "Începe evaluarea"))
    section(keys, "Locuința")
    answer(keys, "Felul locuinței", "Casă")
    keys.type(labelled(keys, "Număr de camere"), "2")
    answer(keys, "Apă", "În curte")
    answer(keys, "Igrasie", "Da")
    section(keys, "Cine locuiește aici")
    keys.press(button(keys, "Adaugă o persoană"))
    keys.type(labelled(keys, "Nume de familie"), "Bădițoiu")
    keys.type(labelled(keys, "Prenume"), "Ștefan")
    keys.day(labelled(keys, "Data nașterii"), years_ago(9).isoformat())
    answer(keys, "Sex", "Masculin")
    answer(keys, "Ce este pentru", "Copil")
    answer(keys, "Unde este tatăl", "În străinătate")
    answer(keys, "Merge la creșă, grădiniță sau școală", "Neînscris")
    keys.press(button(keys, "Înapoi la: Cine locuiește aici").last, "Space")
    section(keys, "Verifică și trimite")
    keys.reach(button(keys, starting("Trimite")))
    with page.expect_navigation(url=re.compile(r"/evaluari/[0-9a-f-]+/$")):
        page.keyboard.press("Enter")
    assert Assessment.objects.get().members.count() == 2


def section(keys: Keyboard, name: str) -> None:
    steps = keys.page.get_by_role("navigation", name="Secțiuni")
    keys.press(steps.get_by_role("link", name=name))
    expect(keys.page.get_by_role("heading", level=2, name=name)).to_be_focused()


def answer(keys: Keyboard, question: str, chosen: str) -> None:
    keys.radio(keys.page.get_by_role("radiogroup", name=starting(question)), chosen)


def open_case(keys: Keyboard) -> None:
    keys.follow(link(keys, re.compile("Deschide (un )?caz")))
    keys.radio(keys.page.get_by_role("group", name=starting("Regim")), "Management de caz intensiv")
    keys.type(labelled(keys, "De ce se deschide cazul"), "Copil neînscris la școală.")
    keys.follow(button(keys, "Deschide cazul"))


def adopt_plan(keys: Keyboard) -> None:
    page = keys.page
    keys.follow(page.get_by_role("link", name="Plan", exact=True))
    keys.follow(button(keys, "Întocmește ciorna planului din constatări"))
    if not page.get_by_label("Pas", exact=True).count():
        keys.follow(link(keys, "Schimbă planul"))
    keys.type(page.get_by_label("Pas", exact=True).first, "Mergem împreună la școală")
    keys.follow(button(keys, "Salvează ciorna").last)
    keys.follow(link(keys, "Familia este de acord"))
    keys.option(labelled(keys, "Cine a fost de acord"), "Bădițoiu Maria")
    keys.radio(page.get_by_role("group", name=starting("Cum și-au dat acordul")), "Semnat pe hârtie")
    keys.follow(button(keys, "Pune planul în vigoare"))
    assert Case.objects.get().plans.get().status == PlanStatus.ADOPTED


def refer(keys: Keyboard) -> None:
    page = keys.page
    objective = (
        page.locator("details.objective").filter(has_text="Ștefan").filter(has_text="Toți copiii merg")
    )
    if objective.get_attribute("open") is None:
        keys.press(objective.locator("summary"))
    keys.follow(objective.get_by_role("link", name=starting("Referă")).first)
    keys.reach(page.get_by_label(re.compile("Licurici")))
    page.keyboard.press("Space")
    keys.type(labelled(keys, "Ce este nevoie"), "Sprijin la teme.")
    keys.day(labelled(keys, "Persoana sau familia a fost de acord la"), timezone.localdate().isoformat())
    keys.follow(button(keys, "Trimite referirea"))
    assert Case.objects.get().referrals.get().status == ReferralStatus.SENT


def accept(keys: Keyboard) -> None:
    keys.follow(link(keys, re.compile("Ștefan")))
    keys.type(labelled(keys, "Mesaj pentru cine a trimis"), "Îl așteptăm luni.")
    keys.follow(button(keys, "Acceptă"))
    assert Case.objects.get().referrals.get().status == ReferralStatus.ACCEPTED


def intervene(keys: Keyboard) -> None:
    page = keys.page
    expect(page.get_by_role("region", name="Răspunsuri la referiri")).to_contain_text("Îl așteptăm luni.")
    keys.follow(page.get_by_role("navigation", name="Principal").get_by_role("link", name="Cazuri"))
    keys.follow(link(keys, re.compile("Bădițoiu")))
    keys.press(page.locator("details.quick > summary"))
    keys.radio(page.get_by_role("group", name=starting("Felul contactului")), "Vizită la domiciliu")
    keys.type(labelled(keys, "Notă"), "Am fost la școală.")
    keys.follow(button(keys, "Notează intervenția"))
    assert Intervention.objects.get().note == "Am fost la școală."


def issue_papers(keys: Keyboard) -> None:
    page = keys.page
    for kind in ("Anchetă socială", "Plan de servicii"):
        keys.follow(page.get_by_role("link", name="Documente", exact=True))
        keys.follow(link(keys, kind).last)
        if kind == "Anchetă socială":
            keys.follow(link(keys, "Venitul minim de incluziune"))
            keys.type(labelled(keys, "Concluzii"), "Familia are nevoie de sprijin.")
            keys.type(labelled(keys, "Propuneri"), "Înscrierea la școală.")
        keys.follow(button(keys, "Emite cu număr de înregistrare"))
        for file in ("Descarcă PDF", "Descarcă Word"):
            keys.reach(link(keys, file))
            with page.expect_download() as download:
                page.keyboard.press("Enter")
            assert download.value.path().stat().st_size > 5_000
    assert IssuedDocument.objects.count() == 2
