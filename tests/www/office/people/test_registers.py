"""A register sent, understood, answered about and taken in, through the front door."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from punte.accounts.enums import Role
from punte.people.models import Person, RegisterImport
from punte.people.registers.register import Register
from tests.factories import OrganizationFactory, PersonFactory, UatFactory, family, worker
from tests.people.register_book import APAHIDA, messy_book
from tests.people.test_registers import BORN, CNP, HEADER, book, woman

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return OrganizationFactory(uat=UatFactory(siruta=APAHIDA, name="Apahida"))


@pytest.fixture
def user(keeper):
    return worker(organization=keeper)


@pytest.fixture
def client(client, user):
    client.force_login(user)
    return client


def send(client, content: bytes, name: str = "registru.xlsx"):
    return client.post(reverse("register_new"), {"table": SimpleUploadedFile(name, content)})


def agreed(client, content: bytes) -> str:
    """The address of a register whose columns were agreed with."""
    columns = send(client, content).url
    page = client.get(columns)
    said = {one.field: one.name for one in page.context["shown"]}
    return client.post(columns, said).url


def test_a_register_is_understood_answered_about_and_taken_in(client, keeper):
    known = PersonFactory(keeper=keeper, family_name="Dinu", given_name="Ana", birth_date=BORN)
    address = send(client, book(woman(cnp=CNP), woman("Ana"), woman("Ion", born="17.05.90"))).url
    page = client.get(address)
    shown = {one.title: one for one in page.context["shown"]}
    assert (shown["Nume"].name, shown["Prenume"].name) == ("family_name", "given_name")
    said = {one.field: one.name for one in page.context["shown"]}
    refused = client.post(address, {**said, shown["Nume"].field: "", shown["Prenume"].field: ""})
    assert refused.status_code == 422
    lines = client.post(address, said).url
    page = client.get(lines)
    assert {name: page.context["counts"][name] for name in ("new", "joined", "asked")} == {
        "new": 1, "joined": 0, "asked": 2,
    }  # fmt: skip
    assert "Dinu Ana" in page.text
    assert CNP not in page.text
    client.post(lines, {"do": "answer", "d-0:3": str(known.pk), "m-0:4-birth_date": "17.05.1990"})
    page = client.get(lines)
    assert page.context["counts"]["asked"] == 0
    taken = client.post(lines, {"do": "take"}, follow=True)
    assert taken.context["counts"]["taken"] == taken.context["counts"]["lines"] == 3
    assert "Tot registrul este preluat" in taken.text and "Renunță la registru" not in taken.text
    assert Person.objects.count() == 3
    assert "Dinu Ion" in client.get(f"{lines}?stare=new").text
    assert client.get(f"{lines}?stare=joined").status_code == 200


def test_the_lines_that_are_not_in_are_downloaded_with_the_reason(client):
    lines = agreed(
        client, book(woman(), woman("Ion", born="17.05.90"), ["", None, None, None, None, "x", None])
    )
    client.post(lines, {"do": "take"})
    got = client.get(reverse("register_left", args=[RegisterImport.objects.get().pk]))
    sheet = load_workbook(io.BytesIO(got.content)).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    assert list(header[2:]) == HEADER
    assert [row[1] for row in rows] == [3, 4]
    assert "17.05.90" in rows[0]
    assert "1990" in rows[0][0]


def test_a_file_that_is_no_register_and_one_that_is_given_up(client):
    assert send(client, b"nu e tabel").status_code == 422
    assert send(client, book(["x"], header=["ceva"])).status_code == 422
    lines = agreed(client, book(woman()))
    assert "registru" in client.get(reverse("register_new")).text.lower()
    client.post(lines, {"do": "forget"})
    assert not RegisterImport.objects.exists()
    assert client.get(lines).status_code == 404


def test_a_register_is_of_who_sent_it(client, keeper):
    lines = agreed(client, book(woman()))
    client.force_login(worker(organization=keeper))
    assert client.get(lines).status_code == 404
    assert client.post(lines, {"do": "take"}).status_code == 404
    client.force_login(worker(Role.TRAINEE, organization=keeper))
    assert client.get(reverse("register_new")).status_code == 403


def test_remarks_of_the_register_stand_beside_the_person(client):
    header = ["Nume", "Prenume", "Observații"]
    lines = agreed(client, book(["Dinu", "Ana", "primește lemne"], header=header))
    client.post(lines, {"do": "take"})
    assert "primește lemne" in client.get(reverse("person", args=[Person.objects.get().pk])).text


def test_the_model_file_is_read_as_it_is_filled_in(client):
    got = client.get(reverse("register_model"))
    filled = load_workbook(io.BytesIO(got.content))
    titles = [cell.value for cell in filled.worksheets[0][1]]
    made = Workbook()
    made.active.append(titles)
    made.active.append(["1", "cap", "Dezmir", "Str. Gării 3", "Dinu", "Ana", None, CNP, "17.05.1990", "f"])
    written = io.BytesIO()
    made.save(written)
    lines = agreed(client, written.getvalue())
    assert client.get(lines).context["counts"]["new"] == 1


def test_a_page_of_lines_asks_as_much_whatever_their_number(client, keeper, django_assert_max_num_queries):
    family(40, keeper=keeper)
    lines = agreed(client, messy_book(lines=300).content)
    with django_assert_max_num_queries(15):
        page = client.get(f"{lines}?stare=asked")
    assert len(page.content) < 300_000
    assert len(Register.of(RegisterImport.objects.get()).planned) == 300
