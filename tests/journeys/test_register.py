"""A coordinator brings in a register as a commune keeps it, and nobody comes in twice."""

import datetime as dt
import io
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import BrowserContext, Page, expect

from punte.accounts.enums import Role
from punte.organizations.models import Organization
from punte.people.models import Membership, Person
from tests.factories import OrganizationFactory, PersonFactory, UatFactory, invented_cnp, worker
from tests.journeys.browser import fits_a_telephone, go_by, sign_in_as, sound
from tests.people.register_book import APAHIDA

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BORN, TWINS = dt.date(1951, 7, 8), dt.date(2015, 2, 28)
CNP = invented_cnp(BORN, sex="f")
MEANT = {
    "Nr. gosp.": "household",
    "Calitatea": "relation",
    "Nume": "family_name",
    "Prenume": "given_name",
    "C.N.P.": "cnp",
    "Data naşterii": "birth_date",
    "Data decesului": "died_on",
}


@pytest.fixture
def keeper(transactional_db: None) -> Organization:
    return OrganizationFactory(
        name="Primăria Comunei Apahida", uat=UatFactory(siruta=APAHIDA, name="Apahida")
    )


def messy_table() -> bytes:
    """A title above, a cell for a whole household, cedillas, a total below; who is in it is told by the names."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (
        ["Registrul persoanelor asistate, anul 2026"],
        list(MEANT),
        [1, "cap", "Ţurcanu", "Ştefania", CNP, "08.07.1951", None],
        [None, "fiică", "Ţurcanu", "Ioana", None, TWINS, None],
        [None, "fiu", "Ţurcanu", "Luca", None, TWINS, None],
        [2, "cap", "Lăcătuş", "Vasile", None, "1948-03-12", "02.05.2024"],
        [None, "soţie", "Lăcătuş", "Elena", None, "17.05.1990", None],
        ["Total persoane: 5"],
    ):
        sheet.append(row)
    for merged in ("A1:G1", "A3:A5", "A6:A7"):
        sheet.merge_cells(merged)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def test_a_messy_register_comes_in_and_nobody_twice(
    page: Page, context: BrowserContext, live_server: object, keeper: Organization, tmp_path: Path
) -> None:
    known = PersonFactory(
        keeper=keeper, family_name="Țurcanu", given_name="Ștefania", birth_date=BORN, sex="f", cnp=CNP
    )
    likely = PersonFactory(keeper=keeper, family_name="Lăcătuș", given_name="Elena")
    sign_in_as(context, str(live_server), worker(Role.COORDINATOR, organization=keeper))
    table = tmp_path / "registru.xlsx"
    table.write_bytes(messy_table())

    page.goto(f"{live_server}/gospodarii/")
    go_by(page, "Importă un registru")
    send(page, table)
    agree_with_columns(page)
    answer(page, f"{likely}")
    take_in(page, "5")
    new = Person.objects.exclude(pk__in=[known.pk, likely.pk])
    assert sorted(new.values_list("given_name", flat=True)) == ["Ioana", "Luca", "Vasile"]
    assert Membership.objects.current().filter(person=known).exists()
    assert not Membership.objects.current().filter(person__given_name="Vasile").exists()

    go_by(page, page.get_by_role("link", name="Persoane și gospodării dintr-un registru"))
    send(page, table)
    agree_with_columns(page)
    expect(page.get_by_role("row", name="Persoană nouă")).to_contain_text("0")
    assert Person.objects.count() == 5


def send(page: Page, table: Path) -> None:
    fits_a_telephone(page)
    page.locator("input[type=file]").set_input_files(table)
    go_by(page, page.get_by_role("button", name="Arată ce ar face"))


def agree_with_columns(page: Page) -> None:
    """Each is understood, though a title stands above and a cell is of three lines."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce înseamnă coloanele")
    fits_a_telephone(page)
    for title, meaning in MEANT.items():
        expect(page.get_by_role("combobox", name=title.replace("ş", "ș"), exact=True)).to_have_value(meaning)
    go_by(page, page.get_by_role("button", name="Arată ce devine fiecare rând"))


def answer(page: Page, person: str) -> None:
    """One line is asked about: a person with the same name and birth date, and no CNP, is on record."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce devine fiecare rând")
    fits_a_telephone(page)
    question = page.get_by_role("region", name="Lăcătuș Elena")
    question.get_by_role("radio", name=person).check()
    go_by(page, page.get_by_role("button", name="Salvează răspunsurile"))


def take_in(page: Page, lines: str) -> None:
    """The end says what comes next, and nothing there looks as if it undid what was done."""
    go_by(page, page.get_by_role("button", name=f"Preia rândurile ({lines})"))
    expect(page.get_by_role("row", name="Toate rândurile registrului")).to_contain_text(lines)
    sound(page)
    expect(page.get_by_role("link", name="Tot registrul este preluat: vezi gospodăriile")).to_be_visible()
