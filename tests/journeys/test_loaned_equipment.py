"""A register that ships with no line of code: a file in the folder of a town, used from the office to the door."""

import io
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import msoffcrypto
import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import open_case
from punte.people.models import Household, Person
from punte.registers.models import Entry
from punte.statistics.actions import make_extract
from tests.factories import HouseholdFactory, family, worker
from tests.fieldwork.tablet import tablet_of
from tests.journeys.browser import go_by, sign_in_as, sound
from tests.journeys.teren_walk import Teren
from tests.registers.test_definitions import SOUND

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Echipament împrumutat"


@pytest.fixture
def by(transactional_db: None, tmp_path: Path, settings: Any) -> User:
    """Somebody who works where the town lends equipment to people."""
    (tmp_path / "registers").mkdir()
    file = tmp_path / "registers" / "loaned_equipment.yaml"
    file.write_text(SOUND.replace("about: household", "about: person"), encoding="utf-8")
    settings.OWN_CONTENT = tmp_path
    settings.VAR = tmp_path / "var"
    return worker(name="Ana Exemplu")


def test_a_register_of_the_town_itself(
    page: Page, context: BrowserContext, live_server: object, by: User, tmp_path: Path
) -> None:
    home = HouseholdFactory(keeper=by.appointments.get().organization, name="Albu")
    grandmother, _child = family(78, 8, household=home)
    open_case(by=by, household=home, regime="standard", reason="Cerere")
    sign_in_as(context, str(live_server), by)
    page.goto(f"{live_server}/persoane/{grandmother.pk}/")
    write_down(page)
    carry_on_and_correct(page)
    key = Entry.objects.get().pk
    take_along_and_bring_back(page, str(live_server), tmp_path)
    at_the_door(page, context, str(live_server), by)
    made = Entry.objects.get(pk=key)
    assert (made.state, made.revision, Entry.objects.count()) == ("returned", 4, 2)
    tells_who_asks(page, context, str(live_server), grandmother)
    nobody_else_sees_it(home, key)
    assert make_extract().files["register_loaned_equipment"]["rows"] == 2


def write_down(page: Page) -> None:
    go_by(page, page.get_by_role("main").get_by_role("link", name="Registre", exact=True))
    page.get_by_role("main").locator("details", has_text=TITLE).locator("summary").click()
    go_by(page, re.compile(TITLE))
    page.get_by_label("De când").fill("2026-03-01")
    page.get_by_label("Ce", exact=True).select_option("bed")
    page.get_by_label("Nr. inventar").fill("Inv. 7")
    page.get_by_label("Valoare").fill("1500,50")
    sound(page)
    go_by(page, page.get_by_role("button", name="Salvează"))


def carry_on_and_correct(page: Page) -> None:
    go_by(page, re.compile("S-a pierdut"))
    page.get_by_label("În ce zi").fill("2026-04-01")
    go_by(page, page.get_by_role("button", name="Salvează"))
    go_by(page, page.get_by_role("link", name="pat medical (pierdut)", exact=True))
    go_by(page, "Corectează")
    page.get_by_label("Nr. inventar").fill("Inv. 8")
    page.get_by_label("De ce se corectează").fill("Eticheta era alta")
    go_by(page, page.get_by_role("button", name="Salvează"))
    go_by(page, page.get_by_role("link", name="pat medical (pierdut)", exact=True))
    expect(page.get_by_role("main")).to_contain_text("Eticheta era alta")


def take_along_and_bring_back(page: Page, server: str, folder: Path) -> None:
    """The same file comes back and changes nothing."""
    page.goto(f"{server}/registre/loaned_equipment/")
    page.get_by_text("Descarcă un fișier").click()
    page.get_by_label("Cu nume și adrese").check()
    page.get_by_label("De ce sunt necesare numele").fill("De verificat la depozit")
    go_by(page, page.get_by_role("button", name="Fă fișierul"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Salvează fișierul").click()
    locked: Any = msoffcrypto.OfficeFile(io.BytesIO(download.value.path().read_bytes()))
    locked.load_key(password=page.locator(".password code").inner_text())
    plain = io.BytesIO()
    locked.decrypt(plain)
    (folder / "tabel.xlsx").write_bytes(plain.getvalue())
    page.goto(f"{server}/registre/loaned_equipment/import/")
    page.locator("input[type=file]").set_input_files(folder / "tabel.xlsx")
    go_by(page, page.get_by_role("button", name="Arată ce ar face"))
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"Noi: 0\..*La fel: 1"))
    go_by(page, page.locator("form .acts button.btn"))


def at_the_door(page: Page, context: BrowserContext, server: str, by: User) -> None:
    """Read, carried on and added without a signal; what cannot be is said at once."""
    context.watch.allow("ERR_INTERNET_DISCONNECTED", "401")  # type: ignore[attr-defined]
    teren = Teren(page, server)
    teren.install(context, by)
    context.set_offline(True)
    teren.household("Albu")
    registers = page.get_by_role("region", name="Registre")
    expect(registers).to_contain_text("pat medical (pierdut)")
    registers.get_by_text("Detalii").click()
    expect(registers).to_contain_text("1.500,50 lei")
    teren.sound()
    teren.button("S-a întors").click()
    page.get_by_label("Ultima zi").fill("2026-05-31")
    teren.button("Salvează").click()
    expect(registers).to_contain_text("nicio înscriere", ignore_case=True)
    add(teren, "2026-05-31")
    context.set_offline(False)
    teren.sync()
    expect(page.get_by_text("Totul este trimis").first).to_be_visible()


def add(teren: Teren, day: str) -> None:
    page = teren.page
    teren.button("Scrie o înscriere").click()
    page.get_by_label("Despre cine").select_option(index=2)
    page.get_by_label("Ce se înscrie").select_option(label=TITLE)
    teren.button("Salvează").click()
    expect(page.get_by_text("Completați.")).to_be_visible()
    teren.sound()
    page.get_by_label("Ce", exact=True).select_option(label="scaun rulant")
    page.get_by_label("De când").fill(day)
    page.get_by_label("Valoare").fill("20000")
    teren.button("Salvează").click()
    expect(page.get_by_text("E scump")).to_be_visible()
    page.get_by_label("Este corect așa").check()
    teren.button("Salvează").click()
    teren.title("Albu")
    expect(page.get_by_role("region", name="Registre")).to_contain_text("scaun rulant (împrumutat)")


def tells_who_asks(page: Page, context: BrowserContext, server: str, person: Person) -> None:
    """In the file for the person's own request."""
    officer = worker(Role.DATA_PROTECTION_OFFICER, organization=person.keeper)
    sign_in_as(context, server, officer)
    page.goto(f"{server}/persoane/{person.pk}/cerere/")
    page.get_by_label("A cui este cererea").fill("A venit cu buletinul")
    go_by(page, page.get_by_role("button", name="Întocmește fișa"))
    main = page.get_by_role("main")
    expect(main).to_contain_text(TITLE)
    expect(main).to_contain_text("Inv. 8")


def nobody_else_sees_it(home: Household, key: UUID) -> None:
    """Neither in the office nor on a tablet."""
    stranger = worker()
    browser = Client()
    browser.force_login(stranger, backend="punte.accounts.backend.OpenAccounts")
    person = home.memberships.order_by("person__birth_date").first().person  # type: ignore[union-attr]
    for address in (f"/registre/inscriere/{key}/", f"/registre/persoane/{person.pk}/"):
        assert browser.get(address).status_code == 404
    assert "/registre/inscriere/" not in browser.get("/registre/loaned_equipment/").content.decode()
    assert tablet_of(stranger).down()["households"] == []
