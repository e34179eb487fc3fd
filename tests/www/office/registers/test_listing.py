"""The list of a register: what is narrowed and sorted, who reads it, what a seal hides in it, and its files."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import msoffcrypto
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import open_case, seal_person
from punte.cases.enums import Regime
from punte.registers.actions import add_entry, correct_entry, move_entry, withdraw_entry
from punte.registers.catalogue import register_named
from punte.registers.lists import RegisterList, keepers_listed, said_in
from punte.registers.models import Entry
from punte.registers.narrowing import Narrowing, Span
from punte.registers.tables import titles_of_fields
from tests.access.test_behind_a_seal import answered
from tests.factories import HouseholdFactory, PersonFactory, family
from tests.factories import worker as worker_as
from tests.guards.queries import queries_of
from tests.registers.test_definitions import SOUND
from tests.www.frame.test_veiled import signed_in

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = (dt.date(2026, month, 1) for month in (3, 4, 5))
SCHOOL = {"unit": "Școala nr. 1", "stage": "primary"}
SCHOOLS = "/registre/school_enrolment/"
BEDS = "/registre/loaned_equipment/"


def lend(by, house, name: str, **given: Any) -> Entry:
    home = HouseholdFactory(keeper=house, name=name)
    said = {"start": MARCH, "given": {"kind": "bed"}, "confirmed": True, **given}
    return add_entry(by=by, register="loaned_equipment", subject=home, **said)


def enrol(by, child, **given: Any) -> Entry:
    said = {"start": MARCH, "given": SCHOOL, **given}
    return add_entry(by=by, register="school_enrolment", subject=child, **said)


@pytest.fixture
def lent(house, worker) -> dict[str, Entry]:
    """Four entries, of which one was a mistake."""
    found = {
        "Albu": lend(worker, house, "Albu", given={"kind": "bed", "value": Decimal(900), "number": "Inv. 7"}),
        "Barbu": lend(worker, house, "Barbu", start=APRIL, given={"kind": "chair", "value": Decimal(5000)}),
        "Crișan": lend(worker, house, "Crișan", start=dt.date(2026, 1, 1), last=dt.date(2026, 2, 1)),
        "Dan": lend(worker, house, "Dan"),
    }
    move_entry(by=worker, entry=found["Barbu"], move="lose", on=MAY, given={}, revision=1)
    withdraw_entry(by=worker, entry=found["Dan"], why="Greșit", revision=1)
    return found


def shown(client: Client, url: str) -> list[str]:
    return [str(row.subject) for row in client.get(url).context["rows"]]


@pytest.mark.both
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Barbu", "Albu", "Crișan"]),
        ("sort=since", ["Crișan", "Albu", "Barbu"]),
        ("sort=f_kind", ["Albu", "Crișan", "Barbu"]),
        ("sort=-f_value", ["Barbu", "Albu", "Crișan"]),
        ("sort=f_value", ["Albu", "Barbu", "Crișan"]),
        ("sort=-state", ["Barbu", "Albu", "Crișan"]),
        ("state=lost", ["Barbu"]),
        ("state=withdrawn", ["Dan"]),
        ("f_kind=bed", ["Albu", "Crișan"]),
        ("f_value_least=1000", ["Barbu"]),
        ("f_value_most=1000", ["Albu"]),
        ("holds=today", ["Barbu", "Albu"]),
        ("on=2026-01-15", ["Crișan"]),
        ("text=Inv.+7", ["Albu"]),
        ("text=barb", ["Barbu"]),
        ("f_kind=crane&f_value_least=x&on=31.02", ["Barbu", "Albu", "Crișan"]),
    ],
)
def test_it_is_narrowed_and_sorted_by_its_fields_and_days(worker, lent, asked: str, found: list[str]) -> None:
    assert shown(signed_in(worker), f"{BEDS}?{asked}") == found


def test_what_ends_soon_is_found(worker, house) -> None:
    today = timezone.localdate()
    lend(worker, house, "Ionescu", last=today + dt.timedelta(days=20))
    lend(worker, house, "Dobre", last=today + dt.timedelta(days=100))
    lend(worker, house, "Enache")
    assert shown(signed_in(worker), f"{BEDS}?within=30") == ["Ionescu"]
    assert sorted(shown(signed_in(worker), f"{BEDS}?within=180")) == ["Dobre", "Ionescu"]


def test_it_has_what_the_account_reads_of_its_own_institution(house, worker, lent) -> None:
    stranger, mediator = worker_as(Role.SOCIAL_WORKER), worker_as(Role.SCHOOL_MEDIATOR, organization=house)
    nurse = worker_as(Role.COMMUNITY_NURSE, organization=house)
    assert shown(signed_in(stranger), BEDS) == []
    assert "Pentru cine" not in [column.title for column in opened(mediator).columns]
    assert "Pentru cine" in [column.title for column in opened(nurse).columns]
    assert signed_in(nurse).get(SCHOOLS).status_code == 404
    assert signed_in(worker).get("/registre/no_such/").status_code == 404
    page = signed_in(worker).get("/registre/").content.decode()
    assert "Echipament împrumutat" in page
    assert "Acord între instituții" not in page


def opened(user):
    return signed_in(user).get(BEDS).context["listing"]


def test_of_violence_there_is_no_list(house, tmp_path) -> None:
    text = SOUND.replace("period: interval", "compartment: violence\nperiod: interval")
    (tmp_path / "registers" / "loaned_equipment.yaml").write_text(text, encoding="utf-8")
    coordinator = worker_as(Role.COORDINATOR, organization=house)
    assert signed_in(coordinator).get(BEDS).status_code == 404
    assert "Echipament" not in signed_in(coordinator).get("/registre/").content.decode()


def test_a_page_asks_the_database_the_same_of_one_as_of_many(house, worker) -> None:
    browser = signed_in(worker)
    lend(worker, house, "Albu")
    few, _page = queries_of(browser.get, BEDS)
    for number in range(12):
        lend(worker, house, f"Familia {number}")
    many, _page = queries_of(browser.get, BEDS)
    assert many == few


@pytest.fixture
def home(house):
    home = HouseholdFactory(keeper=house)
    home.people = family(34, 8, household=home)
    return home


@pytest.fixture
def inside(house, home):
    """Who answers for the case of the household."""
    manager = worker_as(Role.CASE_MANAGER, organization=house)
    open_case(by=manager, household=home, regime=Regime.STANDARD, reason="Vizită")
    return manager


ASKED = (
    "",
    "sort=since",
    "sort=-last",
    "sort=state",
    "sort=f_stage",
    "state=transferred",
    "state=attending",
    "on=2026-04-20",
    "f_stage=lower",
    "f_stage=primary",
)


def test_behind_a_seal_the_list_says_what_the_page_of_the_person_says(house, home, inside) -> None:
    outside = worker_as(Role.SOCIAL_WORKER, organization=house)
    other = PersonFactory(keeper=house)
    enrol(outside, other, start=APRIL)
    child = home.people[1]
    entry = enrol(inside, child)
    seal_person(by=inside, person=home.people[0], reason="Este căutată")
    browser = signed_in(outside)
    pages = ["/registre/", *(f"{SCHOOLS}?{asked}" for asked in ASKED)]
    browser.get("/cont/")
    before = [answered(browser, page) for page in pages]
    seal_person(by=inside, person=child, reason="Este căutat")
    move_entry(by=inside, entry=entry, move="transfer", on=APRIL, given={}, revision=1)
    enrol(inside, child, start=MAY, given={"unit": "Școala din alt oraș", "stage": "lower"})
    assert [[status, words] for status, words, _asked in map(answered, [browser] * len(pages), pages)] == [
        [status, words] for status, words, _asked in before
    ]
    assert len(signed_in(inside).get(SCHOOLS).context["rows"]) == 3


@pytest.mark.both
def test_what_the_circle_writes_changes_no_question_to_the_database(house, home, inside) -> None:
    outside = worker_as(Role.SOCIAL_WORKER, organization=house)
    child = home.people[1]
    entry = enrol(inside, child)
    seal_person(by=inside, person=child, reason="Este căutat")
    browser = signed_in(outside)
    pages = [f"{SCHOOLS}?{asked}" for asked in ASKED]
    before = [answered(browser, page) for page in pages]
    move_entry(by=inside, entry=entry, move="transfer", on=APRIL, given={}, revision=1)
    enrol(inside, child, start=MAY, given={"unit": "Școala din alt oraș", "stage": "lower"})
    assert [answered(browser, page) for page in pages] == before
    outside.__dict__.pop("_hidden_by_seals", None)
    correct_entry(by=outside, entry=entry, start=APRIL, given=SCHOOL, why="Din aprilie", revision=1)
    assert [row.start for row in browser.get(SCHOOLS).context["rows"]] == [APRIL]


def test_what_is_asked_of_an_entry_is_what_is_asked_of_the_database(worker, lent) -> None:
    definition = register_named("loaned_equipment")
    keepers = keepers_listed(worker.standing, definition)
    rows = RegisterList(worker, definition, keepers, {})
    asked = [
        Narrowing(definition),
        Narrowing(definition, state="lost"),
        Narrowing(definition, state="withdrawn"),
        *(Narrowing(definition, holds_on=day) for day in (dt.date(2026, 1, 1), dt.date(2026, 2, 1), MAY)),
        Narrowing(definition, last=Span(dt.date(2026, 2, 1), MAY)),
        Narrowing(definition, last=Span(dt.date(2026, 2, 2), MAY)),
        Narrowing(definition, values={"kind": "bed"}),
        Narrowing(definition, values={"value": Span(Decimal(900), Decimal(900))}),
        Narrowing(definition, values={"kind": "chair", "value": Span(None, Decimal(5000))}),
    ]
    for narrowing in asked:
        fitting = [
            entry.pk
            for entry in Entry.objects.all()
            if narrowing.fits(entry, said_in(definition, entry), person=None)
        ]
        assert {row.pk for row in rows.rows(narrowing)} == set(fitting), narrowing


def test_a_row_is_chosen_by_whom_it_is_about_and_a_field_that_is_the_last_day_is_called_so(
    worker, lent
) -> None:
    assert "Alege Albu, 01.03.2026" in signed_in(worker).get(BEDS).text
    contract = register_named("beneficiary_contract")
    assert titles_of_fields(contract, ["until"]) == {"until": "Ultima zi"}


def test_a_file_has_the_labels_of_the_fields(worker, lent) -> None:
    browser = signed_in(worker)
    url = f"{BEDS}?state=lost"
    plain = openpyxl.load_workbook(io.BytesIO(browser.post(url, {"do": "file", "file-kind": "xlsx"}).content))
    assert [list(row) for row in plain.active.iter_rows(values_only=True)] == [
        ["Ce", "Valoare", "De când", "Ultima zi", "Starea"],
        ["scaun rulant", 5000, dt.datetime(2026, 4, 1), None, "pierdut"],
    ]
    answer = browser.post(url, {"do": "file", "file-kind": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.decode("utf-8-sig").splitlines()[1] == "scaun rulant,5000,2026-04-01,,pierdut"


def test_with_names_it_is_locked_and_a_csv_cannot_be(worker, house) -> None:
    enrol(worker, PersonFactory(keeper=house, family_name="Pop", given_name="Ana", cnp="1"))
    browser = signed_in(worker)
    sent = {"do": "file", "file-names": "on", "file-why": "Ședința de luni"}
    assert browser.post(SCHOOLS, {**sent, "file-kind": "csv"}).status_code == 422
    made = browser.post(SCHOOLS, {**sent, "file-kind": "xlsx"})
    locked: Any = msoffcrypto.OfficeFile(
        io.BytesIO(browser.get(reverse("list_file", args=[made.context["token"]])).content)
    )
    locked.load_key(password=made.context["password"])
    book = io.BytesIO()
    locked.decrypt(book)
    head, row = openpyxl.load_workbook(book).active.iter_rows(values_only=True)
    assert head[:4] == ("Persoana", "Data nașterii", "CNP", "Școala sau grădinița")
    assert (row[0], row[2], row[3]) == ("Pop Ana", "1", "Școala nr. 1")
    assert TrailEntry.objects.filter(verb="in_list_file", person=Entry.objects.get().person_id).exists()
