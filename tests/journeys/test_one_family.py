"""One family's way, from the visit to a plan that is followed, walked whole in a browser."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from punte.assessments.models import Assessment, AssessmentDraft
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.models import Case
from punte.directory.models import OccupancySnapshot
from tests.factories import invented_cnp
from tests.journeys.browser import PASSWORD, go_by, sound
from tests.journeys.questionnaire import Questionnaire
from tests.journeys.scene import Scene, make_scene, years_ago

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

MOTHER = years_ago(34)


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return make_scene()


@pytest.mark.long
def test_from_the_visit_to_a_plan_that_is_followed(page: Page, live_server: object, scene: Scene) -> None:
    page.goto(f"{live_server}/")
    go_by(page, page.get_by_role("link", name="Intrare pentru angajați"))
    sign_in(page, scene.worker.email)
    make_household(page)
    assess(page)
    read_findings(page)
    open_case(page)
    plan(page)
    refer(page, scene)
    sign_out(page)
    accept(page, scene)
    sign_out(page)
    sign_in(page, scene.worker.email)
    read_answer(page)
    intervene(page)
    papers(page)


def sign_in(page: Page, email: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Intră în cont")
    sound(page)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Parola", exact=True).fill(PASSWORD)
    go_by(page, page.get_by_role("button", name="Intră în cont", exact=True))


def sign_out(page: Page) -> None:
    page.locator("details.me summary").click()
    go_by(page, page.get_by_role("button", name="Ieși din cont"))
    if page.get_by_role("button", name="Ieși din cont").is_visible():
        go_by(page, page.get_by_role("button", name="Ieși din cont"))
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/conturi/login/")


def make_household(page: Page) -> None:
    """Looked for first; the mother and the child of nine are recorded here, the others in the questionnaire."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Ziua mea")
    sound(page)
    search = page.get_by_role("banner").get_by_role("searchbox")
    search.fill("Bădițoiu")
    with page.expect_navigation():
        search.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("nu este nimic de acest fel")
    sound(page)
    go_by(page, "Gospodărie nouă")
    page.get_by_label("Numele gospodăriei").fill("Bădițoiu")
    page.get_by_label("Adres").fill("Str. Fântânii nr. 12")
    sound(page)
    go_by(page, page.get_by_role("button", name="Salvează și adaugă membrii"))
    member(page, "Maria", cnp=invented_cnp(MOTHER, sex="f"), relation="persoana de referință")
    sound(page)
    go_by(page, page.get_by_role("button", name="Adaugă, apoi alt membru"))
    member(page, "Ștefan", born=years_ago(9).isoformat(), sex="masculin", relation="copil")
    go_by(page, page.get_by_role("button", name="Adaugă în gospodărie"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bădițoiu")
    sound(page)


def member(
    page: Page, given_name: str, *, relation: str, cnp: str = "", born: str = "", sex: str = ""
) -> None:
    expect(page.get_by_label("Nume de familie")).to_have_value("Bădițoiu")
    page.get_by_label("Prenume").fill(given_name)
    page.get_by_label("CNP").fill(cnp)
    if born:
        page.get_by_label("Data nașterii").fill(born)
    if sex:
        page.get_by_label(sex, exact=True).check()
    page.get_by_label("Ce este față de persoana de referință").select_option(label=relation)
    page.get_by_label("Locuiește aici din").fill("2020-01-01")


def assess(page: Page) -> None:
    go_by(page, "Evaluează")
    sound(page)
    go_by(page, page.get_by_role("button", name="Începe evaluarea"))
    asked = Questionnaire(page)
    asked.ready()
    sound(page)
    asked.on("Locuința")
    for question, answer in {
        "Felul locuinței": "Casă",
        "Apă": "În curte",
        "Curent electric": "Da",
        "Toaletă": "Afară",
        "Încălzire": "Sobă",
        "Igrasie sau mucegai": "Da",
    }.items():
        asked.choose(question, answer)
    asked.write("Număr de camere", "2")
    sound(page)
    asked.on("Veniturile")
    asked.write("Venit net lunar", "1.450,50")
    asked.choose("Primește venit minim de incluziune", "Nu")
    asked.saved()
    page.reload()
    asked.ready()
    expect(page.get_by_label("Venit net lunar")).to_have_value(re.compile(r"1\.?450,50?"))
    asked.on("Cine locuiește aici")
    sound(page)
    asked.open_card("Bădițoiu Maria", "Maria Bădițoiu")
    expect(page.get_by_label("CNP")).to_have_value(invented_cnp(MOTHER, sex="f"))
    sound(page)
    adult(asked, insured="Fără asigurare", doctor="Nu")
    asked.back_to_list()
    asked.open_card("Bădițoiu Ștefan", "Ștefan Bădițoiu")
    child(asked, father="În străinătate", enrolled="Neînscris", doctor="Nu")
    asked.back_to_list()
    for given_name, age, kinship, sex in (
        ("Ileana", 68, "Părinte", "Feminin"),
        ("Ioana", 15, "Copil", "Feminin"),
        ("Luca", 6, "Copil", "Masculin"),
        ("Matei", 1, "Copil", "Masculin"),
    ):
        asked.add_person()
        asked.write("Nume de familie", "Bădițoiu")
        asked.write("Prenume", given_name)
        asked.write("Data nașterii", years_ago(age).isoformat())
        asked.choose("Sex", sex)
        asked.choose("Ce este pentru persoana de referință", kinship)
        if age == 68:
            adult(asked, insured="Are asigurare", doctor="Da", chronic="Da")
        elif age == 15:
            child(asked, father="În străinătate", enrolled="La școală", doctor="Da")
            asked.write("Absențe nemotivate", "25")
            asked.choose("A repetat un an", "Nu")
        elif age == 6:
            child(asked, father="În străinătate", enrolled="La școală", doctor="Da")
        asked.back_to_list()
    expect(page.locator(".q-open-card")).to_have_count(6)
    asked.on("Siguranța")
    asked.choose("Risc de neglijare", "Nu")
    asked.choose("Semne de violență", "Niciun semn")
    asked.saved()
    page.reload()
    asked.ready()
    asked.on("Verifică și trimite")
    sound(page)
    expect(page.get_by_role("main")).to_contain_text("fără răspuns")
    with page.expect_navigation(url=re.compile(r"/evaluari/[0-9a-f-]+/$")):
        page.get_by_role("button", name="Trimite", exact=True).click()
    assert Assessment.objects.get().members.count() == 6
    assert not AssessmentDraft.objects.exists()


def adult(asked: Questionnaire, *, insured: str, doctor: str, chronic: str = "Nu") -> None:
    asked.choose("Are act de identitate", "Da")
    asked.choose("Știe să scrie și să citească", "Da")
    asked.choose("Asigurare de sănătate", insured)
    asked.choose("Este pe lista unui medic de familie", doctor)
    asked.choose("Boală cronică", chronic)
    if chronic == "Da":
        asked.choose("Boala cronică este tratată", "Nu")
    asked.choose("Dizabilitate", "Fără dizabilitate")


def child(asked: Questionnaire, *, father: str, enrolled: str, doctor: str) -> None:
    asked.choose("Are act de identitate", "Da")
    asked.choose("Unde este mama", "Acasă")
    asked.choose("Unde este tatăl", father)
    asked.choose("Merge la creșă, grădiniță sau școală", enrolled)
    asked.choose("Este pe lista unui medic de familie", doctor)


def read_findings(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ce s-a constatat")
    main = page.get_by_role("main")
    boy = main.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("Ștefan")))
    # The cell of the general level says which finding it comes from: the one of schooling is the last.
    school = boy.locator("details").filter(has_text="Copil de 6-10 ani neînscris la școală").last
    expect(school.get_by_text("Pentru că: are 9 ani și nu merge la școală")).to_be_hidden()
    school.locator("summary").press("Enter")
    expect(school.get_by_text("Pentru că: are 9 ani și nu merge la școală")).to_be_visible()
    expect(boy).to_contain_text("medic de familie")
    expect(main.get_by_role("heading", name="Ce nu s-a putut stabili")).to_be_visible()
    page.locator(".sides details summary").click()
    expect(page.locator(".sides details")).to_contain_text("Matei")
    sound(page)
    go_by(page, "Răspunsurile")
    expect(main).to_contain_text("Igrasie")
    sound(page)
    page.go_back()


def open_case(page: Page) -> None:
    go_by(page, re.compile("Deschide (un )?caz"))
    sound(page)
    page.get_by_label("Management de caz intensiv").check()
    page.get_by_label("De ce se deschide cazul").fill(
        "Copil neînscris la școală, tatăl plecat, locuință umedă."
    )
    go_by(page, page.get_by_role("button", name="Deschide cazul"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bădițoiu")
    sound(page)


def plan(page: Page) -> None:
    go_by(page, page.get_by_role("link", name="Plan", exact=True))
    sound(page)
    go_by(page, page.get_by_role("button", name="Întocmește ciorna planului din constatări"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bădițoiu")
    if not page.get_by_role("button", name="Salvează ciorna").first.is_visible():
        go_by(page, "Schimbă planul")
    sound(page)
    first = page.get_by_label("Pas", exact=True).first
    first.fill("Mergem împreună la școală, luni, pentru înscriere")
    go_by(page, page.get_by_role("button", name="Salvează ciorna").last)
    sound(page)
    go_by(page, "Familia este de acord")
    sound(page)
    page.get_by_label("Cine a fost de acord").select_option(label="Bădițoiu Maria, 34 de ani")
    page.get_by_label("Semnat pe hârtie").check()
    go_by(page, page.get_by_role("button", name="Pune planul în vigoare"))
    expect(page.get_by_role("main")).to_contain_text("Mergem împreună la școală, luni, pentru înscriere")
    sound(page)


def refer(page: Page, scene: Scene) -> None:
    """The boy is referred to the nearest of the two centres, which has two places left."""
    objective = (
        page.locator("details.objective").filter(has_text="Ștefan").filter(has_text="Toți copiii merg")
    )
    if objective.get_attribute("open") is None:
        objective.locator("summary").click()
    go_by(page, objective.get_by_role("link", name=re.compile("^Referă")).first)
    places = page.locator(".places li")
    expect(places).to_have_count(2)
    expect(places.nth(0)).to_contain_text("Licurici")
    expect(places.nth(0)).to_contain_text("2 locuri libere")
    expect(places.nth(0)).to_contain_text("km")
    expect(places.nth(1)).to_contain_text("Departe")
    expect(places.nth(1)).to_contain_text("8 locuri libere")
    sound(page)
    page.get_by_label(re.compile("Licurici")).check()
    expect(page.get_by_label("Persoana îndrumată (referire)")).to_contain_text("Ștefan")
    page.get_by_label("Ce este nevoie").fill("Sprijin la teme după înscrierea la școală.")
    page.get_by_label("Persoana sau familia a fost de acord la").fill(timezone.localdate().isoformat())
    go_by(page, page.get_by_role("button", name="Trimite referirea"))
    expect(page.get_by_role("main")).to_contain_text("Trimisă")
    sound(page)


def accept(page: Page, scene: Scene) -> None:
    sign_in(page, scene.partner.email)
    expect(page.get_by_role("heading", level=1)).to_have_text(scene.near.provider.name)
    sound(page)
    go_by(page, re.compile("Ștefan"))
    expect(page.get_by_role("main")).to_contain_text("Sprijin la teme după înscrierea la școală.")
    expect(page.get_by_role("main")).not_to_contain_text("Igrasie")
    expect(page.get_by_role("complementary")).to_contain_text("2 locuri libere")
    sound(page)
    page.get_by_label("Mesaj pentru cine a trimis").fill("Îl așteptăm luni, la ora 12.")
    go_by(page, page.get_by_role("button", name="Acceptă"))
    expect(page.get_by_role("complementary")).to_contain_text("un loc liber")
    assert OccupancySnapshot.objects.filter(service=scene.near).latest("at").taken == 9
    sound(page)


def read_answer(page: Page) -> None:
    answers = page.get_by_role("region", name="Răspunsuri la referiri")
    expect(answers).to_contain_text("Îl așteptăm luni, la ora 12.")
    sound(page)
    go_by(page, answers.get_by_role("button", name=re.compile("^Am citit")))
    expect(page.get_by_role("region", name="Răspunsuri la referiri")).not_to_contain_text("Îl așteptăm")


def intervene(page: Page) -> None:
    """A contact with the family moves the term of the next one; the case is made a few days older first."""
    case = Case.objects.get()
    make_older(case, days=4)
    before = case.deadlines.get(rule="contact_intensive", met_on=None).due_on
    page.get_by_role("navigation", name="Principal").get_by_role("link", name="Cazuri").click()
    go_by(page, re.compile("Bădițoiu"))
    terms = page.get_by_role("region", name="Ce urmează")
    term = terms.get_by_role("listitem").filter(has_text="La 7 zile de la ultima întâlnire cu familia")
    said = term.inner_text()
    page.locator("details.quick > summary").click()
    sound(page)
    page.get_by_label("Vizită la domiciliu").check()
    page.get_by_label("Minute").fill("45")
    page.get_by_label(re.compile("^Notă")).fill("Am fost împreună la școală. Copilul începe luni.")
    go_by(page, page.get_by_role("button", name="Notează intervenția"))
    assert case.deadlines.get(rule="contact_intensive", met_on=None).due_on == before + dt.timedelta(days=4)
    expect(term).not_to_have_text(said)
    sound(page)
    go_by(page, page.get_by_role("link", name="Intervenții", exact=True))
    expect(page.get_by_role("main")).to_contain_text("Copilul începe luni.")
    sound(page)


def make_older(case: Case, *, days: int) -> None:
    """As if the household had been visited and the case opened days ago."""
    earlier = timezone.localdate() - dt.timedelta(days=days)
    Assessment.objects.update(visited_on=earlier)
    case.episodes.update(start=earlier)
    case.regimes.update(start=earlier)
    refresh_deadlines(case)


def papers(page: Page) -> None:
    for kind, prefix in (("Anchetă socială", "ancheta"), ("Plan de servicii", "plan")):
        go_by(page, page.get_by_role("link", name="Documente", exact=True))
        sound(page)
        go_by(page, page.get_by_role("link", name=kind, exact=True))
        sound(page)
        if prefix == "ancheta":
            go_by(page, page.get_by_role("link", name="La cererea instanței", exact=True))
            sound(page)
            page.get_by_label("Opinia copilului").fill("Vreau la școală cu Mihai.")
            page.get_by_label("Concluzii").fill(
                "Familia are nevoie de sprijin ca Ștefan să meargă la școală."
            )
            page.get_by_label("Propuneri").fill("Înscrierea la școală.\nCentru de zi după ore.")
        go_by(page, page.get_by_role("button", name="Emite cu număr de înregistrare"))
        sound(page)
        for link, magic in (("Descarcă PDF", b"%PDF-"), ("Descarcă Word", b"PK\x03\x04")):
            with page.expect_download() as download:
                page.get_by_role("link", name=link).click()
            content = download.value.path().read_bytes()
            assert content.startswith(magic)
            assert len(content) > 5_000
            assert download.value.suggested_filename.startswith(prefix)
