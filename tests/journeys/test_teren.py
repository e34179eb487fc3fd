"""Teren in a real browser: a day without a signal, and what is left of it in the device's storage."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, expect

from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.cases.actions import open_case
from punte.cases.enums import PlanStatus, Regime
from punte.cases.models import Case, Intervention, Plan
from punte.cases.rules import MAX_NOTE
from punte.devices.actions import report_lost
from punte.devices.models import Device as KnownDevice
from punte.fieldwork.models import FieldFile
from punte.kernel.encryption import decrypt_bytes
from punte.people.models import Household
from punte.www.teren.views import teren as views
from tests.documents.households import Setting, adopted_plan, setting
from tests.factories import HouseholdFactory, family, invented_cnp
from tests.journeys.browser import sign_in_as
from tests.journeys.conftest import CHROMIUM, QUIET
from tests.journeys.questionnaire import Questionnaire
from tests.journeys.teren_device import Device, in_clear, stored
from tests.journeys.teren_walk import Teren

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

SAFE = "Numai la școală, dimineața, la doamna învățătoare"
BORN = dt.date(2017, 3, 2)
CNP = invented_cnp(BORN, sex="f")
NOTE = "Am vorbit cu bunica despre actele copilei"
CAMERA = "Camera de la birou"
# Names, addresses, notes and answers of this file, long enough not to be in a file by chance.
SECRETS = (
    "Străchinescu",
    "Boroianu",
    "Văcărușanu",
    "Mărioara",
    CNP,
    "0745 123 987",
    "Ulița Morii nr. 41",
    SAFE,
    NOTE,
    "Țărălungă",
    "dormitorul copiilor",
    "Dealul Cetății",
)


@pytest.fixture
def place(transactional_db: None) -> Setting:
    """A family with findings and a plan, and one with a case that was never assessed."""
    made = setting(name="Străchinescu", address="Ulița Morii nr. 41", phone="0745 123 987", safe_contact=SAFE)
    adopted_plan(made)
    home = made.household
    other = HouseholdFactory(keeper=home.keeper, uat=home.uat, name="Boroianu")
    family(41, 8, household=other)
    open_case(by=made.worker, household=other, regime=Regime.INTENSIVE, reason="Semnal de la școală")
    return made


@pytest.fixture
def device(chromium: Browser, tmp_path: Path) -> Iterator[Device]:
    made = Device(chromium, tmp_path / "profile")
    yield made
    made.stop()
    for watch in made.watches:
        watch.check()


def switched_on(device: Device, live_server: object) -> Teren:
    return Teren(device.start(CHROMIUM, QUIET), str(live_server))


def offline(teren: Teren, *, is_offline: bool = True) -> None:
    teren.page.context.set_offline(is_offline)


@pytest.mark.long
def test_a_day_without_a_signal(
    device: Device,
    live_server: object,
    place: Setting,
    new_context: Callable[..., BrowserContext],
    tmp_path: Path,
) -> None:
    teren = switched_on(device, live_server)
    prepare(teren, place.worker)
    offline(teren)
    read_and_plan(teren)
    assess_a_known_family(teren)
    meet_a_new_family(teren)

    device.kill()
    teren = switched_on(device, live_server)
    offline(teren)
    teren.open()
    teren.sound()
    teren.unlock()
    go_on_where_it_was(teren, tmp_path)

    assert Household.objects.filter(name="Văcărușanu").count() == 0
    offline(teren, is_offline=False)
    teren.sync()
    teren.go("netrimise")
    expect(teren.page.get_by_text("Totul este trimis. Nimic nu așteaptă")).to_be_visible()
    teren.sound()
    the_office_has_exactly_that(place)
    the_office_sees_it(new_context(), str(live_server), place.worker)


def prepare(teren: Teren, worker: User) -> None:
    """The first start, looked at on the way; then what is on the device is chosen."""
    page = teren.page
    teren.open()
    expect(page.get_by_role("link", name="Intră în cont")).to_have_attribute(
        "href", re.compile("next=%2Fteren%2F")
    )
    teren.sound()
    teren.install(page.context, worker)
    teren.sound()
    expect(page.locator(".t-row")).to_have_count(2)
    page.get_by_label("Caută în listă").fill("boroianu")
    expect(page.locator(".t-row")).to_have_count(1)
    page.get_by_label("Caută în listă").fill("")
    teren.go("alege")
    page.get_by_label("Numai cele alese pentru azi").check()
    for row in page.locator(".t-row-check input").all():
        row.check()
    expect(page.get_by_text("2 gospodării alese")).to_be_visible()
    teren.sound()
    teren.sync()


def read_and_plan(teren: Teren) -> None:
    """A family that is known: its safe contact first, the findings of the last time, a revised plan, a visit."""
    page = teren.page
    teren.household("Străchinescu")
    first = page.locator("main > *").first
    expect(first).to_contain_text(SAFE)
    expect(page.get_by_text("nu merge la școală").first).to_be_visible()
    expect(page.get_by_text("Plan în vigoare, versiunea 1")).to_be_visible()
    teren.sound()
    teren.button("Scrie planul").click()
    page.get_by_label("De ce se schimbă planul").fill("Tatăl s-a întors acasă")
    expect(page.locator(".t-goal").nth(1)).to_be_visible()
    page.locator(".t-goal").nth(0).get_by_role("button", name="Scoate").click()
    second = page.locator(".t-goal").nth(1)
    second.get_by_role("button", name="Schimbă").click()
    second.get_by_label("Ce vrem să se schimbe").fill("Copilul merge zilnic la școală.")
    teren.sound()
    second.get_by_role("button", name="Gata").click()
    teren.button("Adaugă un obiectiv").click()
    page.get_by_label("Ce vrem să se schimbe").last.fill("Familia are lemne pentru iarnă.")
    teren.button("Salvează planul").click()
    teren.title("Străchinescu")
    expect(page.get_by_text("Familia are lemne pentru iarnă.")).to_be_visible()
    teren.visit("Am citit planul împreună.")


def assess_a_known_family(teren: Teren) -> None:
    """Never assessed: the answers show what they show while they are given; a plan is proposed from it."""
    page = teren.page
    teren.household("Boroianu")
    asked = teren.begin_assessment()
    teren.section("Locuința")
    asked.choose("Curent electric", "Nu")
    asked.choose("Apă", "Fără sursă de apă proprie")
    so_far = page.locator(".t-sofar")
    expect(so_far).to_contain_text(re.compile(r"\d+ (severă|severe), \d+"))
    so_far.locator("summary").click()
    expect(so_far.locator(".t-findings li").first).to_be_visible()
    teren.sound()
    so_far.locator("summary").click()
    teren.finish_assessment()
    expect(page.locator(".t-findings li").first).to_be_visible()
    teren.sound()
    teren.button("Scrie planul").click()
    expect(page.locator(".t-goal").first).to_be_visible()
    teren.button("Salvează planul").click()
    teren.title("Boroianu")
    teren.visit("Am văzut casa.")


def meet_a_new_family(teren: Teren) -> None:
    """Nobody knew of it; the questionnaire is left in the middle."""
    page = teren.page
    teren.today()
    teren.button("Gospodărie nouă").click()
    teren.sound()
    teren.new_household("Văcărușanu", locality="Dealul Cetății", safe="Sunați la vecină")
    asked = teren.begin_assessment()
    teren.section("Locuința")
    asked.choose("Apă", "În curte")
    teren.section("Cine locuiește aici")
    page.locator(".q-open-card").first.click()
    asked.write("Nume de familie", "Văcărușanu")
    asked.write("Prenume", "Mărioara")
    asked.write("CNP", CNP)
    asked.write("Data nașterii", BORN.isoformat())
    asked.saved()


def go_on_where_it_was(teren: Teren, folder: Path) -> None:
    """Everything is there again; the day is finished."""
    page = teren.page
    teren.title("Azi")
    expect(page.locator(".t-sync-state")).to_contain_text("netrimise")
    teren.household("Văcărușanu")
    teren.button(re.compile("Continuă evaluarea")).last.click()
    asked = Questionnaire(page)
    asked.ready()
    teren.section("Cine locuiește aici")
    expect(page.locator(".q-open-card").first).to_contain_text("Mărioara Văcărușanu")
    teren.finish_assessment()
    expect(page.get_by_text("nimeni din gospodărie nu are 18 ani")).to_be_visible()
    page.get_by_role("link", name="La gospodărie").click()
    teren.title("Văcărușanu")
    teren.button("Deschide un caz").first.click()
    teren.sound()
    page.go_back()
    teren.open_case("Copil fără adult în gospodărie")
    teren.button("Scrie o vizită").first.click()
    teren.sound()
    page.go_back()
    teren.visit(NOTE)
    sign(teren)
    photograph(teren, folder, "din greșeală")
    give_up_a_photograph(teren, "din greșeală")
    photograph(teren, folder)
    teren.go("netrimise")
    expect(page.locator(".t-unsent > li")).to_have_count(11)
    teren.sound()
    teren.go("setari")
    teren.title("Setări")
    teren.sound()


def sign(teren: Teren) -> None:
    page = teren.page
    teren.button("Semnătură").click()
    page.get_by_label("Cine semnează").fill("Bunica Ileana")
    page.get_by_role("button", name="Păstrează semnătura").click()
    expect(page.get_by_text("Semnați în chenar sau alegeți")).to_be_visible()
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 40 + 20 * step, box["y"] + 40 + 12 * (step % 4))
    page.mouse.up()
    teren.sound()
    page.get_by_role("button", name="Păstrează semnătura").click()
    teren.title("Văcărușanu")


def photograph(teren: Teren, folder: Path, caption: str = "dormitorul copiilor") -> None:
    page = teren.page
    taken = folder / "poza.jpg"
    exif = Image.Exif()
    exif[0x010F] = CAMERA
    Image.effect_noise((2400, 1800), 40).convert("RGB").save(taken, exif=exif)
    teren.button("Fotografie").click()
    page.locator("#camera").set_input_files(taken)
    expect(page.locator(".t-photo")).to_be_visible()
    page.get_by_label("Ce se vede").fill(caption)
    teren.sound()
    page.get_by_role("button", name="Păstrează fotografia").click()
    teren.title("Văcărușanu")


def give_up_a_photograph(teren: Teren, caption: str) -> None:
    row = teren.page.get_by_role("listitem").filter(has_text=caption)
    teren.sound()
    row.get_by_role("button", name="Renunță").click()
    teren.page.get_by_role("dialog").get_by_role("button", name="Renunță", exact=True).last.click()
    expect(row).to_have_count(0)


def the_office_has_exactly_that(place: Setting) -> None:
    met = Household.objects.get(name="Văcărușanu")
    assert (met.locality, met.safe_contact) == ("Dealul Cetății", "Sunați la vecină")
    child = met.memberships.get().person
    assert (child.given_name, child.cnp, child.birth_date) == ("Mărioara", CNP, BORN)
    known = Household.objects.get(name="Boroianu")
    assert Assessment.objects.filter(household=met).count() == 1
    assert Assessment.objects.get(household=known).facts["electricity"] is False
    case = Case.objects.get(household=met)
    assert case.number
    assert sorted(Intervention.objects.values_list("note", flat=True)) == sorted(
        ["Am citit planul împreună.", "Am văzut casa.", NOTE]
    )
    drafted = Plan.objects.get(case=place.case, status=PlanStatus.DRAFT)
    texts = [objective.text for objective in drafted.objectives.all()]
    assert "Copilul merge zilnic la școală." in texts
    assert "Familia are lemne pentru iarnă." in texts
    before = place.case.plans.get(status=PlanStatus.ADOPTED).objectives.count()
    assert len(texts) == before
    assert Plan.objects.get(case__household=known, status=PlanStatus.DRAFT).objectives.exists()
    pictures = {one.kind: one for one in FieldFile.objects.filter(household=met)}
    assert set(pictures) == {"photo", "signature"}
    assert FieldFile.objects.count() == 2
    assert all(one.whole_at for one in pictures.values())
    photo = decrypt_bytes(bytes(pictures["photo"].content or b""))
    assert max(Image.open(BytesIO(photo)).size) == 1600
    assert CAMERA.encode() not in photo


def the_office_sees_it(context: BrowserContext, server: str, worker: User) -> None:
    page = context.new_page()
    sign_in_as(context, server, worker)
    met = Household.objects.get(name="Văcărușanu")
    page.goto(f"{server}/gospodarii/{met.pk}/")
    expect(page.get_by_role("main")).to_contain_text("Mărioara")
    expect(page.get_by_role("main")).to_contain_text("dormitorul copiilor")
    page.goto(f"{server}{reverse('case_interventions', kwargs={'pk': Case.objects.get(household=met).pk})}")
    expect(page.get_by_role("main")).to_contain_text(NOTE)


def test_the_storage_of_a_device_says_nothing_of_anybody(
    device: Device, live_server: object, place: Setting, tmp_path: Path
) -> None:
    teren = switched_on(device, live_server)
    teren.install(teren.page.context, place.worker)
    a_days_work(teren, tmp_path)
    assert stored(teren.page)["rows"] > 8
    assert in_clear(teren.page, SECRETS) == []
    device.kill()
    assert device.on_disk(SECRETS) == []

    # The reader of the disk would have seen them.
    teren = switched_on(device, live_server)
    teren.open()
    teren.page.evaluate("words => localStorage.setItem('teren.proba', words)", SAFE)
    device.stop()
    assert device.on_disk([SAFE]) != []


def a_days_work(teren: Teren, folder: Path) -> None:
    """Every kind of thing that is written down, some sent, some not, some half typed."""
    page = teren.page
    teren.household("Străchinescu")
    teren.visit(NOTE)
    teren.sync()
    offline(teren)
    meet_a_new_family(teren)
    teren.household("Văcărușanu")
    photograph(teren, folder)
    teren.button("Semnătură").click()
    page.get_by_label("Cine semnează").fill("Mărioara")
    teren.household("Străchinescu")
    teren.button("Scrie o vizită").first.click()
    page.get_by_label("Notă").fill(f"{NOTE}, pe jumătate scris")
    # Long enough for a browser to write down what it would restore after a crash.
    page.wait_for_timeout(4_000)


@pytest.mark.sampled(one_in=2)
@pytest.mark.parametrize("how", ["signed out", "lost"])
def test_nothing_is_left_of_a_device_that_was_given_up(
    device: Device,
    live_server: object,
    place: Setting,
    how: str,
    tmp_path: Path,
    new_context: Callable[..., BrowserContext],
) -> None:
    teren = switched_on(device, live_server)
    page = teren.page
    teren.install(page.context, place.worker)
    a_days_work(teren, tmp_path)
    if how == "signed out":
        teren.go("setari")
        page.get_by_role("button", name="Ieși și șterge tot").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("nu sunt trimise")
        with page.expect_download() as saved:
            dialog.get_by_role("button", name="Salvează ca fișier criptat").click()
        unsent = saved.value.path().read_bytes()
        assert not any(secret.encode() in unsent for secret in SECRETS)
        # Only now, lest the device sends all of it before the question is read.
        offline(teren, is_offline=False)
        dialog.get_by_role("button", name="Ieși și șterge").click()
    else:
        report_lost(by=place.worker, device=KnownDevice.objects.get())
        offline(teren, is_offline=False)
    expect(page.get_by_text("a fost șters de pe acest dispozitiv")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teren, la ușa gospodăriei")
    left = stored(page)
    assert (left["rows"], left["shelves"]) == (0, [0, 0])
    assert all(re.match(r"/(teren/($|pachete/)|static/)", address) for address in left["addresses"])
    assert in_clear(page, SECRETS) == []
    device.kill()
    assert device.on_disk(SECRETS) == []
    if how == "signed out":
        the_office_takes_in(unsent, new_context(), str(live_server), place.worker)


def the_office_takes_in(unsent: bytes, context: BrowserContext, server: str, worker: User) -> None:
    """What was saved before leaving comes into the record with its photograph; brought twice, it changes nothing."""
    page = context.new_page()
    sign_in_as(context, server, worker)
    for _time in range(2):
        page.goto(f"{server}{reverse('unsent_file')}")
        page.locator("input[type=file]").set_input_files(
            {"name": "teren.punte", "mimeType": "application/json", "buffer": unsent}
        )
        page.get_by_role("button", name="Preia").click()
        expect(page.get_by_text("Totul este în dosar.")).to_be_visible()
    met = Household.objects.get(name="Văcărușanu")
    [photo] = FieldFile.objects.filter(household=met)
    assert photo.whole_at


def test_ten_wrong_pins_wipe(device: Device, live_server: object, place: Setting) -> None:
    teren = switched_on(device, live_server)
    page = teren.page
    teren.install(page.context, place.worker)
    teren.go("setari")
    teren.button("Încuie acum").click()
    for left in range(9, 0, -1):
        teren.unlock("950317")
        expect(page.get_by_role("alert")).to_contain_text(
            "o singură" if left == 1 else f"aveți {left} încercări"
        )
    teren.unlock("950317")
    expect(page.get_by_text("a fost șters de pe acest dispozitiv")).to_be_visible()
    assert stored(page)["rows"] == 0


def test_a_new_version_waits_until_nothing_is_open(
    device: Device, live_server: object, place: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    teren = switched_on(device, live_server)
    page = teren.page
    teren.install(page.context, place.worker)
    teren.household("Boroianu")
    asked = teren.begin_assessment()
    teren.section("Locuința")
    asked.choose("Apă", "În curte")
    asked.saved()
    page.evaluate("window.sameAsBefore = true")
    before = views._shell
    monkeypatch.setattr(views, "_shell", lambda: before().replace("<title>", '<meta name="nou"><title>'))
    page.evaluate("navigator.serviceWorker.getRegistration().then((known) => known.update())")
    page.wait_for_function(
        "navigator.serviceWorker.getRegistration().then((known) => known.waiting !== null)"
    )
    expect(page.get_by_label("În curte")).to_be_checked()
    teren.today()
    expect(page.get_by_text("Este gata o versiune nouă.")).to_be_visible()
    assert page.evaluate("window.sameAsBefore") is True
    teren.go("setari")
    with page.expect_navigation():
        teren.button("Încuie acum").click()
    teren.unlock()
    assert page.locator("meta[name=nou]").count() == 1
    teren.household("Boroianu")
    teren.button(re.compile("Continuă evaluarea")).last.click()
    Questionnaire(page).ready()
    teren.section("Locuința")
    expect(page.get_by_label("În curte")).to_be_checked()


def test_what_was_refused_stays_with_its_reason_and_is_mended(
    device: Device, live_server: object, place: Setting
) -> None:
    teren = switched_on(device, live_server)
    page = teren.page
    teren.install(page.context, place.worker)
    teren.household("Străchinescu")
    teren.visit("Prea lung. " + "a" * MAX_NOTE)
    teren.go("netrimise")
    waiting = page.locator(".t-unsent > li")
    expect(waiting).to_contain_text("de îndreptat")
    expect(waiting.locator(".t-reason")).to_contain_text(str(MAX_NOTE))
    teren.sound()
    waiting.get_by_role("link", name="Îndreaptă").click()
    page.get_by_label("Notă").fill("Pe scurt.")
    teren.button("Salvează").last.click()
    teren.title("Străchinescu")
    teren.sync()
    assert list(Intervention.objects.values_list("note", flat=True)) == ["Pe scurt."]


def test_a_form_half_filled_outlives_the_lock(device: Device, live_server: object, place: Setting) -> None:
    teren = switched_on(device, live_server)
    page = teren.page
    teren.install(page.context, place.worker)
    teren.go("setari")
    page.get_by_label("Se încuie după").select_option("1")
    teren.household("Boroianu")
    teren.button("Scrie o vizită").first.click()
    page.clock.install()
    page.get_by_label("Notă").fill("Am început să scriu")
    page.clock.run_for(61_000)
    expect(page.get_by_role("heading", name="Teren este încuiat")).to_be_visible()
    expect(page.get_by_text("Boroianu")).to_have_count(0)
    page.reload()
    teren.unlock()
    expect(page.get_by_label("Notă")).to_have_value("Am început să scriu")


def test_a_second_window_waits_for_the_first(device: Device, live_server: object, place: Setting) -> None:
    teren = switched_on(device, live_server)
    teren.install(teren.page.context, place.worker)
    second = Teren(teren.page.context.new_page(), teren.server)
    second.open()
    second.title("Teren este deschis în altă fereastră")
    second.sound()
    teren.page.close()
    second.unlock()
    second.title("Azi")
